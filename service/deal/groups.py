"""Claims that are one, joined: only where each member is the same as each other one."""

from collections.abc import Mapping, Sequence

from service.deal.reading import Reading
from service.deal.verdicts import Ruling, Verdict

Pair = tuple[int, int]


def group(readings: Sequence[Reading], rulings: Mapping[Pair, Ruling]) -> list[list[int]]:
    """Positions by group; the surest pairs are joined first: the order of arrival is nothing."""
    groups = {at: [at] for at in range(len(readings))}
    same = {pair for pair, ruling in rulings.items() if ruling.verdict is Verdict.SAME}
    for one, other in sorted(same, key=lambda pair: _surest_first(pair, readings, rulings)):
        mine, theirs = groups[one], groups[other]
        if mine is not theirs and _are_all_same(mine, theirs, same):
            mine.extend(theirs)
            groups |= dict.fromkeys(theirs, mine)
    return list({id(members): sorted(members) for members in groups.values()}.values())


def _are_all_same(mine: Sequence[int], theirs: Sequence[int], same: set[Pair]) -> bool:
    return all((min(a, b), max(a, b)) in same for a in mine for b in theirs)


def _surest_first(
    pair: Pair, readings: Sequence[Reading], rulings: Mapping[Pair, Ruling]
) -> tuple[object, ...]:
    """The same matter, then the same day, then near in time; positions have a fixed order."""
    one, other = (readings[at] for at in pair)
    gap_s = abs((one.at - other.at).total_seconds()) if one.at and other.at else float("inf")
    return not rulings[pair].is_exact, one.days.dates != other.days.dates, gap_s, pair
