"""Proper names, told by their capital letters: whether the evidence has each of them.

German writes all nouns so: there a word with the same beginning will do. A script without capital
letters says nothing about names: there every word must stand in the evidence.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

from service.extract.gate_gaps import Gap, gaps_of
from service.extract.statement_numbers import DATES
from service.extract.statement_signs import Signs, is_number, stem_of
from service.extract.statement_words import CAPITAL_MONTHS, OPENERS, PLAIN_CAPITALS

ROLES: Final = frozenset(
    ("customer", "vendor", "kunde", "kunden", "anbieter", "client", "fournisseur", "vendeur")
)
"""Our own words for the two sides, in German with a capital letter."""
CASELESS: Final = "Lo"


def are_names_kept(stated: Signs, said: Signs) -> bool:
    """Whether every proper name of the statement stands in the evidence."""
    return all(_is_said(key, is_start, stated, said) for key, is_start in _names(stated))


def _names(signs: Signs) -> Iterator[tuple[str, bool]]:
    """Words that may be names, and whether each starts a sentence."""
    tokens = signs.tokens
    gaps = gaps_of(signs.text, tokens)
    for at, key in enumerate(tokens.keys):
        word = signs.text[tokens.starts[at] : tokens.ends[at]]
        is_start = at == 0 or gaps[at] in {Gap.HARD, Gap.ITEM}
        if not is_number(key) and _is_name(word, key):
            yield key.removesuffix("'s"), is_start


def _is_name(word: str, key: str) -> bool:
    if any(unicodedata.category(character) == CASELESS for character in word):
        return True
    is_date = key in DATES or word in CAPITAL_MONTHS
    return word != word.lower() and key not in PLAIN_CAPITALS and not is_date


def _is_said(key: str, is_start: bool, stated: Signs, said: Signs) -> bool:  # noqa: FBT001 - one of a pair
    if {key, f"{key}'s", key.removesuffix("s")} & said.words or key in ROLES:
        return True
    if is_start and key in OPENERS:
        return True
    return (is_start or stated.language == "german") and stem_of(key) in said.stems
