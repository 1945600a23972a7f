"""Whether claims of confidence 0.8 are right eight times in ten."""

from collections.abc import Sequence
from statistics import mean
from typing import Final, NamedTuple

BINS: Final = 5

Judged = tuple[float, bool]
"""The confidence of a claim, and whether it is right."""


class Bin(NamedTuple):
    """Claims of about the same confidence."""

    claims: int
    confidence: float
    """Their mean."""
    precision: float


def bins(judged: Sequence[Judged], *, count: int = BINS) -> tuple[Bin, ...]:
    """`count` equal parts of 0 to 1, those without claims left out; 1.0 is in the last."""
    parts: list[list[Judged]] = [[] for _ in range(count)]
    for confidence, is_right in judged:
        parts[min(int(confidence * count), count - 1)].append((confidence, is_right))
    return tuple(
        Bin(len(part), mean(one for one, _ in part), mean(right for _, right in part))
        for part in parts
        if part
    )


def calibration_error(judged: Sequence[Judged], *, count: int = BINS) -> float | None:
    """Sum over bins of |confidence - precision| * claims / all: the expected calibration error.

    Source: Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian
    Binning (AAAI 2015).
    """
    if not judged:
        return None
    apart = sum(
        abs(one.confidence - one.precision) * one.claims for one in bins(judged, count=count)
    )
    return apart / len(judged)
