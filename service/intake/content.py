"""The uploaded bytes as the detection table and the readers look at them."""

from functools import cached_property

from service.errors import Malformed
from service.intake import strict_json
from service.intake.decode import Decoded, decode
from service.intake.strict_json import Json


class Content:
    """One upload; its text, lines and JSON are made once, when somebody asks."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def decoded(self) -> Decoded:
        """The text with what was uncertain about it."""
        return decode(self.data)

    @property
    def text(self) -> str:
        """All of it, line ends as newlines."""
        return self.decoded.text

    @cached_property
    def lines(self) -> list[str]:
        """The text by newlines, and by nothing else."""
        return self.text.split("\n")

    @cached_property
    def json(self) -> Json:
        """The JSON value; raises Malformed."""
        return strict_json.loads(self.text)

    @cached_property
    def is_json(self) -> bool:
        """Opens as JSON does; `[00:12] Dana: Hello` opens as JSON might, so it has to parse."""
        head = "".join(self.text.lstrip()[:1000].split())[:2]
        if head[:1] == "{":
            return head in {'{"', "{}", "{"}
        if head[:1] != "[":
            return False
        return head in {"[{", "[[", '["', "[]", "["} or self._parses()

    def _parses(self) -> bool:
        if not self.text.rstrip().endswith("]"):
            return False
        try:
            return isinstance(self.json, list)
        except Malformed:
            return False
