import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

CUT_OFF = 10


class Scores(NamedTuple):
    """How well one ranking did, or the mean of many."""

    ndcg: float
    recall: float
    mrr: float


def scored(order: Sequence[int], relevant: Collection[int], *, cut_off: int = CUT_OFF) -> Scores:
    """Score one ranking, best first; something must be relevant."""
    places = [place for place, item in enumerate(order) if item in relevant]
    within = [place for place in places if place < cut_off]
    gain = sum(1 / math.log2(place + 2) for place in within)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(cut_off, len(relevant))))
    first = 1 / (places[0] + 1) if places else 0.0
    return Scores(gain / ideal, len(within) / len(relevant), first)


def mean(scores: Sequence[Scores]) -> Scores:
    """Average each measure over the questions."""
    ndcg, recall, mrr = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    return Scores(ndcg, recall, mrr)
