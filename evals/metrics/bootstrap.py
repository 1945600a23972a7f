"""How far a score would move if other documents of the same kind had been labelled."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final, NamedTuple

from evals.metrics.tally import Tally, total

ROUNDS: Final = 1_000
SEED: Final = 8
OUTSIDE: Final = 0.05
"""The share of rounds left outside the interval."""


class Interval(NamedTuple):
    """The middle 95 per cent of the rounds."""

    low: float
    high: float


def interval(
    documents: Sequence[Tally],
    score: Callable[[Tally], float],
    *,
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> Interval:
    """Percentile bootstrap: whole documents are drawn with replacement, then scored as one.

    Sentences of one document are not independent, so that documents are drawn. Source: Efron and
    Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    if not documents:
        return Interval(0.0, 0.0)
    draw = Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret
    drawn = (draw.choices(documents, k=len(documents)) for _ in range(rounds))
    scores = sorted(score(total(chosen)) for chosen in drawn)
    cut = int(rounds * OUTSIDE / 2)
    return Interval(scores[cut], scores[rounds - 1 - cut])
