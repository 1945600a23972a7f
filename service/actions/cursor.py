"""Where a page ended, as an opaque string that only fits the list it came from."""

import base64
import binascii
import hashlib
import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from service.errors import Invalid

Place = TypeVar("Place")


def encode(place: list[Any], *, of: object) -> str:
    """A cursor for the list that `of` describes (its workspace, its filters, its question)."""
    text = json.dumps([_digest(of), *place], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, *, of: object, shape: TypeAdapter[Place]) -> Place:
    """The place behind a cursor. Raises Invalid for one that is broken or of another list."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(found, list) or found[:1] != [_digest(of)]:
            raise _wrong()
        return shape.validate_python(tuple(found[1:]))
    except (binascii.Error, ValidationError, ValueError, RecursionError) as error:
        raise _wrong() from error


def _digest(of: object) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()[:16]


def _wrong() -> Invalid:
    return Invalid(
        "This cursor does not belong to this list.",
        field="cursor",
        mend="Take `next_cursor` of the page before, with the same filters; or leave it out.",
    )
