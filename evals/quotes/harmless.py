"""What a model may do to a quote and still quote: each must be accepted."""

import unicodedata
from collections.abc import Callable
from random import Random
from typing import Final

from evals.quotes.conversations import Case
from schemas.claim import Draft

Change = Callable[[Case, Random], Draft | None]
"""A draft with one change, or None where the quote has nothing to change."""

ELLIPSIS: Final = "…"


def _same(change: Callable[[str], str]) -> Change:
    """The change on the whole quote; left out where it changes nothing."""

    def changed(case: Case, _rng: Random) -> Draft | None:
        quote = change(case.quote)
        return case.draft(quote) if quote != case.quote else None

    return changed


def _spaces(case: Case, rng: Random) -> Draft:
    gaps = (" ", "  ", "\n", "\u00a0", "\t")
    words = case.quote.split(" ")
    return case.draft("  " + "".join(word + rng.choice(gaps) for word in words))


def _joined(case: Case, _rng: Random) -> Draft | None:
    """Three words of the front and three of the end of a quote that denies nothing."""
    words = case.quote.split(" ")
    has_negation = any(word == "not" or word.endswith("n't") for word in words)
    if has_negation or ELLIPSIS in words:
        return None
    return case.draft(" ".join([*words[:3], ELLIPSIS, *words[-3:]]))


HARMLESS: Final[dict[str, Change]] = {
    "none": lambda case, _rng: case.draft(case.quote),
    "upper case": _same(str.upper),
    "lower case": _same(str.lower),
    "spaces, line ends": _spaces,
    "quote marks around it": _same(lambda quote: f"“{quote}”"),
    "typographic apostrophes": _same(lambda quote: quote.replace("'", "\u2019")),
    "ellipsis mark spelt out": _same(lambda quote: quote.replace(ELLIPSIS, "...")),
    "ellipsis at both ends": _same(lambda quote: f"{ELLIPSIS} {quote} ..."),
    "hyphen for a space": _same(lambda quote: quote.replace("single-tenant", "single tenant")),
    "commas left out": _same(lambda quote: quote.replace(", ", " ")),
    "full stop left out": _same(lambda quote: quote.removesuffix(".")),
    "decomposed letters": _same(lambda quote: unicodedata.normalize("NFD", quote)),
    "the whole turn": lambda case, _rng: case.draft(case.own_text),
    "two pieces joined by an ellipsis": _joined,
}
