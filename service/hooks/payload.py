"""The JSON of a call, looked into without trusting its shape."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from service.errors import Malformed

LONGEST: Final = 200
"""Characters of an id; a longer one is none."""


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
        """A string that is not blank."""
        value = self.at(*path)
        return value if isinstance(value, str) and value.strip() else None

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
        except ValueError:
            return None
        return found.astimezone(UTC) if found.tzinfo else None


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
