"""Precision against recall, as fewer and fewer sure claims are taken."""

from collections.abc import Sequence
from typing import NamedTuple

from evals.metrics.calibration import Judged


class Point(NamedTuple):
    """All claims from this confidence on."""

    confidence: float
    precision: float
    recall: float


def curve(judged: Sequence[Judged], items: int) -> tuple[Point, ...]:
    """A point for each confidence that occurs, the surest first; `items` are all that are there.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), section 8.4.
    """
    points = []
    for threshold in sorted({confidence for confidence, _ in judged}, reverse=True):
        taken = [is_right for confidence, is_right in judged if confidence >= threshold]
        right = sum(taken)
        points.append(Point(threshold, right / len(taken), right / max(1, items)))
    return tuple(points)
