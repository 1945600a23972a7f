"""Amounts, shares, lengths of time, counts and rhythms in a text, made comparable."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from service.extract.due_dates import COUNTS
from service.extract.statement_words import MONTHS

_NUMBER: Final = r"\d[\d.,']{0,15}(?<=\d)"
_CURRENCY: Final = r"[$€£]|EUR|USD|GBP|CHF|euros?\b|dollars?\b|pounds?\b"
_WORD: Final = "|".join(word for word in COUNTS if len(word) > len("an"))
MONEY: Final = re.compile(
    rf"(?P<before>{_CURRENCY}) ?(?P<one>{_NUMBER})(?P<size> ?(?:k|m|thousand|million)\b)?"
    rf"|(?P<two>{_NUMBER})(?P<times> ?(?:k|thousand|million)\b)? ?(?P<behind>{_CURRENCY})",
    re.IGNORECASE,
)
SHARE: Final = re.compile(
    r"(?P<n>\d{1,6}(?:[.,]\d{1,6})?) ?(?:%|percent\b|per cent\b)", re.IGNORECASE
)
LENGTH: Final = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{_WORD})\)?[ -](?:(?:full|business|working|calendar|consecutive) )?"
    r"(?P<unit>hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
COUNT: Final = re.compile(
    rf"(?<![\w.,/:$€£#-])(?P<n>\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,6}}|{_WORD}|twice)(?![\w/:%-]|[.,]\d)"
    r"\)?(?P<of>(?: [^\W\d_]{1,20}){1,3})",
    re.IGNORECASE,
)
RHYTHMS: Final = {
    "day": re.compile(r"\bdaily\b|\b(?:per|each|every|a) day\b", re.IGNORECASE),
    "week": re.compile(r"\bweekly\b|\b(?:per|each|every|a) week\b", re.IGNORECASE),
    "month": re.compile(r"\bmonthly\b|\b(?:per|each|every|a) (?:calendar )?month\b", re.IGNORECASE),
    "quarter": re.compile(r"\bquarterly\b|\b(?:per|each|every|a) quarter\b", re.IGNORECASE),
    "year": re.compile(
        r"\b(?:yearly|annual|annually)\b|\b(?:per|each|every|a) year\b", re.IGNORECASE
    ),
}
REFERS: Final = re.compile(
    r"\b(?:section|clause|article|annex|appendix|exhibit|schedule|paragraph|phase) $", re.IGNORECASE
)
HOURS: Final = {"hour": 1, "day": 24, "week": 168}
MONTHS_IN: Final = {"month": 1, "year": 12}
SIZES: Final = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
SIGNS: Final = {"$": "usd", "€": "eur", "£": "gbp", "euro": "eur", "dollar": "usd", "pound": "gbp"}
MONTHS_NAMED: Final = MONTHS | {"march", "may"}
YEARS: Final = range(1900, 2100)


class Figure(NamedTuple):
    """A number with what it measures; only figures of one kind are compared."""

    kind: str
    value: Decimal
    of: str = ""
    """What is counted, as it stands there."""
    start: int = 0


def figures_of(text: str) -> tuple[Figure, ...]:
    """All of them, each place of the text read once."""
    found: list[tuple[int, int, Figure]] = []
    for start, end, figure in (*_money(text), *_shares(text), *_lengths(text), *_counts(text)):
        if not any(start < other_end and other < end for other, other_end, _ in found[-64:]):
            found.append((start, end, figure))
    return tuple(figure for _, _, figure in found)


def rhythms_of(text: str) -> frozenset[str]:
    """How often: "quarterly", "a month"."""
    return frozenset(name for name, pattern in RHYTHMS.items() if pattern.search(text))


def _money(text: str) -> Iterator[tuple[int, int, Figure]]:
    for match in MONEY.finditer(text):
        name = (match["before"] or match["behind"]).lower().removesuffix("s")
        size = SIZES.get((match["size"] or match["times"] or "").strip().lower(), 1)
        value = _number(match["one"] or match["two"]) * size
        yield *match.span(), Figure(SIGNS.get(name, name), value, start=match.start())


def _shares(text: str) -> Iterator[tuple[int, int, Figure]]:
    for match in SHARE.finditer(text):
        value = Decimal(match["n"].replace(",", "."))
        yield *match.span(), Figure("percent", value, start=match.start())


def _lengths(text: str) -> Iterator[tuple[int, int, Figure]]:
    for match in LENGTH.finditer(text):
        unit, count = match["unit"].lower(), _number(match["n"])
        kind, size = ("hours", HOURS[unit]) if unit in HOURS else ("months", MONTHS_IN[unit])
        yield *match.span(), Figure(kind, count * size, start=match.start())


def _counts(text: str) -> Iterator[tuple[int, int, Figure]]:
    for match in COUNT.finditer(text):
        value = _number(match["n"])
        before = text[max(0, match.start() - 16) : match.start()]
        is_day = before.rstrip().rpartition(" ")[2].lower() in MONTHS_NAMED
        is_day = is_day or match["of"].split()[0].lower() in MONTHS_NAMED
        if value in YEARS or is_day or REFERS.search(before):
            continue
        yield match.start(), match.end("n"), Figure("count", value, match["of"], match.start())


def _number(text: str) -> Decimal:
    """1,000.50 and 1.000,50 and 1,000 and 99.9; a lone mark before three digits groups them."""
    word = text.lower()
    if word == "twice" or word in COUNTS:
        return Decimal(COUNTS.get(word, 2))
    bare = text.replace("'", "")
    last = max(bare.rfind("."), bare.rfind(","))
    head, tail = (bare[:last], bare[last + 1 :]) if last >= 0 else (bare, "")
    mixed = "." in head or "," in head
    digits = head.replace(".", "").replace(",", "")
    if last >= 0 and len(tail) == 3 and not (mixed and bare[last] not in head):  # noqa: PLR2004 - thousands
        return Decimal(digits + tail)
    return Decimal(f"{digits}.{tail or 0}")
