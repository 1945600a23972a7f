"""Precision and recall in one figure."""

from evals.metrics.precision import precision
from evals.metrics.recall import recall
from evals.metrics.tally import Tally


def f1(tally: Tally) -> float:
    """2PR / (P + R), the harmonic mean of precision P and recall R.

    Source: van Rijsbergen, Information Retrieval (1979), chapter 7: 1 - E with equal weights.
    """
    both = precision(tally) + recall(tally)
    return 2 * precision(tally) * recall(tally) / both if both else 0.0
