"""How words and meaning rank: the constants, and the formulas as plain functions.

The database ranks by the same formulas, and a test holds it to these.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from schemas.model import Model
from service.retrieve.postings import Posting

K1 = 1.2
"""How soon more of the same term stops to count."""

B = 0.75
"""How much a long passage is held back."""

HEAD_WEIGHT = 1.0
"""What a term in the head counts, beside 1 in the words."""

RRF_K = 60
"""How flat the ranks are: with 60 the first counts a sixth more than the tenth."""


class Weights(Model):
    """What each of the two rankings counts."""

    words: float
    meaning: float


WEIGHTS = {
    "all-minilm-l6-v2": Weights(words=0.5, meaning=0.5),
    "wordllama-l2-supercat-256": Weights(words=0.8, meaning=0.2),
}
"""By the embedder's name before the slash; measured in decision 0003."""

UNMEASURED = Weights(words=0.5, meaning=0.5)

Key = TypeVar("Key", bound=Hashable)


class Collection(Model):
    """What BM25 must know of all passages of a workspace."""

    passages: int
    mean_length: float
    frequencies: Mapping[str, int]
    """Term to the number of passages that hold it, in words or head."""


def idf(passages: int, frequency: int) -> float:
    """Return how telling a term is; above 0 also for one that stands everywhere."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def term_score(posting: Posting, *, rarity: float, length: int, mean_length: float) -> float:
    """Return what one term of the question adds to the score of one passage."""
    tf = posting.in_text + HEAD_WEIGHT * posting.in_head
    held_back = K1 * (1 - B + B * length / mean_length)
    return rarity * tf * (K1 + 1) / (tf + held_back)


def bm25(
    question: Iterable[str],
    postings: Mapping[str, Posting],
    *,
    length: int,
    collection: Collection,
) -> float:
    """Score one passage for the terms of a question, each counted once."""
    return sum(
        term_score(
            postings[term],
            rarity=idf(collection.passages, collection.frequencies[term]),
            length=length,
            mean_length=collection.mean_length,
        )
        for term in set(question) & postings.keys()
    )


def folded(scores: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """Give each hit the score of its best passage."""
    best: dict[Key, float] = {}
    for key, score in scores:
        best[key] = max(score, best.get(key, score))
    return best


def weights_for(embedder: str) -> Weights:
    """Return the weights measured for an embedder, or equal ones."""
    return WEIGHTS.get(embedder.partition("/")[0], UNMEASURED)


def fuse(words: Sequence[Key], meaning: Sequence[Key], *, weights: Weights) -> dict[Key, float]:
    """Score hits by their ranks in both lists, which run best first; the first rank is 1.

    score = w_words / (k + rank in words) + w_meaning / (k + rank in meaning). A hit that a list
    lacks has the rank after its last: with nothing instead, among the few hits of one customer
    any common word would beat the best meaning. Best first; ties stand in the order of meaning.
    """
    hits = list(dict.fromkeys([*meaning, *words]))
    by_words, by_meaning = _ranks(words, hits), _ranks(meaning, hits)
    scores = {
        hit: weights.words / (RRF_K + by_words[hit]) + weights.meaning / (RRF_K + by_meaning[hit])
        for hit in hits
    }
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def _ranks(ranked: Sequence[Key], hits: Iterable[Key]) -> dict[Key, int]:
    after_last = len(ranked) + 1
    return dict.fromkeys(hits, after_last) | {hit: rank for rank, hit in enumerate(ranked, 1)}
