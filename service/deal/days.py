"""The days that a statement names: those that hold, those that held before, and what is no day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from schemas.claim import Due
from service.deal.words import OLD, SOFT_TIMES
from service.extract import due
from service.extract.statement_signs import is_number
from service.extract.statement_words import UNITS
from service.extract.tokens import tokens_of

MOST: Final = 6
"""Time words that are read in one statement."""
DURATION: Final = "unit-after"
"""In a goal or a reason "in five days" is how long, not until when."""
REACH: Final = 24
"""Code points in front of a day in which the word that leads to it stands."""
LEADS: Final = {"by", "before", "until", "till", "on", "for", "in", "within", "the", "at"} | {
    *("bis", "zum", "am", "jusqu'au", "jusqu'en")
}


@dataclass(frozen=True, slots=True)
class Days:
    """What a statement says about when."""

    rest: str
    """The statement without it."""
    dates: frozenset[date]
    old: frozenset[date]
    """Named as what held before."""
    loose: frozenset[str]
    """Words that name a time and no day: next spring."""


def days_of(text: str, *, said_on: date | None, is_undertaking: bool) -> Days:
    """Read each time word; what names a day leaves the text, with the word that leads to it."""
    at, kept = 0, ""
    dates: dict[bool, set[date]] = {True: set(), False: set()}
    loose: set[str] = set()
    for found in _times(text):
        start, end = found.match.span()
        day = due.date_of(found, said_on=said_on)
        if _is_duration(found, day, is_undertaking=is_undertaking):
            continue
        before, lead = _without_lead(text[at:start])
        kept, at = kept + before, end
        if day is None or _is_blurred(text, start, lead):
            loose |= _loose(text[start:end])
        else:
            dates[lead in OLD].add(day)
    old = frozenset(dates[True] - dates[False])
    return Days(kept + text[at:], frozenset(dates[False]), old, frozenset(loose))


def _times(text: str) -> list[due.Found]:
    found = sorted(due.times_in(text), key=lambda one: one.match.start())
    return found[:MOST]


def _is_blurred(text: str, start: int, lead: str) -> bool:
    """Beside the day: "after March 3"; "from March 3 to March 9" says which day it was."""
    return lead not in OLD and bool(due.BLURRED.search(text, max(0, start - 16), start))


def with_due(days: Days, stated: Due | None) -> Days:
    """The date that is recorded beside a statement goes before what is read in it."""
    if stated is None or stated.date is None or stated.date in days.dates | days.old:
        return days
    return Days(days.rest, frozenset((stated.date,)), days.old | days.dates, frozenset())


def _is_duration(found: due.Found, day: date | None, *, is_undertaking: bool) -> bool:
    """How long, and not until when: "within four hours", and in a goal "in five days"."""
    if found.rule.name == DURATION:
        return not is_undertaking
    keys = tokens_of(found.match.group()).keys if day is None else ()
    return any(map(is_number, keys)) and any(key in UNITS for key in keys)


def _without_lead(before: str) -> tuple[str, str]:
    """The text before a day without the word that leads to it, and that word."""
    near = before[-REACH:]
    tokens = tokens_of(near)
    key = tokens.keys[-1] if tokens.keys else ""
    if key not in OLD | LEADS:
        return before, key
    return before[: len(before) - len(near) + tokens.starts[-1]], key


def _loose(words: str) -> frozenset[str]:
    keys = frozenset(tokens_of(words).keys) - LEADS
    return frozenset() if keys <= SOFT_TIMES else frozenset((" ".join(sorted(keys)),))
