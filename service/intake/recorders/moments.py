"""Points in time as recorders write them, and how far into the call they are."""

from datetime import UTC, datetime
from typing import NamedTuple

from schemas.text import EARLIEST, LATEST
from service.intake import fields
from service.intake.strict_json import Json

_MILLISECONDS_FROM = 1e11
"""A larger count since 1970 is in milliseconds."""

_LONGEST_CALL_S = 360_000
_ISO_LIMIT = 40


class Times(NamedTuple):
    """Where an utterance stands: in the call, or, where its start is not known, in the calendar."""

    start_s: float | None
    end_s: float | None
    sent_at: datetime | None


def moment(value: Json) -> datetime | None:
    """ISO 8601, or seconds or milliseconds since 1970; a time without a zone is in UTC."""
    if (count := fields.number(value)) is not None:
        return _since_1970(count)
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip()[:_ISO_LIMIT])
    except ValueError:
        return None
    return _plausible(found if found.tzinfo else found.replace(tzinfo=UTC))


def _since_1970(count: float) -> datetime | None:
    seconds = count / 1000 if abs(count) >= _MILLISECONDS_FROM else count
    try:
        return _plausible(datetime.fromtimestamp(seconds, tz=UTC))
    except (OverflowError, OSError, ValueError):
        return None


def _plausible(found: datetime) -> datetime | None:
    """In UTC, and within the years that may be stored."""
    try:
        return found.astimezone(UTC) if EARLIEST <= found < LATEST else None
    except OverflowError:
        return None


def times(began: datetime | None, start: datetime | None, end: datetime | None) -> Times:
    """Seconds from the start of the call where that is known, else the moment itself."""
    start_s = _into(began, start)
    if start_s is None:
        return Times(None, None, start)
    return Times(start_s, fields.end_after(start_s, _into(began, end)), None)


def _into(began: datetime | None, at: datetime | None) -> float | None:
    if began is None or at is None:
        return None
    found = (at - began).total_seconds()
    return round(found, 3) if abs(found) <= _LONGEST_CALL_S else None
