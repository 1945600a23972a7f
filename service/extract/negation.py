"""Whether a quote leaves out a negation of its own clause; `docs/gate.md` has the rule."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from service.extract.gate_gaps import Gap, gaps_of
from service.extract.gate_words import (
    ANSWERS,
    GRAMMARS,
    HARMLESS_NEXT,
    LEFT_OPEN,
    NEGATIONS,
    NEGATIVE_HEAD,
    NEGATIVE_TAIL,
    NOT_IN,
    SPANISH_VERB,
    TAG_PRONOUNS,
    TAGS,
)
from service.extract.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Clauses:
    """Where one turn denies something, and where the reach of a denial ends.

    All are token numbers in rising order; a bound stands before its token.
    """

    negations: Sequence[int] = ()
    bounds_before: Sequence[int] = ()
    """They stop a negation that comes before the quote: in doubt there is none."""
    bounds_after: Sequence[int] = ()
    """They stop one that comes after it: any mark or conjunction."""

    def is_cut(self, start: int, end: int, *, first: int, last: int) -> bool:
        """Whether tokens `start` to `end` leave one outside, looking from `first` to `last`."""
        from_bound = bisect_right(self.bounds_before, start) - 1
        if from_bound >= 0:
            first = max(first, self.bounds_before[from_bound])
        to_bound = bisect_left(self.bounds_after, end)
        if to_bound < len(self.bounds_after):
            last = min(last, self.bounds_after[to_bound])
        return self._denies(first, start) or self._denies(end, last)

    def _denies(self, first: int, end: int) -> bool:
        return bisect_left(self.negations, first) < bisect_left(self.negations, end)


def clauses_of(text: str, tokens: Tokens) -> Clauses:
    """Read the negations of a turn and their reach, once for all its quotes."""
    if not any(map(_is_negative, tokens.keys)):
        return Clauses()
    return _Reader(text, tokens).clauses()


def _is_negative(key: str) -> bool:
    return key in NEGATIONS or key.endswith(NEGATIVE_TAIL) or key.startswith(NEGATIVE_HEAD)


def _language(keys: Sequence[str]) -> str:
    """The language most of whose everyday words stand in the turn; a tie is English."""
    votes = {
        name: sum(key in words.markers or key in words.subjects for key in keys)
        for name, words in GRAMMARS.items()
    }
    return max(votes, key=lambda name: votes[name])


class _Reader:
    """One pass over the tokens of a turn and the gaps between them."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.keys = tokens.keys
        self.gaps = gaps_of(text, tokens)
        self.language = _language(tokens.keys)
        self.grammar = GRAMMARS[self.language]
        self.denies = [self._denies(at) for at in range(len(self.keys))]

    def clauses(self) -> Clauses:
        every = range(len(self.keys))
        return Clauses(
            negations=[at for at in every if self.denies[at]],
            bounds_before=self._bounds_before(),
            bounds_after=[at for at in every if self._ends_reach(at)],
        )

    def _bounds_before(self) -> list[int]:
        bounds, is_open, is_denied = [], False, False
        for at in range(1, len(self.keys)):
            is_denied = is_denied or self.denies[at - 1]
            is_open = is_open or self._leaves_open(at, is_denied=is_denied)
            if self._opens_clause(at, is_open=is_open):
                bounds.append(at)
                is_open = is_denied = False
        return bounds

    def _leaves_open(self, at: int, *, is_denied: bool) -> bool:
        """What is broken off here goes on later: `we will not, as I said, bill you`."""
        gap = self.gaps[at]
        if gap is Gap.NONE:
            return False
        if gap is Gap.LIST:
            return is_denied
        return self.denies[at - 1] or self.keys[at - 1] in LEFT_OPEN

    def _opens_clause(self, at: int, *, is_open: bool) -> bool:
        key, gap = self.keys[at], self.gaps[at]
        if gap is Gap.HARD or key in self.grammar.contrasts:
            return True
        if key in self.grammar.joiners:
            return self._is_subject(at + 1)
        starts = self._is_subject(at) and gap is not Gap.NONE
        return not is_open and (starts or gap is Gap.ITEM)

    def _is_subject(self, at: int) -> bool:
        return at < len(self.keys) and self.keys[at] in self.grammar.subjects

    def _ends_reach(self, at: int) -> bool:
        key, words = self.keys[at], self.grammar
        joins = key in words.contrasts or key in words.joiners or key in words.subordinators
        return joins or self.gaps[at] is not Gap.NONE

    def _denies(self, at: int) -> bool:
        key = self.keys[at]
        if not _is_negative(key) or self.language in NOT_IN.get(key, ()):
            return False
        return not (self._is_phrase(at) or self._is_answer(at) or self._is_tag(at))

    def _is_phrase(self, at: int) -> bool:
        following = self.keys[at + 1 : at + 2]
        return bool(following) and following[0] in HARMLESS_NEXT.get(self.keys[at], ())

    def _is_answer(self, at: int) -> bool:
        """`No, we will`; also `No we will` where a clause begins."""
        if self.keys[at] not in ANSWERS:
            return False
        if self.gaps[at + 1] is not Gap.NONE:
            return True
        begins = at == 0 or self.gaps[at] is not Gap.NONE
        return begins and self._is_subject(at + 1) and self.keys[at + 1] != SPANISH_VERB

    def _is_tag(self, at: int) -> bool:
        """`You will ship it, won't you?` asks for a yes and denies nothing."""
        end = next((n for n in range(at + 1, at + 4) if self._is_sentence_end(n)), None)
        words = tuple(self.keys[at:end]) if end else ()
        if words in TAGS or at == 0:
            return words in TAGS
        head, *rest = words or ("",)
        return head.endswith(NEGATIVE_TAIL) and len(rest) == 1 and rest[0] in TAG_PRONOUNS

    def _is_sentence_end(self, at: int) -> bool:
        return at >= len(self.keys) or self.gaps[at] is Gap.HARD
