"""Types of single values that come in from outside."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
)

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
WRITTEN = "written"
"""The context of validation where every value came as text."""

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def storable(text: str) -> str:
    """NUL and lone surrogates are no text that a database or a reader can take."""
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("holds half of a surrogate pair")
    return text


def _printable(text: str) -> str:
    if not text.isprintable() or text in {".", ".."} or any(char in text for char in "/\\?#"):
        raise ValueError("must be printable, without / \\ ? # and not . or ..")
    return text


def _written_out(value: object) -> object:
    """A number would be taken for seconds since 1970; a time is written out."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _RFC3339.match(value):
        raise ValueError("must be an RFC 3339 time, such as 2026-03-03T15:00:00Z")
    return value


def _plausible(value: datetime) -> datetime:
    if not EARLIEST <= value < LATEST:
        raise ValueError("must lie between the years 1900 and 2200")
    return value.astimezone(UTC)


def _counted(value: object, info: ValidationInfo) -> object:
    """Only what has no numbers of its own, a query, writes them as text; True would be 1."""
    if isinstance(value, bool) or (isinstance(value, str) and info.context != WRITTEN):
        raise ValueError("must be a whole number")
    return value


def _described(**keywords: str) -> Any:  # noqa: ANN401 - what pydantic's own Field returns
    """JSON Schema for what a validator of ours checks; pydantic sees only that it is there."""
    return Field(json_schema_extra=dict(keywords))


NO_NUL = _described(pattern=r"^[^\u0000]*$")
A_WORD = _described(pattern=r"^[^\u0000]*[^\s\u0000\u0085][^\u0000]*$")
"""Something stays when the spaces around it are gone."""

Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_written_out),
    AfterValidator(_plausible),
    _described(pattern=r"^(19|20|21)\d\d-"),
]
"""A point in time with its zone, in UTC afterwards."""

Title = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(storable), NO_NUL
]
Reference = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
    # `printable` is a name of ours: no pattern that every reader of JSON Schema has says it.
    _described(pattern=r"^[^/\\?#\u0000-\u001f\u007f-\u00a0]+$", format="printable"),
]
"""A caller's own name for a customer or a deal."""

Limit = Annotated[int, Field(ge=1, le=100), BeforeValidator(_counted)]
"""How many items at most."""

Flag = Annotated[bool, Field(strict=True)]
"""A number or a word is none."""

Cursor = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000),
    _described(pattern=r"^[A-Za-z0-9_-]+$"),
]
"""`next_cursor` of the page before."""

Question = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
    AfterValidator(storable),
    A_WORD,
]

Comment = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(storable), NO_NUL
]
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(storable),
    A_WORD,
]
"""A quote, a statement, or the words that say when."""

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(storable),
    A_WORD,
]
"""An id or a name of ours, which may turn out to name nothing."""


def _strictly_counted(value: object) -> object:
    """JSON has one kind of numbers: 2.0 is a whole one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a whole number")  # noqa: TRY004 - pydantic reports ValueErrors
    return value


TurnNumber = Annotated[int, Field(ge=0, lt=2**31), BeforeValidator(_strictly_counted)]
Version = Annotated[int, Field(ge=1, lt=2**31), BeforeValidator(_strictly_counted)]
"""Of a claim, as the caller has seen it."""


def _a_day(value: object) -> object:
    """A number would be taken for days since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _DAY.match(value)):
        return value
    raise ValueError("must be a day, such as 2026-03-03")


def _plausible_day(value: date) -> date:
    if not EARLIEST.date() <= value < LATEST.date():
        raise ValueError("must lie between the years 1900 and 2200")
    return value


Day = Annotated[
    date,
    BeforeValidator(_a_day),
    AfterValidator(_plausible_day),
    _described(pattern=r"^(19|20|21)\d\d-"),
]
