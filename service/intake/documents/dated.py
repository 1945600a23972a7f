"""When a document says that its call took place; a time without a zone is told, never guessed."""

import re
from datetime import UTC, datetime, timedelta, timezone

from schemas.source import Notice

_GMT = re.compile(
    r"\((?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<clock>[0-9]{1,2}:[0-9]{2}) "
    r"GMT(?:(?P<sign>[+-])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)?\)"
)


def occurred_at(heading: str) -> datetime | None:
    """The time of `Title (2026-03-03 16:05 GMT+1)`; None where no zone is named."""
    found = _GMT.search(heading)
    if not found:
        return None
    offset = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    try:
        zone = timezone(-offset if found["sign"] == "-" else offset)
        moment = datetime.fromisoformat(f"{found['day']} {found['clock']:0>5}")
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None  # no day of any calendar


def without_time(heading: str) -> str:
    """The title alone."""
    return " ".join(_GMT.sub("", heading).split())


def unknown_zone(said: str) -> Notice:
    """Says what the document tells of its time, and what is missing."""
    return Notice(
        code="time-zone-unknown",
        detail=f"The document says {said} and no time zone, so nobody knows when it took place.",
        mend="Send `occurred_at`, with its zone.",
    )
