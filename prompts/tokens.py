"""How many tokens a model will count in a text, guessed high and without its tokenizer.

Tokenizers differ, and none of them can be loaded without a download; `docs/prompts.md` has the
rule and how far it lies from two real ones.
"""

import math
import unicodedata
from collections import Counter
from enum import Enum
from functools import lru_cache
from typing import Final

PER_WORD: Final = 1.35
"""Tokens of a word of an alphabet, on average: names and long words take two or three."""


class Script(Enum):
    """Classes of characters that tokenizers treat alike; the value is tokens a character."""

    LATIN = 1 / 3.6
    BLANK = 1 / 24
    """Single blanks belong to the word behind them; line ends and runs are paid for."""
    SINGLE = 1.0
    """Digits and punctuation."""
    OTHER_ALPHABET = 0.75
    """Accented Latin letters too: they break a word into pieces."""
    UNSPACED = 1.6
    SIGN = 3.0
    """Emoji and rare signs are spelled in bytes."""


def estimate(text: str) -> int:
    """Tokens of the text: by letters or by words, whichever says more."""
    counts = Counter[Script]()
    for character, times in Counter(text).items():
        counts[_script(character)] += times
    latin = counts.pop(Script.LATIN, 0) * Script.LATIN.value
    rest = sum(script.value * times for script, times in counts.items())
    return math.ceil(max(latin, PER_WORD * _words(text)) + rest)


def _words(text: str) -> int:
    return sum(piece[0].isascii() and piece[0].isalpha() for piece in text.split())


@lru_cache(maxsize=4096)
def _script(character: str) -> Script:
    if character.isascii():
        return _ascii(character)
    category = unicodedata.category(character)
    if category == "Lo":
        return Script.UNSPACED
    if category[0] in "LM":
        return Script.OTHER_ALPHABET
    return {"P": Script.SINGLE, "Z": Script.BLANK, "N": Script.SINGLE}.get(category[0], Script.SIGN)


def _ascii(character: str) -> Script:
    if character.isalpha():
        return Script.LATIN
    if character.isspace():
        return Script.BLANK
    return Script.SINGLE
