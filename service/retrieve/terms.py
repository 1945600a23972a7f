import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from service.retrieve.amounts import plain_number
from service.retrieve.stop_words import STOP_WORDS

MAX_TERM = 64
"""Code points; what is longer is no word that anybody types, and would swell the index."""

LETTER, DIGIT, UNSPACED, CONNECTOR, OTHER = "letter", "digit", "unspaced", "connector", "other"

CONNECTORS = frozenset("-.,:/_@&")
"""A single one of these between letters or digits may join them to one code or number."""

ADDRESS_MARKS = frozenset("@&")
CLITICS = frozenset(("d", "ll", "m", "re", "s", "t", "ve"))
"""What follows the apostrophe in English and says nothing."""

UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # marks of repetition among Han
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class Run(NamedTuple):
    """Neighbouring characters of one kind."""

    kind: str
    text: str


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, with repeats."""
    return [term[:MAX_TERM] for chunk in _folded(text).split() for term in _of_chunk(chunk)]


def question_terms(text: str) -> list[str]:
    """Return the terms to look for, each once; stop words only where there is nothing else."""
    once = list(dict.fromkeys(terms(text)))
    return [term for term in once if term not in STOP_WORDS] or once


def _folded(text: str) -> str:
    """Fold width, ligatures and case; digits of every script become 0-9, format marks go."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded if folded.isascii() else "".join(map(_folded_character, folded))


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    match unicodedata.category(character):
        case "Cf":
            return ""
        case "Nd":
            return str(unicodedata.decimal(character))
    return "'" if character == "\N{RIGHT SINGLE QUOTATION MARK}" else character


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    if character in CONNECTORS:
        return CONNECTOR
    if any(first <= ord(character) <= last for first, last in UNSPACED_RANGES):
        return UNSPACED if unicodedata.category(character)[0] in "LMN" else OTHER
    return {"L": LETTER, "M": LETTER, "N": DIGIT}.get(unicodedata.category(character)[0], OTHER)


def _of_chunk(chunk: str) -> Iterator[str]:
    """A chunk has no space; an apostrophe splits it, and what is left of "n't" or "'s" goes."""
    for number, piece in enumerate(chunk.split("'")):
        found = [term for compound in _compounds(piece) for term in _of_compound(compound)]
        if number == 0 or len(found) != 1 or found[0] not in CLITICS:
            yield from found


def _compounds(piece: str) -> Iterator[list[Run]]:
    """Runs of letters and digits that touch or are joined by one connector stand together."""
    compound: list[Run] = []
    for kind, characters in groupby(piece, _kind):
        run = Run(kind, "".join(characters))
        if kind in {LETTER, DIGIT} or (kind == CONNECTOR and len(run.text) == 1 and compound):
            compound.append(run)
            continue
        yield compound
        compound = []
        if kind == UNSPACED:
            yield [run]
    yield compound


def _of_compound(compound: list[Run]) -> Iterator[str]:
    if compound and compound[-1].kind == CONNECTOR:
        compound = compound[:-1]
    if not compound:
        return
    if compound[0].kind == UNSPACED:
        yield from _bigrams(compound[0].text)
    elif _is_code(compound):
        yield from _of_code(compound)
    else:
        yield from (run.text for run in compound if run.kind != CONNECTOR)


def _is_code(compound: list[Run]) -> bool:
    """Whether it is looked for as a whole, too: an order number, an amount, an address."""
    has_mark = any(run.kind == DIGIT or run.text in ADDRESS_MARKS for run in compound)
    return has_mark and len(compound) > 1


def _of_code(compound: list[Run]) -> Iterator[str]:
    whole = "".join(run.text for run in compound)
    number = plain_number(whole)
    if number is None:
        yield whole
        yield from (run.text for run in compound if run.kind != CONNECTOR)
        return
    yield number
    if "." in number:
        yield from number.split(".")


def _bigrams(text: str) -> Iterator[str]:
    """Pairs of neighbours, for scripts that put no space between words."""
    if len(text) == 1:
        yield text
    yield from (first + second for first, second in pairwise(text))
