"""What a new reading changes about the claims that stand. Pure.

Two claims are the same where they are of one field and share at least half of the shorter evidence,
counted in code points. Each claim has one counterpart at most; those that share most find each
other first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from schemas.claim import GroundedClaim
from service.extract.absence import STANDING

_CELL = 64
"""Code points; about a clause."""


@dataclass(frozen=True)
class Known:
    """A claim that is stored."""

    id: UUID
    claim: GroundedClaim
    is_pinned: bool


@dataclass(frozen=True)
class Difference:
    """Every stored claim that counts is kept or gone; every found one is kept, new or held back."""

    kept: Mapping[UUID, int | None]
    """With the position of the found claim that is the same; None: it stays without one."""
    gone: tuple[UUID, ...]
    new: tuple[int, ...]
    """Positions of the claims that were found for the first time."""


def differ(
    known: Sequence[Known], found: Sequence[GroundedClaim], *, unread_turns: Collection[int] = ()
) -> Difference:
    """Pinned claims stay as they are, and hold back what says the same as they do."""
    pinned = [one for one in known if one.is_pinned]
    standing = [one for one in known if not one.is_pinned and one.claim.state in STANDING]
    held_back = {at for _, _, at in _pairs(pinned, dict(enumerate(found)))}
    free = {at: claim for at, claim in enumerate(found) if at not in held_back}
    same = _matched(standing, free)
    unread, matched = frozenset(unread_turns), frozenset(same.values())
    kept: dict[UUID, int | None] = dict.fromkeys((one.id for one in pinned), None)
    for one in standing:
        if one.id in same or any(span.turn in unread for span in one.claim.spans):
            kept[one.id] = same.get(one.id)
    return Difference(
        kept=kept,
        gone=tuple(one.id for one in standing if one.id not in kept),
        new=tuple(at for at in free if at not in matched),
    )


def are_same(one: GroundedClaim, other: GroundedClaim) -> bool:
    """Of one field, on evidence that is the same for the most part."""
    if one.field != other.field:
        return False
    return 2 * shared(one, other) >= min(_length(one), _length(other))


def shared(one: GroundedClaim, other: GroundedClaim) -> int:
    """Code points that stand in the evidence of both."""
    return sum(
        max(0, min(mine.end, theirs.end) - max(mine.start, theirs.start))
        for mine in one.spans
        for theirs in other.spans
        if mine.turn == theirs.turn
    )


def _length(claim: GroundedClaim) -> int:
    return sum(span.end - span.start for span in claim.spans)


def _matched(standing: Sequence[Known], free: Mapping[int, GroundedClaim]) -> dict[UUID, int]:
    """The found claim of each stored one that has one; nearer pairs first, then earlier ones."""
    matched: dict[UUID, int] = {}
    taken: set[int] = set()
    for _, order, at in sorted(_pairs(standing, free)):
        one = standing[order]
        if one.id not in matched and at not in taken:
            matched[one.id] = at
            taken.add(at)
    return matched


def _pairs(
    standing: Sequence[Known], free: Mapping[int, GroundedClaim]
) -> Iterator[tuple[int, int, int]]:
    near: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for at, claim in free.items():
        for cell in _cells(claim):
            near[cell].add(at)
    for order, one in enumerate(standing):
        for at in {at for cell in _cells(one.claim) for at in near.get(cell, ())}:
            if are_same(one.claim, free[at]):
                yield -shared(one.claim, free[at]), order, at


def _cells(claim: GroundedClaim) -> Iterator[tuple[str, int, int]]:
    """Where to look for others: claims that share a code point share a cell."""
    for span in claim.spans:
        for place in range(span.start // _CELL, (span.end - 1) // _CELL + 1):
            yield claim.field, span.turn, place


def is_changed(was: GroundedClaim, now: GroundedClaim) -> bool:
    """Whether a reader would see a difference."""
    return _read(was) != _read(now)


def _read(claim: GroundedClaim) -> tuple[object, ...]:
    return claim.statement, claim.spans, claim.promised_to, claim.due
