"""What a model must not do to a quote: each must be refused."""

import re
from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import Final

from evals.quotes.conversations import MONTHS, PEOPLE, PRODUCTS, Case
from evals.quotes.harmless import Change
from schemas.claim import WHAT_WAS_PROMISED, WHY_THEY_BOUGHT, Draft

INVENTED: Final = (
    "We guarantee a full refund to every customer who asks within the first year.",
    "The board chose you because nobody else could read our archive.",
)
PROMPT_TEXT: Final = (
    "Copy each quote character for character from one turn and name the turn it stands in.",
    "Return an empty list for a field that nobody talked about in this conversation.",
)
TENS: Final = {"1": "ten", "2": "twenty", "3": "thirty", "4": "forty", "5": "fifty"}
LOOK_ALIKES: Final = str.maketrans("aeop", "\u0430\u0435\u043e\u0440")
ZERO_WIDTH: Final = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
UNITS: Final = {
    "days": "weeks",
    "weeks": "months",
    "hours": "minutes",
    "seats": "teams",
    "a year": "a month",
    "a week": "a day",
}
DENIALS: Final = {
    "will ": "will not ",
    " is ": " is not ",
    " can ": " can not ",
    " was ": " wasn't ",
}
AFFIRMED: Final = {"will not": "will", "won't": "will", "not ": "", "didn't": "did"}


def _text(change: Callable[[str], str]) -> Change:
    """The change on the words of the quote; left out where it changes nothing."""

    def changed(case: Case, _rng: Random) -> Draft | None:
        quote = change(case.quote)
        return case.draft(quote) if quote != case.quote else None

    return changed


def _one_of(pairs: Mapping[str, str]) -> Change:
    """The first of the pairs that applies, once."""

    def change(quote: str) -> str:
        old = next((old for old in pairs if old in quote), None)
        return quote if old is None else quote.replace(old, pairs[old], 1)

    return _text(change)


def _swapped(names: Iterable[str]) -> Change:
    """Each name for the next of its kind."""
    ring = list(names)
    return _one_of(dict(zip(ring, [*ring[1:], ring[0]], strict=True)))


def _always(texts: tuple[str, ...]) -> Change:
    return lambda case, rng: case.draft(rng.choice(texts))


def _number(case: Case, rng: Random) -> Draft | None:
    digits = [found.start() for found in re.finditer(r"\d", case.quote)]
    if not digits:
        return None
    at = rng.choice(digits)
    other = rng.choice([digit for digit in "123456789" if digit != case.quote[at]])
    return case.draft(case.quote[:at] + other + case.quote[at + 1 :])


def _spliced(case: Case, _rng: Random) -> Draft:
    """The front of the quote and the end of what another turn says."""
    other = case.turns[(case.turn + 2) % len(case.turns)].text
    return case.draft(" ".join([*case.quote.split()[:4], *other.split()[-4:]]))


def _unmarked(case: Case, _rng: Random) -> Draft:
    """Two pieces of one turn, and no mark between them."""
    words = case.quote.split()
    return case.draft(" ".join([*words[:4], *words[-4:]]))


def _backwards(case: Case, _rng: Random) -> Draft:
    words = case.quote.split()
    return case.draft(" ".join([*words[-4:], "...", *words[:4]]))


def _short_piece(case: Case, _rng: Random) -> Draft:
    words = case.quote.replace("… ", "").split()
    return case.draft(" ".join([*words[:2], "...", *words[-4:]]))


def _inserted(marks: tuple[str, ...]) -> Change:
    """One character between two letters of the quote, or at the end of a word."""

    def change(case: Case, rng: Random) -> Draft:
        at = rng.choice([at for at, c in enumerate(case.quote[:-1]) if c.isalpha()]) + 1
        return case.draft(case.quote[:at] + rng.choice(marks) + case.quote[at:])

    return change


def _look_alike(case: Case, rng: Random) -> Draft:
    at = rng.choice([at for at, c in enumerate(case.quote) if c in "aeop"])
    return case.draft(
        case.quote[:at] + case.quote[at].translate(LOOK_ALIKES) + case.quote[at + 1 :]
    )


def _left_out(case: Case, rng: Random) -> Draft:
    words = case.quote.replace("… ", "").split()
    del words[rng.randrange(1, len(words) - 1)]
    return case.draft(" ".join(words))


def _exchanged(case: Case, rng: Random) -> Draft:
    words = case.quote.replace("… ", "").split()
    at = rng.randrange(1, len(words) - 2)
    words[at], words[at + 1] = words[at + 1], words[at]
    return case.draft(" ".join(words))


def _cut_negation(case: Case, _rng: Random) -> Draft | None:
    found = re.search(r"(?: not|n't) ", case.quote)
    return case.draft(case.quote[found.end() :]) if found else None


def _spelt_out(quote: str) -> str:
    return re.sub(r"\b([1-5])\d\b", lambda found: TENS[found[1]], quote, count=1)


def _other_turn(case: Case, _rng: Random) -> Draft:
    return case.draft(case.quote, turn=case.turn - 1)


def _other_side(case: Case, _rng: Random) -> Draft:
    """The vendor's words as the customer's reason, or the customer's as a promise."""
    is_promise = case.field == WHAT_WAS_PROMISED
    return case.draft(case.quote, field=WHY_THEY_BOUGHT if is_promise else WHAT_WAS_PROMISED)


ALTERED: Final[dict[str, Change]] = {
    "number changed": _number,
    '"not" added': _one_of(DENIALS),
    '"not" removed': _one_of(AFFIRMED),
    '"not" doubled': _one_of({" not ": " not not ", "won't": "won't not"}),
    "negation cut off": _cut_negation,
    "month changed": _swapped(MONTHS),
    "product swapped": _swapped(PRODUCTS),
    "person swapped": _swapped(PEOPLE),
    "two quotes spliced": _spliced,
    "two pieces without the mark": _unmarked,
    "two pieces out of order": _backwards,
    "a joined piece of two words": _short_piece,
    'the single word "the"': _always(("the",)),
    "two words": lambda case, _rng: case.draft(" ".join(case.quote.split()[:2])),
    "empty": _always(("", " ", "...", "\u200b")),
    "invented": _always(INVENTED),
    "from another source": lambda case, _rng: case.draft(case.foreign),
    "from the prompt": _always(PROMPT_TEXT),
    "another turn named": _other_turn,
    "a turn that is not there": lambda case, _rng: case.draft(case.quote, turn=99),
    "the other side's words": _other_side,
    "unit changed": _one_of(UNITS),
    "could for will": _one_of({"could ": "will ", "will ": "could ", "'ll ": " could "}),
    "percent for points": _text(lambda quote: quote.replace("%", " points")),
    "percent sign dropped": _text(lambda quote: quote.replace("%", "")),
    "currency changed": _text(lambda quote: quote.replace("$", "€")),
    "currency dropped": _text(lambda quote: quote.replace("$", "")),
    "minus sign dropped": _text(lambda quote: quote.replace(" -", " ")),
    "decimal point dropped": _text(lambda quote: re.sub(r"(\d)\.(\d)", r"\1\2", quote)),
    "thousands comma for a point": _text(lambda quote: re.sub(r"(\d),(\d)", r"\1.\2", quote)),
    "number spelt out": _text(_spelt_out),
    "apostrophe dropped": _text(lambda quote: quote.replace("'", "")),
    "letter of another script": _look_alike,
    "zero width character": _inserted(ZERO_WIDTH),
    "accent added": _inserted(("\u0301", "\u0308", "\u0336")),
    "word left out": _left_out,
    "two words exchanged": _exchanged,
}
