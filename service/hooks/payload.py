"""The JSON of a call, looked into without trusting its shape."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from service.errors import Malformed
from service.hooks.received import Received

LONGEST: Final = 180
"""Characters of an id, which has the name of its tool in front; a longer one is none."""
LONGEST_TITLE: Final = 300
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
"""No database takes these; JSON may hold them."""


class Payload:
    """An object of JSON; what is not there, or is of another type, is None."""

    def __init__(self, value: object) -> None:
        self._value = value

    @property
    def is_empty(self) -> bool:
        """An empty object, or none at all."""
        return not self._value

    def at(self, *path: str) -> Any:  # noqa: ANN401  JSON of somebody else
        """The value behind these keys."""
        value = self._value
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    def text(self, *path: str) -> str | None:
        """A string that is not blank, and can be stored."""
        value = self.at(*path)
        is_text = isinstance(value, str) and value.strip() and not _UNSTORABLE.search(value)
        return value if is_text else None

    def title(self, *path: str) -> str | None:
        """As much of a text as a title has."""
        return (self.text(*path) or "").strip()[:LONGEST_TITLE].strip() or None

    def id(self, *path: str) -> str | None:
        """An id, also one that is written as a number."""
        value = self.at(*path)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        is_id = isinstance(value, str) and 0 < len(value.strip()) <= LONGEST
        return value.strip() if is_id and value.isprintable() else None

    def items(self, *path: str) -> list["Payload"]:
        """The objects of a list."""
        value = self.at(*path)
        return [Payload(one) for one in value] if isinstance(value, list) else []

    def moment(self, *path: str) -> datetime | None:
        """A moment as ISO 8601 writes it, with its zone."""
        try:
            found = datetime.fromisoformat(self.text(*path) or "")
            return found.astimezone(UTC) if found.tzinfo else None
        except (ValueError, OverflowError):  # the latter at either end of the calendar
            return None

    def packed_without(self, key: str, *path: str) -> bytes:
        """As JSON again, without that key of the objects of a list."""
        listed = self.at(*path)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict):
                one.pop(key, None)
        return json.dumps(self._value).encode()


def of(received: Received) -> Payload:
    """What a call says: of a form its fields. Raises Malformed."""
    return Payload(dict(received.fields)) if received.fields else read(received.body)


def read(body: bytes) -> Payload:
    """Nothing sent is an empty object; raises Malformed, also where a key stands twice."""
    if not body.strip():
        return Payload({})
    try:
        return Payload(json.loads(body, object_pairs_hook=_unique))
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is no JSON.", field="body", mend="Send it as signed.") from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """What was verified and what is read must not be two readings of one text."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
