"""What is done to a true quote: what still quotes it, and what says something else."""

# ruff: noqa: RUF001 - characters that look alike are what this is about

import re
import unicodedata
from collections.abc import Callable
from random import Random
from typing import Final

from evals.bench.quotes_samples import UNSPACED, Sample
from schemas.claim import SUCCESS_IN_THEIR_WORDS, WHAT_WAS_PROMISED, Draft
from schemas.source import Side

Change = Callable[[Sample, Random], Draft | None]
"""A draft with one change, or None where there is nothing to change."""

LOOK_ALIKES: Final = dict(zip("aeopcxсаеорхΑΕΟΡΧο", "аеорсхcaeopxAEOPXo", strict=True))
ZERO_WIDTH: Final = ("\u200b", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202e")
SIGNS: Final = {"%": (" points", ""), "$": ("€", "")}


def _text(change: Callable[[str], str]) -> Change:
    def changed(sample: Sample, _rng: Random) -> Draft | None:
        quote = change(sample.quote)
        return sample.draft(quote) if quote != sample.quote else None

    return changed


def _swap(kind: str) -> Change:
    """The first of the talk's own swaps of that kind."""

    def changed(sample: Sample, _rng: Random) -> Draft | None:
        found = [(old, new) for named, old, new in sample.swaps if named == kind]
        return sample.draft(sample.quote.replace(*found[0], 1)) if found else None

    return changed


def _condition_left_out(sample: Sample, _rng: Random) -> Draft | None:
    """All that the turn says, but for a condition in its midst."""
    found = [old for kind, old, _ in sample.swaps if kind == "condition"]
    whole = sample.turns[sample.turn].text
    return sample.draft(whole.replace(found[0], "", 1)) if found else None


def _parts(sample: Sample) -> tuple[list[str], str]:
    """Its words, and what stands between them."""
    if sample.script in UNSPACED:
        return re.findall(r"\d[\d.,]{0,9}%?|\w[\u0300-\u036f\u0e31-\u0e4e]{0,3}", sample.quote), ""
    return re.findall(r"\w{1,99}[^\w\s]?\w{0,99}", sample.quote), " "


def _bent(bend: Callable[[list[str], Random], list[str]], *, least: int) -> Change:
    """The words bent, where that changes them."""

    def changed(sample: Sample, rng: Random) -> Draft | None:
        parts, joint = _parts(sample)
        if len(parts) < least:
            return None
        bent = bend(list(parts), rng)
        return sample.draft(joint.join(bent)) if bent != parts else None

    return changed


def _left_out(parts: list[str], rng: Random) -> list[str]:
    at = rng.randrange(1, len(parts) - 1)
    return parts if parts[at] in {parts[at - 1], parts[at + 1]} else parts[:at] + parts[at + 1 :]


def _exchanged(parts: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(parts) - 1)
    parts[at], parts[at + 1] = parts[at + 1], parts[at]
    return parts


def _doubled(parts: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(parts))
    return [*parts[:at], parts[at], parts[at], *parts[at + 1 :]]


def _halves_turned(parts: list[str], _rng: Random) -> list[str]:
    middle = len(parts) // 2
    return parts[middle:] + parts[:middle]


def _digit(sample: Sample, rng: Random) -> Draft | None:
    places = [found.start() for found in re.finditer(r"\d", sample.quote)]
    if not places:
        return None
    at = rng.choice(places)
    other = rng.choice([digit for digit in "123456789" if digit != sample.quote[at]])
    return sample.draft(sample.quote[:at] + other + sample.quote[at + 1 :])


def _inserted(marks: tuple[str, ...]) -> Change:
    """A character between two letters of one word."""

    def changed(sample: Sample, rng: Random) -> Draft | None:
        places = [found.start() + 1 for found in re.finditer(r"[^\W\d](?=[^\W\d])", sample.quote)]
        if not places:
            return None
        at = rng.choice(places)
        return sample.draft(sample.quote[:at] + rng.choice(marks) + sample.quote[at:])

    return changed


def _look_alike(sample: Sample, rng: Random) -> Draft | None:
    places = [at for at, letter in enumerate(sample.quote) if letter in LOOK_ALIKES]
    if not places:
        return None
    at = rng.choice(places)
    quote = sample.quote[:at] + LOOK_ALIKES[sample.quote[at]] + sample.quote[at + 1 :]
    return sample.draft(quote)


def _spliced(sample: Sample, _rng: Random) -> Draft:
    """Its front half, and the end of what somebody else says, without a mark."""
    other = sample.turns[(sample.turn + 1) % len(sample.turns)].text
    half = len(sample.quote) // 2
    return sample.draft(f"{sample.quote[:half]} {other[-half - 12 :]}")


def _other_turn(sample: Sample, _rng: Random) -> Draft:
    """Its own words under the number of a turn of the other side."""
    return sample.draft(sample.quote, turn=(sample.turn + 1) % 2)


def _other_side(sample: Sample, _rng: Random) -> Draft:
    is_vendor = sample.side(sample.turn) is Side.VENDOR
    field = SUCCESS_IN_THEIR_WORDS if is_vendor else WHAT_WAS_PROMISED
    return sample.draft(sample.quote, field=field)


def _signs(position: int) -> Change:
    def change(quote: str) -> str:
        for sign, others in SIGNS.items():
            quote = re.sub(rf"(?<=\d) ?{re.escape(sign)}", others[position], quote)
            quote = re.sub(rf"{re.escape(sign)}(?=\d)", others[position], quote)
        return quote

    return _text(change)


def _spaced(sample: Sample, rng: Random) -> Draft:
    gaps = (" ", "  ", "\n", "\u00a0", "\t", " \r\n")
    return sample.draft("".join(rng.choice(gaps) if c == " " else c for c in f" {sample.quote} "))


def _marks_left_out(quote: str) -> str:
    return re.sub(r"(?<![\d\s])[,.;:!?،。，、।](?!\d)", " ", quote)


HARMLESS: Final[dict[str, Change]] = {
    "none": lambda sample, _rng: sample.draft(sample.quote),
    "upper case": _text(
        lambda quote: quote.upper() if quote.upper().lower() == quote.lower() else quote
    ),
    "lower case": _text(str.lower),
    "other spaces, line ends": _spaced,
    "quote marks around it": _text(lambda quote: f"«{quote}»"),
    "typographic apostrophes": _text(lambda quote: quote.replace("'", "\u2019")),
    "decomposed letters": _text(lambda quote: unicodedata.normalize("NFD", quote)),
    "marks between words left out": _text(_marks_left_out),
    "emoji left out": _text(
        lambda quote: quote.replace("🙂", " ").replace("😟", " ").replace("🙏", " ")
    ),
    "ellipsis at both ends": _text(lambda quote: f"... {quote} …"),
    "the whole turn": lambda sample, _rng: sample.draft(sample.turns[sample.turn].text),
}

VERBATIM: Final[dict[str, Change]] = {"condition at its edge left out": _swap("condition")}
"""What is left stands as it was said: no rule of the gate forbids it, and the table shows it."""

ALTERED: Final[dict[str, Change]] = {
    "number changed": _digit,
    "number spelt out": _swap("spelt out"),
    '"not" added': _swap("not added"),
    '"not" removed': _swap("not removed"),
    "unit changed": _swap("unit"),
    "could for will": _swap("could to will"),
    "name swapped": _swap("name"),
    "condition in its midst left out": _condition_left_out,
    "percent for points, currency swapped": _signs(0),
    "percent sign, currency dropped": _signs(1),
    "minus sign put in": _text(lambda quote: re.sub(r"(?<=\s)(?=\d)", "-", quote, count=1)),
    "decimal point dropped": _text(lambda quote: re.sub(r"(?<=\d)[.,](?=\d)", "", quote)),
    "decimal point moved": _text(lambda quote: re.sub(r"(\d)([.,])(\d)", r"\2\1\3", quote)),
    "digits run together": _text(lambda quote: re.sub(r"(\d)(\D{1,20}?)(\d)", r"\1\3\2", quote)),
    "superscript": _text(lambda quote: quote.replace("2", "²", 1)),
    "word left out": _bent(_left_out, least=4),
    "two words exchanged": _bent(_exchanged, least=3),
    "word doubled": _bent(_doubled, least=3),
    "halves turned round": _bent(_halves_turned, least=6),
    "spliced with another turn": _spliced,
    "another turn named": _other_turn,
    "the other side's words": _other_side,
    "from another talk": lambda sample, _rng: sample.draft(sample.foreign),
    "letter of another script": _look_alike,
    "character nobody sees": _inserted(ZERO_WIDTH),
    "accent added": _inserted(("\u0301", "\u0308", "\u0336")),
    "letter doubled": _inserted(("q", "я", "ζ")),
    "empty": lambda sample, _rng: sample.draft(""),
}
