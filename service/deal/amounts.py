"""Numbers of a statement as values with what they count: 12k dollars are $12,000."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain, islice, pairwise
from typing import Final

from service.deal.words import LABELS, stem
from service.extract.statement_signs import is_number
from service.extract.statement_words import FILLERS, PERIODS, UNITS

CURRENCIES: Final = {"$": "dollar", "€": "euro", "£": "pound", "%": "percent"}
MAGNITUDES: Final = {
    "hundred": 100,
    "k": 1_000,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_SMALL = (
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL: Final = {word: at for at, word in enumerate(chain(*_SMALL), start=2)}
TENS: Final = {word: 10 * at for at, word in enumerate(_TENS, start=2)}
WORDS: Final = SMALL | TENS
REACH: Final = 3
"""Words from a number to what it counts."""
THOUSANDS: Final = 3
PERIOD: Final = "period"
"""The kind of "weekly"."""
OLD_LEADS: Final = frozenset(
    (("not", "for"), ("not", "by"), ("not", "in"), ("not", "within"), ("instead", "of"))
)

PER: Final = frozenset(["a", "an", "per", "each", "every", "and", "pro", "par"])

Value = Decimal | str
Amounts = dict[str, frozenset[Value]]
"""By what is counted."""


def amounts_of(keys: Sequence[str]) -> Amounts:
    """Every number that counts something and holds; one that names a thing is none."""
    found: dict[str, set[Value]] = defaultdict(set)
    for start, end in _runs(keys):
        if not is_label(keys, start) and not is_old(keys, start):
            kind = _counted(keys, start, end) + _rate(keys, end)
            found[kind].add(_value(keys[start:end]))
    periods = PERIODS.intersection(keys)
    if periods:
        found[PERIOD] = set(periods)
    return {kind: frozenset(values) for kind, values in found.items()}


def is_old(keys: Sequence[str], at: int) -> bool:
    """Whether the number at that place is what held before: "not 30 days", "instead of 30"."""
    before = tuple(keys[max(0, at - 2) : at])
    return before[-1:] == ("not",) or before in OLD_LEADS


def is_label(keys: Sequence[str], at: int) -> bool:
    """Whether the number at that place belongs to the word before it: phase 2, v3."""
    before = keys[at - 1] if at else ""
    return before in LABELS or (len(before) == 1 and before.isalpha() and before not in {"a", "i"})


def _runs(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where numbers stand, with the magnitudes behind them: 12 thousand, twenty five."""
    at = 0
    while at < len(keys):
        end = at + 1
        if is_number(keys[at]):
            while end < len(keys) and _goes_on(keys[end - 1], keys[end]):
                end += 1
            yield at, end
        at = end


def _goes_on(key: str, following: str) -> bool:
    is_unit = key in TENS and SMALL.get(following, 10) < min(TENS.values()) / 2
    return following in MAGNITUDES or is_unit


def _counted(keys: Sequence[str], start: int, end: int) -> str:
    for sign, unit in CURRENCIES.items():
        if sign in keys[start] or sign in keys[end - 1]:
            return unit
    behind = (key for key in keys[end : end + REACH] if key not in FILLERS)
    key = next(behind, "")
    return UNITS.get(key, "" if is_number(key) else stem(key))


def _rate(keys: Sequence[str], end: int) -> str:
    """By what it recurs: 40 euros a month are not 40 euros a year."""
    near = keys[end : end + 2 * REACH]
    rates = (UNITS[unit] for by, unit in pairwise(near) if by in PER and unit in UNITS)
    return "".join(f" per {unit}" for unit in islice(rates, 1))


def _value(keys: Sequence[str]) -> Value:
    total = _plain(keys[0])
    for key in keys[1:]:
        if isinstance(total, str):
            return " ".join(keys)
        total = total * MAGNITUDES[key] if key in MAGNITUDES else total + WORDS[key]
    return total


def _plain(key: str) -> Value:
    if key in WORDS:
        return Decimal(WORDS[key])
    if key in MAGNITUDES:
        return Decimal(MAGNITUDES[key])
    bare = key.strip("".join(CURRENCIES)).replace("'", "")
    whole, comma, rest = bare.rpartition(",")
    figures = (
        whole.replace(",", "") + ("" if len(rest.partition(".")[0]) == THOUSANDS else ".") + (rest)
    )
    try:
        return Decimal(figures if comma else bare)
    except InvalidOperation:
        return key
