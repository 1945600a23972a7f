"""From matched time words to the one date that they name; None where they name more than one."""

import re
from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
COUNTS = {
    word: count
    for count, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1}
DECEMBER = 12


def _weekday_of(match: re.Match[str]) -> int | None:
    name = match.groupdict().get("weekday")
    if not name:
        return None
    return next(at for at, day in enumerate(WEEKDAYS) if day.startswith(name.lower()[:3]))


def _month_of(match: re.Match[str]) -> int:
    name = match["month"].lower()
    return next(at for at, month in enumerate(MONTHS, start=1) if month.startswith(name[:3]))


def _agreed(found: date, match: re.Match[str]) -> date | None:
    """The date, unless a weekday beside it says another day."""
    weekday = _weekday_of(match)
    return found if weekday is None or weekday == found.weekday() else None


def iso_date(match: re.Match[str], _: date) -> date:
    """2026-12-01, if there is such a day."""
    return date.fromisoformat(match["iso"])


def full_date(match: re.Match[str], _: date) -> date | None:
    """Day, month and year."""
    return _agreed(date(int(match["year"]), _month_of(match), int(match["day"])), match)


def month_day(match: re.Match[str], said_on: date) -> date | None:
    """Without a year: the next such day, the day of saying included."""
    return _agreed(_next(_month_of(match), int(match["day"]), said_on), match)


def _next(month: int, day: int, said_on: date) -> date:
    this_year = date(said_on.year, month, day)
    return this_year if this_year >= said_on else date(said_on.year + 1, month, day)


def figures(match: re.Match[str], _: date) -> date | None:
    """25/12/2026 can be read in one way, 03/04/2026 in two."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first == second or second > DECEMBER:
        return date(year, first, second)
    return date(year, second, first) if first > DECEMBER else None


def weekday_figures(match: re.Match[str], said_on: date) -> date | None:
    """Of the two ways to read "Thu 2/20", the one that is a Thursday."""
    first, second = int(match["first"]), int(match["second"])
    ways = [(m, d) for m, d in {(first, second), (second, first)} if m <= DECEMBER]
    fitting = {day for way in ways if (day := _agreed(_next(*way, said_on), match))}
    return fitting.pop() if len(fitting) == 1 else None


def weekday(match: re.Match[str], said_on: date) -> date | None:
    """The next one; said on that very weekday it may be today or in a week: no date."""
    ahead = ((_weekday_of(match) or 0) - said_on.weekday()) % 7
    return said_on + timedelta(days=ahead) if ahead else None


def weekday_next_week(match: re.Match[str], said_on: date) -> date:
    """Weeks start on Monday."""
    monday = said_on - timedelta(days=said_on.weekday())
    return monday + timedelta(days=7 + (_weekday_of(match) or 0))


def same_day(_: re.Match[str], said_on: date) -> date:
    """The day of saying."""
    return said_on


def tomorrow(match: re.Match[str], said_on: date) -> date:
    """One day on, or two."""
    return said_on + timedelta(days=2 if match["after"] else 1)


def after(match: re.Match[str], said_on: date) -> date:
    """So many days, weeks or months on."""
    count, unit = _count(match["count"]), match["unit"].lower()
    if unit == "month":
        return _months_on(said_on, count)
    return said_on + timedelta(days=count * (7 if unit == "week" else 1))


def _count(word: str) -> int:
    return COUNTS.get(word.lower()) or int(word)


def _months_on(said_on: date, count: int) -> date:
    year, month = divmod(said_on.year * 12 + said_on.month - 1 + count, 12)
    return date(year, month + 1, min(said_on.day, monthrange(year, month + 1)[1]))


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def period_end(match: re.Match[str], said_on: date) -> date | None:
    """The last day of the running period, or of the next; of a week, its Friday."""
    ahead = 1 if (match["which"] or "").lower() == "next" else 0
    unit = match["period"].lower()
    if unit == "week":
        return (
            said_on + timedelta(days=4 - said_on.weekday() + 7 * ahead) if _works(said_on) else None
        )
    if unit == "month":
        later = _months_on(said_on.replace(day=1), ahead)
        return _last_day(later.year, later.month)
    if unit == "quarter":
        later = _months_on(said_on.replace(day=1), (2 - (said_on.month - 1) % 3) + 3 * ahead)
        return _last_day(later.year, later.month)
    return date(said_on.year + ahead, 12, 31)


def _works(day: date) -> bool:
    """Monday to Friday: on a weekend "the end of the week" may be any of two."""
    return day.weekday() <= WEEKDAYS.index("friday")


def short_end(match: re.Match[str], said_on: date) -> date | None:
    """EOW, EOM, EOY."""
    letter = match["letter"].lower()
    if letter == "w":
        return said_on + timedelta(days=4 - said_on.weekday()) if _works(said_on) else None
    if letter == "m":
        return _last_day(said_on.year, said_on.month)
    return _last_day(said_on.year, 12) if letter == "y" else said_on


def quarter_end(match: re.Match[str], said_on: date) -> date:
    """The last day of a calendar quarter; without a year, the next one."""
    month = 3 * int(match["quarter"])
    return _named_end(match, month, said_on)


def month_end(match: re.Match[str], said_on: date) -> date:
    """The last day of a month; without a year, the next one."""
    return _named_end(match, _month_of(match), said_on)


def _named_end(match: re.Match[str], month: int, said_on: date) -> date:
    if match["year"]:
        return _last_day(int(match["year"]), month)
    this_year = _last_day(said_on.year, month)
    return this_year if this_year >= said_on else _last_day(said_on.year + 1, month)
