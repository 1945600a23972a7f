"""Finding a quote in a turn: as one piece, or as two that the model joined with an ellipsis."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from schemas.claim import Reason, Span
from schemas.source import Turn
from service.extract.negation import Clauses, clauses_of
from service.extract.tokens import EDGE, Tokens, tokens_of

MOST_MARKS: Final = 8
"""Ellipses that are tried as the joint of two pieces; speech has its own, but not more."""
MOST_PLACES: Final = 1_000
"""Places of one quote in one turn that are tried for one with no negation cut off."""
LEAST_WEIGHT: Final = 6
"""Three words, or six letters of an unspaced script."""
_NEARNESS: Final = (Reason.NOT_FOUND, Reason.BAD_JOIN, Reason.CUT_NEGATION)
_MARK: Final = re.compile(r"\.{3,}|…+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands: its first token and the one behind its last."""

    first: int
    end: int


class IndexedTurn:
    """A turn with its tokens read once."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.tokens = tokens_of(turn.text)

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each token's edge stands in the joined keys."""
        offsets, at = [], 0
        for key in self.tokens.keys:
            offsets.append(at)
            at += len(key) + len(EDGE)
        return offsets

    @cached_property
    def clauses(self) -> Clauses:
        """Its negations and their reach; read when a quote of it is found."""
        return clauses_of(self.turn.text, self.tokens)

    def is_all(self, quote: Tokens) -> bool:
        """Whether the quote is the whole turn."""
        return quote.keys == self.tokens.keys

    def has(self, quote: Tokens) -> bool:
        """Whether the tokens stand here, in order, with nothing left out."""
        return bool(quote.keys) and quote.joined in self.tokens.joined

    def places(self, quote: Tokens, *, start: int = 0) -> Iterator[Place]:
        """Every place of the quote from token `start` on."""
        wanted, size = quote.joined, len(quote.keys)
        if not size or start >= len(self.tokens.keys):
            return
        at = self.tokens.joined.find(wanted, self._offsets[start])
        while at >= 0:
            first = bisect_left(self._offsets, at)
            yield Place(first, first + size)
            at = self.tokens.joined.find(wanted, at + 1)

    def is_cut(self, places: Sequence[Place]) -> bool:
        """Whether any piece leaves a negation of its clause outside all of them."""
        edges = [0, *(edge for p in places for edge in (p.first, p.end)), len(self.tokens.keys)]
        return any(
            self.clauses.is_cut(p.first, p.end, first=edges[2 * i], last=edges[2 * i + 3])
            for i, p in enumerate(places)
        )

    def span(self, place: Place) -> Span:
        """The code points from the first token of a place to its last."""
        start, end = self.tokens.starts[place.first], self.tokens.ends[place.end - 1]
        return Span(turn=self.turn.turn, start=start, end=end)

    def text_of(self, span: Span) -> str:
        """The source's own words of a span."""
        return self.turn.text[span.start : span.end]


class Quote:
    """What the model proposes as somebody's words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text)

    @cached_property
    def joints(self) -> list[tuple[Tokens, Tokens]]:
        """The two pieces at each ellipsis inside it; none where there are too many."""
        marks = [mark.span() for mark in _MARK.finditer(self.text)]
        if len(marks) > MOST_MARKS:
            return []
        halves = (
            (tokens_of(self.text[:start]), tokens_of(self.text[end:])) for start, end in marks
        )
        return [(front, back) for front, back in halves if front.keys and back.keys]

    def stands_in(self, turn: IndexedTurn) -> bool:
        """Whether it is there in one piece, or both pieces of some joint are, in any order."""
        return turn.has(self.tokens) or any(
            turn.has(front) and turn.has(back) for front, back in self.joints
        )


def locate(turn: IndexedTurn, quote: Quote) -> tuple[Place, ...] | Reason:
    """The first place that leaves no negation outside, or why there is none."""
    if turn.has(quote.tokens):
        return _first_uncut(turn, ((place,) for place in turn.places(quote.tokens)))
    nearest = Reason.NOT_FOUND
    for front, back in quote.joints:
        found = _join(turn, front, back)
        if not isinstance(found, Reason):
            return found
        nearest = max(nearest, found, key=_NEARNESS.index)
    return nearest


def _join(turn: IndexedTurn, front: Tokens, back: Tokens) -> tuple[Place, ...] | Reason:
    if not (turn.has(front) and turn.has(back)):
        return Reason.NOT_FOUND
    if min(front.weight, back.weight) < LEAST_WEIGHT:
        return Reason.BAD_JOIN
    first = next(turn.places(front))
    if next(turn.places(back, start=first.end), None) is None:
        return Reason.BAD_JOIN
    return _first_uncut(turn, _pairs(turn, front, back))


def _pairs(turn: IndexedTurn, front: Tokens, back: Tokens) -> Iterator[tuple[Place, ...]]:
    """Each place of the front piece with the next of the back piece behind it."""
    behind = turn.places(back)
    following = next(behind)
    for place in turn.places(front):
        while following.first < place.end:
            if (further := next(behind, None)) is None:
                return
            following = further
        yield place, following


def _first_uncut(
    turn: IndexedTurn, candidates: Iterator[tuple[Place, ...]]
) -> tuple[Place, ...] | Reason:
    tried = islice(candidates, MOST_PLACES)
    uncut = (places for places in tried if not turn.is_cut(places))
    return next(uncut, Reason.CUT_NEGATION)
