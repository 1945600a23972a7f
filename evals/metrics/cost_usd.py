"""What the requests of a run cost."""

from collections.abc import Iterable


def cost_usd(costs: Iterable[float | None]) -> float | None:
    """The sum over documents; unknown as soon as one is, since a part is no whole."""
    known = []
    for cost in costs:
        if cost is None:
            return None
        known.append(cost)
    return sum(known)
