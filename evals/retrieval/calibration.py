"""How well `is_answered` tells a document that has the answer from one that does not."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from evals.retrieval.bench import Asked, Ranker
from evals.retrieval.corpus import Corpus, Numbers
from evals.retrieval.meetings import Meeting
from evals.retrieval.ranking import WordIndex
from service.retrieve.answered import coverage, is_answered
from service.retrieve.terms import question_terms


class Told(NamedTuple):
    """Questions said to be answered, out of how many, in the right documents and the wrong."""

    right: int
    of_right: int
    wrong: int
    of_wrong: int

    def line(self) -> str:
        """Precision, recall and false alarms."""
        precision = self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0
        return (
            f"precision {precision:.3f}  recall {self.right / self.of_right:.3f}  "
            f"false alarms {self.wrong / self.of_wrong:.3f}  ({self.of_right} + {self.of_wrong})"
        )


class Calibration:
    """Puts each question to its own document and to a wrong one."""

    def __init__(
        self, corpus: Corpus, index: WordIndex, of: Sequence[Meeting], *, embedder: str
    ) -> None:
        self._corpus, self._index, self._meetings = corpus, index, of
        self._embedder = embedder

    def told(self, asked: Sequence[Asked], rank: Ranker, *, is_same_domain: bool) -> Told:
        """Count what is said to be answered."""
        right, wrong = [], []
        for one in asked:
            own = self._corpus.number_of[one.question.doc_id]
            right.append(self._says(one, own, rank))
            wrong += [
                self._says(one, other, rank)
                for other in self._next_wrong(own, is_same_domain=is_same_domain)
            ]
        return Told(sum(right), len(right), sum(wrong), len(wrong))

    def _says(self, one: Asked, document: int, rank: Ranker) -> bool:
        pool: Numbers = np.flatnonzero(self._corpus.document_of_hit == document)
        best = rank(one.legs, pool)[0]
        wanted = question_terms(one.question.text)
        covered = coverage(wanted, self._index.terms_of(best), rarity=self._index.rarity)
        return is_answered(one.legs.meaning[best], covered, embedder=self._embedder)

    def _next_wrong(self, own: int, *, is_same_domain: bool) -> Iterator[int]:
        """The next document of the same domain, or of another; none where there is none."""
        domain = self._meetings[own].domain
        for step in range(1, len(self._meetings)):
            other = (own + step) % len(self._meetings)
            if (self._meetings[other].domain == domain) == is_same_domain:
                yield other
                return
