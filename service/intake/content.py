"""The uploaded bytes as the detection table and the readers look at them."""

import re
from functools import cached_property
from itertools import islice
from typing import Self

from service.errors import Malformed
from service.intake import strict_json
from service.intake.decode import Decoded, decode
from service.intake.documents import word
from service.intake.strict_json import Json

_MAY_BE_JSON = re.compile(rb'[\s\x00\xef\xbb\xbf\xff\xfe]*[{["]')
_MOST_ANSWERS = 4
"""Answers of one tool that a list may join; a longer list is one answer."""


_MOST_INSIDE = 50
"""Objects right in an object that are looked at: no tool has more."""


class Content:
    """One upload; its text, lines and JSON are made once, when somebody asks."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @classmethod
    def of_json(cls, value: Json) -> Self:
        """A value that stood inside another one."""
        content = cls(b"")
        content.__dict__ |= {"json": value, "is_json": True}
        return content

    @cached_property
    def decoded(self) -> Decoded:
        """The text with what was uncertain about it; of a Word document its paragraphs."""
        return word.decoded(self.data) if word.is_office(self.data) else decode(self.data)

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
        """The JSON value, or the list of values where each line is one; raises Malformed."""
        lines = [line for line in self.lines if line.strip()]
        if len(lines) > 1 and all(map(_is_object, lines)):
            return [strict_json.loads(line) for line in lines]
        return strict_json.loads(self.text)

    @cached_property
    def is_json(self) -> bool:
        """Opens as JSON does; `[00:12] Dana: Hello` opens as JSON might, so it has to parse."""
        if not _MAY_BE_JSON.match(self.data):
            return False
        head = "".join(self.text.lstrip()[:1000].split())[:2]
        if head[:1] == "{":
            return head in {'{"', "{}", "{"}
        if head[:1] == '"':
            return self._holds_more_than_a_quote()
        if head[:1] != "[":
            return False
        return head in {"[{", "[[", '["', "[]", "["} or self._parses("]", list)

    @cached_property
    def objects(self) -> tuple[dict[str, Json], ...]:
        """The object and those right in it, or the few of a list: answers that belong together."""
        value = self.json if self.is_json else None
        if isinstance(value, dict):
            inside = (one for one in value.values() if isinstance(one, dict))
            return (value, *islice(inside, _MOST_INSIDE))
        if isinstance(value, list) and len(value) <= _MOST_ANSWERS:
            return tuple(one for one in value if isinstance(one, dict))
        return ()

    def _holds_more_than_a_quote(self) -> bool:
        """A string with lines or with JSON in it; else it is what somebody said, in quotes."""
        if not self._parses('"', str):
            return False
        held = str(self.json).lstrip()
        return held[:1] in {"{", "[", '"'} or "\n" in held

    def _parses(self, end: str, kind: type) -> bool:
        if not self.text.rstrip().endswith(end):
            return False
        try:
            return isinstance(self.json, kind)
        except Malformed:
            return False


def _is_object(line: str) -> bool:
    bare = line.strip()
    return bare.startswith('{"') and bare.endswith("}")
