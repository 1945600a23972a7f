"""Which of the groups still stands, what replaced the others, and who contradicts whom."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from schemas.claim import ClaimState
from schemas.merged import Change, Merged, Replacement, Standing
from service.deal.reading import Reading
from service.deal.verdicts import Ruling, Verdict


class Step(NamedTuple):
    """A claim of one group changes what another group says; positions of readings and groups."""

    newer: int
    old_group: int
    new_group: int
    change: Change


@dataclass(frozen=True)
class _Deal:
    """One field of one deal: readings in order, their groups, and what the rulings make of them."""

    readings: Sequence[Reading]
    groups: Sequence[Sequence[int]]
    away: Mapping[int, Step]
    """How each group that gave way first did."""
    rivals: Mapping[int, set[int]]
    """Groups that say otherwise, where neither has given way to anything."""

    @cached_property
    def arrivals(self) -> Mapping[int, list[Step]]:
        """What gave way to each group directly, not what had given way before."""
        found: dict[int, list[Step]] = defaultdict(list)
        for step in sorted(self.away.values()):
            found[step.new_group].append(step)
        return found


def settle(
    readings: Sequence[Reading], groups: Sequence[Sequence[int]], rulings: Sequence[Ruling]
) -> list[Merged]:
    """A merged claim for each group, in the order in which they were first said."""
    position = {id(one): at for at, one in enumerate(readings)}
    group_of = {at: number for number, members in enumerate(groups) for at in members}
    home = {one: group_of[at] for one, at in position.items()}
    changes = [one for one in rulings if one.verdict is Verdict.CHANGES]
    steps = [
        Step(position[id(one.newer)], home[id(one.older)], home[id(one.newer)], one.change)
        for one in _unambiguous(changes)
        if one.change is not None
    ]
    clashes = {
        (home[id(one.older)], home[id(one.newer)])
        for one in rulings
        if one.verdict is Verdict.CONTRADICTS
    }
    away = _first_away(_last_steps(steps))
    deal = _Deal(readings, groups, away, _rivals(clashes, gone=away.keys()))
    return [_merged(deal, number) for number in range(len(groups))]


def _unambiguous(changes: Sequence[Ruling]) -> Iterator[Ruling]:
    """Without those that could be about any of several matters."""
    loose: dict[int, list[Ruling]] = defaultdict(list)
    for one in changes:
        loose[id(one.newer)].append(one)
    for found in loose.values():
        matters = sorted({one.older.matter for one in found if not one.is_exact}, key=len)
        is_clear = all(a <= b for a, b in pairwise(matters))
        yield from (one for one in found if one.is_exact or is_clear)


def _last_steps(steps: Sequence[Step]) -> list[Step]:
    last: dict[frozenset[int], Step] = {}
    for step in sorted(steps):
        if step.old_group != step.new_group:
            last[frozenset((step.old_group, step.new_group))] = step
    return sorted(last.values())


def _first_away(final: Sequence[Step]) -> dict[int, Step]:
    first: dict[int, Step] = {}
    for step in final:
        first.setdefault(step.old_group, step)
    return first


def _rivals(clashes: Collection[tuple[int, int]], *, gone: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in clashes:
        if one != other and one not in gone and other not in gone:
            found[one].add(other)
            found[other].add(one)
    return dict(found)


def _merged(deal: _Deal, number: int) -> Merged:
    members = [deal.readings[at] for at in deal.groups[number]]
    away, rivals = deal.away.get(number), deal.rivals.get(number, set())
    return Merged(
        id=_id(deal, number),
        deal=members[0].said.deal,
        field=members[0].claim.field,
        standing=_standing(members, away, has_rivals=bool(rivals)),
        claim=max(members, key=_fullness).claim,
        said=tuple(one.claim for one in members),
        replaces=tuple(
            _replacement(deal, step, other=step.old_group) for step in deal.arrivals.get(number, ())
        ),
        replaced_by=_replacement(deal, away, other=away.new_group) if away else None,
        contradicts=tuple(sorted(_id(deal, rival) for rival in rivals)),
    )


def _id(deal: _Deal, number: int) -> str:
    return deal.readings[deal.groups[number][0]].claim.id


def _replacement(deal: _Deal, step: Step, *, other: int) -> Replacement:
    newer = deal.readings[step.newer]
    return Replacement(
        claim=_id(deal, other),
        change=step.change,
        by_claim=newer.claim.id,
        at=newer.at,
        by=next(iter(sorted(newer.speakers)), None),
    )


def _standing(members: Sequence[Reading], away: Step | None, *, has_rivals: bool) -> Standing:
    states = {one.claim.state for one in members}
    if states == {ClaimState.RETRACTED} or (away and away.change is Change.CORRECTED):
        return Standing.RETRACTED
    if away or states == {ClaimState.SUPERSEDED}:
        return Standing.SUPERSEDED
    return Standing.CONTESTED if has_rivals else Standing.ACTIVE


def _fullness(one: Reading) -> tuple[object, ...]:
    figures = len(one.days.dates) + len(one.amounts)
    return one.claim.pinned, figures, len(one.matter), one.at is not None, one.place, one.claim.id
