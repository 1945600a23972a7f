from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.retrieval.corpus import Corpus, Numbers
from evals.retrieval.meetings import Question
from evals.retrieval.metrics import Scores, mean, scored
from evals.retrieval.ranking import Legs, documents
from service.retrieve.fusion import Weights, fuse

DOCUMENT, WITHIN, AMONG_ALL = "document", "window within", "window among all"

Ranker = Callable[[Legs, Numbers], list[int]]


@dataclass(frozen=True)
class Asked:
    """A question that the corpus answers, with what both legs say."""

    question: Question
    relevant: frozenset[int]
    legs: Legs


def by_words(legs: Legs, pool: Numbers) -> list[int]:
    """Rank by BM25 alone."""
    return legs.ranked(pool)[0]


def by_meaning(legs: Legs, pool: Numbers) -> list[int]:
    """Rank by similarity alone."""
    return legs.ranked(pool)[1]


def hybrid(weights: Weights) -> Ranker:
    """Rank by both, fused as the service does."""

    def rank(legs: Legs, pool: Numbers) -> list[int]:
        words, meaning = legs.ranked(pool)
        return list(fuse(words, meaning, weights=weights))

    return rank


def bench(corpus: Corpus, asked: Sequence[Asked], rank: Ranker) -> Mapping[str, Scores]:
    """Score a way to rank: documents, hits of the right document, hits of all."""
    found: dict[str, list[Scores]] = defaultdict(list)
    pool = np.arange(len(corpus.document_of_hit))
    for one in asked:
        order = rank(one.legs, pool)
        right = corpus.number_of[one.question.doc_id]
        found[DOCUMENT].append(scored(documents(order, corpus.document_of_hit), {right}))
        inside = rank(one.legs, corpus.hits_in(one.question))
        found[WITHIN].append(scored(inside, one.relevant))
        found[AMONG_ALL].append(scored(order, one.relevant))
    return {measure: mean(scores) for measure, scores in found.items()}
