"""How much is found in calls in which there is little or nothing to find."""

from collections.abc import Mapping, Sequence
from statistics import mean


def per_call(found: Sequence[Mapping[str, int]], field: str) -> float:
    """Mean number of claims a call, of that field."""
    return mean(each.get(field, 0) for each in found) if found else 0.0
