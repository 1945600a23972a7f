"""Text as the gate compares it: words and numbers with their places, the rest left free."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from service.extract.gate_characters import NAMED, classes_of

# Matched against the class letters of gate_characters, never against text. Every repeat is over
# single characters and has no equal neighbour, so reading is linear.
NUMBER: Final = r"""
    (?=[HGCPD])
    (?:(?<![LMUDJIHGP%])[HG])?          # sign: -5, but not 3-5, PO-5 or --5
    (?:C[BN]{0,4}(?=[HGPD]))?           # currency in front: $5, $ 5, $-5
    (?:(?<=C)[HG])?
    (?:(?<![LMUDP])P)?                  # .5
    D(?:D|(?<=D)[PXA](?=D))*            # 1,000.50  1'000  10:30  1/2
    (?:[BN]{0,4}%)?                     # 5%, 5 %
    (?:C(?!D)|[BN]{1,4}C(?![HGP]?D))?   # currency behind: 5€, 5 €
"""
WORD: Final = r"J?L(?:[LMJ]|(?<=[LMJ])[AI](?=L))*"
ONE_LETTER: Final = r"J?U[MJ]*"
PIECES: Final = re.compile(
    rf"""
      (?P<word>{WORD})
    | (?P<letter>{ONE_LETTER})
    | (?P<number>{NUMBER})
    | E[EMJ]* | (?<=N)>[>B]*            # free: emoji, the quote marks of mail at a line's start
    | (?P<symbol>[CGSIJM%>])
    """,
    re.VERBOSE,
)
WEIGHTS: Final = {"number": 2, "word": 2, "letter": 1, "symbol": 0}
EDGE: Final = "\n"
"""Between joined keys; no key holds white space."""
ONE_SPELLING: Final = str.maketrans(
    dict.fromkeys((c for c, kind in NAMED.items() if kind == "A"), "'")
    | dict.fromkeys((c for c, kind in NAMED.items() if kind == "H"), "-")
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, in order: what is compared, where each stands, how much it counts.

    A word or a number weighs 2, a letter of an unspaced script 1, a symbol nothing.
    """

    keys: list[str]
    starts: list[int]
    ends: list[int]
    weight: int
    joined: str
    """The keys as one string in which whole tokens, and only those, are found by `in`."""


def tokens_of(text: str) -> Tokens:
    """Read `text` from left to right; offsets are code points."""
    keys, starts, ends, weight = [], [], [], 0
    for found in PIECES.finditer(classes_of(text)):
        kind = found.lastgroup
        if kind is None:
            continue
        start, end = found.span()
        keys.append(_key(text[start:end], kind))
        starts.append(start)
        ends.append(end)
        weight += WEIGHTS[kind]
    return Tokens(keys, starts, ends, weight, joined=EDGE + EDGE.join(keys) + EDGE)


def _key(piece: str, kind: str) -> str:
    if piece.isascii() and kind == "word":
        return piece.lower()
    folded = unicodedata.normalize("NFD", piece.translate(ONE_SPELLING)).casefold()
    if kind == "number":
        folded = "".join(folded.split())
    return unicodedata.normalize("NFC", folded)
