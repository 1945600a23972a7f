"""Numbers with their units and sides, and dates: whether the evidence has each as stated."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from service.extract.statement_signs import Signs, is_number, stem_of
from service.extract.statement_words import (
    BEHIND,
    CAPITAL_MONTHS,
    COMPARISONS,
    DAY_WORDS,
    FILLERS,
    MAGNITUDES,
    MONTHS,
    PERIODS,
    UNITS,
    WEEKDAYS,
    WHICH,
)

REACH: Final = 3
"""Words between a number and what it counts: "30 full business days"."""
DATES: Final = WEEKDAYS | MONTHS | DAY_WORDS | PERIODS
FIRST_WORDS: Final = frozenset(phrase[0] for found in COMPARISONS.values() for phrase in found)
"""Of comparisons: most words start none."""


def are_numbers_kept(stated: Signs, said: Signs, resolved: frozenset[str]) -> bool:
    """Whether each number stands there, counts the same thing, and keeps its magnitude."""
    numbers = [(at, key) for at, key in enumerate(stated.keys) if is_number(key)]
    return all(
        key in resolved or (key in said.words and _counts_the_same(stated, said, at))
        for at, key in numbers
    )


def _counts_the_same(stated: Signs, said: Signs, at: int) -> bool:
    number = stated.keys[at]
    places = [place for place, key in enumerate(said.keys) if key == number]
    units = {unit for place in places for unit in _units(said, place)}
    own = set(_units(stated, at, reach=REACH - 1))
    if not own <= units or not units & MAGNITUDES <= own:
        return False
    return not _is_moved(stated, said, at, places=places)


def _units(signs: Signs, at: int, *, reach: int = REACH) -> Iterator[str]:
    """Units behind a number, up to the next one."""
    for key in signs.keys[at + 1 : at + 1 + reach]:
        if key in UNITS:
            yield UNITS[key]
        elif is_number(key):
            return


def _is_moved(stated: Signs, said: Signs, at: int, *, places: list[int]) -> bool:
    """Whether what it counts is counted by another number there: 30 seats in 60 days."""
    counted = next(_counted(stated, at), None)
    if counted is None:
        return False
    others = (p for p, key in enumerate(said.keys) if is_number(key) and p not in places)
    here = {stem for place in places for stem in _counted(said, place)}
    there = {stem for place in others for stem in _counted(said, place)}
    return counted not in here and counted in there


def _counted(signs: Signs, at: int) -> Iterator[str]:
    for key in signs.keys[at + 1 : at + 1 + REACH]:
        if is_number(key):
            return
        if key not in FILLERS:
            yield stem_of(key)


def are_dates_kept(stated: Signs, said: Signs, resolved: frozenset[str]) -> bool:
    """Whether each day, month and period word stands there, or follows by a recorded rule."""
    known = said.words | resolved
    if not stated.words & DATES <= known or not _capital_months(stated) <= known:
        return False
    return _capital_months(stated) <= _capital_months(said) | resolved and _pairs(stated) <= _pairs(
        said
    )


def _capital_months(signs: Signs) -> frozenset[str]:
    pieces = zip(signs.tokens.starts, signs.tokens.ends, strict=True)
    found = {signs.text[start:end] for start, end in pieces} & CAPITAL_MONTHS
    return frozenset(month.casefold() for month in found)


def _pairs(signs: Signs) -> frozenset[tuple[str, str]]:
    pairs = pairwise(signs.keys)
    return frozenset((one, two) for one, two in pairs if one in WHICH and two in UNITS)


def are_comparisons_kept(stated: Signs, said: Signs) -> bool:
    """Whether each number and date is on the same side of "at least", "under", "before"."""
    own, theirs = comparisons_of(stated), comparisons_of(said)
    measured = (key for key in stated.words if _is_measure(key))
    return all(own.get(key) == theirs.get(key) for key in measured if key in said.words)


def comparisons_of(signs: Signs) -> Mapping[str, set[str]]:
    """For each number and date, the comparisons that stand beside it."""
    found: dict[str, set[str]] = defaultdict(set)
    at = 0
    while at < len(signs.keys):
        name, size = _phrase(signs, at)
        measure = _measured(signs, at, at + size) if name else None
        if name and measure:
            found[measure].add(name)
        at += size
    return found


def _phrase(signs: Signs, at: int) -> tuple[str | None, int]:
    """The longest comparison that starts here, and its words."""
    if signs.keys[at] not in FIRST_WORDS:
        return None, 1
    found = [
        (len(phrase), name)
        for name, phrases in COMPARISONS.items()
        for phrase in phrases
        if tuple(signs.keys[at : at + len(phrase)]) == phrase
    ]
    size, name = max(found, default=(1, None))
    return name, size


def _measured(signs: Signs, start: int, end: int) -> str | None:
    """The number or date that a comparison is about."""
    if tuple(signs.keys[start:end]) in BEHIND:
        near = list(reversed(signs.keys[max(0, start - REACH) : start]))
    else:
        near = list(signs.keys[end : end + REACH])
    return next(filter(_is_measure, near), None)


def _is_measure(key: str) -> bool:
    return is_number(key) or key in WEEKDAYS or key in MONTHS or key in DAY_WORDS
