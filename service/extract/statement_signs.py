"""What a text says beyond its bare words: how sure, on what condition, how much, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import Final

from service.extract.gate_words import GRAMMARS
from service.extract.negation import clauses_of
from service.extract.statement_words import (
    FILLERS,
    LEXICONS,
    NOTHING,
    NUMBER_WORDS,
    Lexicon,
)
from service.extract.tokens import Tokens, tokens_of

STEM: Final = 5
"""Letters by which two forms of a word are taken for one."""
REACH: Final = 3
"""Content words behind a denial that it may be about."""


@dataclass(frozen=True)
class Signs:
    """A text with what is read in it when it is asked for."""

    text: str

    @cached_property
    def tokens(self) -> Tokens:
        """Its words and numbers, as the gate reads them."""
        return tokens_of(self.text)

    @property
    def keys(self) -> Sequence[str]:
        """The words and numbers as they are compared."""
        return self.tokens.keys

    @cached_property
    def words(self) -> frozenset[str]:
        """Each of them once."""
        return frozenset(self.keys)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What its words begin with."""
        return frozenset(map(stem_of, self.keys))

    @cached_property
    def language(self) -> str:
        """The language most of whose everyday words stand in it; none: English."""
        votes = {
            name: sum(key in words.markers or key in words.subjects for key in self.keys)
            for name, words in GRAMMARS.items()
        }
        return max(votes, key=lambda name: votes[name])

    @property
    def lexicon(self) -> Lexicon:
        """The words of its language."""
        return LEXICONS.get(self.language, NOTHING)

    @cached_property
    def negations(self) -> Sequence[int]:
        """Tokens that deny; "not only" and "no problem" do not."""
        return clauses_of(self.text, self.tokens).negations

    @property
    def is_denied(self) -> bool:
        """Whether it denies: two denials side by side do not, nor does a denied failure."""
        at = self.negations
        paired = sum(2 for one, two in pairwise(at) if two == one + 1)
        return (len(at) > paired) != bool(self.words & self.lexicon.reversals)

    @cached_property
    def denied(self) -> frozenset[str]:
        """Stems of the words right behind a denial."""
        return frozenset(head for at in self.negations for head in self._behind(at)[:1])

    @cached_property
    def asserted(self) -> frozenset[str]:
        """Stems of content words that stand in reach of no denial."""
        plain = (stem_of(key) for key in self.keys if key not in FILLERS)
        return frozenset(plain) - {stem for at in self.negations for stem in self._behind(at)}

    @property
    def conditions(self) -> frozenset[str]:
        """Which kinds of condition it names."""
        found = {name for name, words in self.lexicon.conditions.items() if words & self.words}
        if self.language == "english" and "as long as" in " ".join(self.keys):
            found.add("if")
        return frozenset(found - ({"only"} if self._is_not_only() else set()))

    def _is_not_only(self) -> bool:
        return ("not", "only") in pairwise(self.keys)

    def _behind(self, at: int) -> list[str]:
        """Stems of the content words next to a denial; the first is what it denies."""
        following = (key for key in self.keys[at + 1 : at + 1 + 2 * REACH] if key not in FILLERS)
        return [stem_of(key) for key in islice(following, REACH)]


def is_number(key: str) -> bool:
    """Whether a token is a number, in figures or in words."""
    if key.isalpha():
        return key in NUMBER_WORDS
    return any(character.isdigit() for character in key)


def stem_of(key: str) -> str:
    """Its first letters: "report" and "reporting" are one word, "15" and "150" are two."""
    return key if is_number(key) else key.removesuffix("'s")[:STEM]
