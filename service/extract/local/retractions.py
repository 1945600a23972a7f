"""What is withdrawn in the same breath: "we'll have it on Monday. Scratch that, on Friday"."""

from collections.abc import Iterator, Sequence

from schemas.source import Side
from service.extract.local.act import Act
from service.extract.local.context import Heard

BINDING = frozenset(
    {
        *(Act.UNDERTAKING, Act.NAMED_UNDERTAKING, Act.HANDOVER, Act.OFFER, Act.BENEFIT),
        *(Act.SPARING, Act.ROADMAP, Act.TERM, Act.DELIVERY, Act.NEED, Act.GOAL, Act.WISH),
    }
)
"""What can be taken back."""
NEAR = 2
"""Sentences between the words and their withdrawal, and sentences that open a turn."""
BACK = 2
"""Turns between what a colleague said and who corrects it."""

Place = tuple[int, int]
"""A sentence: the turn's place among those heard, and its own in the turn."""


def withdrawn(heard: Sequence[Heard]) -> frozenset[Place]:
    """Every sentence that its speaker, or somebody of the same side, takes back at once."""
    return frozenset(
        place
        for at, each in enumerate(heard)
        for number, read in enumerate(each.reads)
        if Act.TAKEN_BACK in read.acts
        for place in _meant(heard, at, number)
    )


def _meant(heard: Sequence[Heard], at: int, number: int) -> Iterator[Place]:
    """The nearest binding words before: in the turn itself, else in the last one of that side."""
    own = _last_binding(heard[at], max(0, number - NEAR), number)
    if own is not None:
        yield at, own
    elif number < NEAR:
        yield from _by_the_same_side(heard, at)


def _by_the_same_side(heard: Sequence[Heard], at: int) -> Iterator[Place]:
    side = heard[at].turn.side
    for earlier in range(at - 1, max(-1, at - 1 - BACK), -1):
        if side is not Side.UNKNOWN and heard[earlier].turn.side is side:
            last = _last_binding(heard[earlier], 0, len(heard[earlier].reads))
            if last is not None:
                yield earlier, last
            return


def _last_binding(heard: Heard, first: int, end: int) -> int | None:
    return next((n for n in range(end - 1, first - 1, -1) if heard.reads[n].acts & BINDING), None)
