"""The date in an attribution or a header block, in the languages of the tables."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from service.intake.mail.quoted_markers import AFTERNOON, FORENOON, MONTHS

MAX_CHARS = 200
_WORD = re.compile(r"[0-9]{1,4}|[+\-][0-9]{4}|[^\W\d_]{1,30}|[^\w\s]")
_TIME = re.compile(r"(?<![\d.])([0-2]?\d)([:.])([0-5]\d)(?:\2([0-5]\d))?(?![\d.])")
_ZONE = re.compile(r"(?<![\d\-])([+\-])([01]\d):?([0-5]\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./\-])[ ]?(\d{1,2})\2[ ]?(\d{4}|\d{2})(?!\d)")
_IDEOGRAPHIC = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2})")
_GLUED_AFTERNOON = re.compile(r"(?<=\d)(?=[ap]\.?m)", re.IGNORECASE)
_LAST_MONTH, _NOON_H, _LONG_YEAR = 12, 12, 100


@dataclass(frozen=True)
class _Day:
    year: int
    month: int
    day: int


def when(text: str) -> datetime | None:
    """The moment a text names, naive where it names no zone; None where it names no full date."""
    text = _GLUED_AFTERNOON.sub(" ", text[:MAX_CHARS])
    day = _day_in_numbers(text) or _day_in_words(text)
    if day is None:
        return None
    hour, minute, second = _time(text)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(text))
    except ValueError:
        return None


def _day_in_numbers(text: str) -> _Day | None:
    if found := _IDEOGRAPHIC.search(text) or _ISO.search(text):
        return _Day(*(int(part) for part in found.groups()))
    if found := _NUMERIC.search(text):
        first, second = int(found[1]), int(found[3])
        return _ordered(first, second, year=_full(int(found[4])), dotted=found[2] == ".")
    return None


def _ordered(first: int, second: int, *, year: int, dotted: bool) -> _Day | None:
    """A date with slashes is read only where one order is possible: 3/2 may be either."""
    if dotted or first > _LAST_MONTH or first == second:
        return _Day(year, second, first)
    if second > _LAST_MONTH:
        return _Day(year, first, second)
    return None


def _full(year: int) -> int:
    return year if year >= _LONG_YEAR else 2000 + year


def _day_in_words(text: str) -> _Day | None:
    month = year = day = None
    for word in _WORD.findall(_TIME.sub(" ", text)):
        if word.isdecimal():
            number = int(word)
            if len(word) == len("2026"):
                year = year or number
            elif day is None:
                day = number
            elif year is None and month is not None:
                year = _full(number)
        elif month is None:
            month = _month(word)
    if year is None or month is None or day is None:
        return None
    return _Day(year, month, day)


def _month(word: str) -> int | None:
    folded = word.casefold()
    fitting = [name for name in MONTHS if folded.startswith(name)]
    return MONTHS[max(fitting, key=len)] if fitting else None


def _time(text: str) -> tuple[int, int, int]:
    times = list(_TIME.finditer(text))
    if not times:
        return 0, 0, 0
    found = next((each for each in times if each[2] == ":"), times[-1])
    hour, minute, second = int(found[1]), int(found[3]), int(found[4] or 0)
    return _hour(hour, text), minute, second


def _hour(hour: int, text: str) -> int:
    folded = {word.strip(",;()") for word in text.casefold().split()}
    if folded & AFTERNOON and hour < _NOON_H:
        return hour + _NOON_H
    return 0 if folded & FORENOON and hour == _NOON_H else hour


def _zone(text: str) -> tzinfo | None:
    if found := _ZONE.search(text):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-offset if found[1] == "-" else offset)
    folded = text.casefold()
    return UTC if folded.rstrip(" ):").endswith(("gmt", "utc")) else None
