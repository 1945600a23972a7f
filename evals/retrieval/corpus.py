from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evals.retrieval.meetings import Meeting, Question
from service.retrieve.passages import Passage, cut

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Corpus:
    """The passages of many documents, and the hits (blocks) that they fold into."""

    passages: tuple[Passage, ...]
    hit_of_passage: Numbers
    document_of_hit: Numbers
    turns_of_hit: list[tuple[int, int]]
    number_of: dict[str, int]

    def hits_in(self, question: Question) -> Numbers:
        """The hits of the document that the question is about."""
        return np.flatnonzero(self.document_of_hit == self.number_of[question.doc_id])

    def relevant(self, question: Question) -> frozenset[int]:
        """The hits that answer the question."""
        return frozenset(
            int(hit)
            for hit in self.hits_in(question)
            if question.is_answered_by(*self.turns_of_hit[hit])
        )


def corpus(of: list[Meeting]) -> Corpus:
    """Cut documents with the functions of the service; they have no claims."""
    passages: list[Passage] = []
    hit_of_passage: list[int] = []
    hits: dict[tuple[int, int], tuple[int, int]] = {}
    numbers: dict[tuple[int, int], int] = {}
    for document, meeting in enumerate(of):
        for passage in cut(meeting.turns(), (), customer=meeting.customer, title=meeting.title):
            key = (document, passage.block)
            passages.append(passage)
            hits[key] = (passage.first_turn, passage.last_turn)
            hit_of_passage.append(numbers.setdefault(key, len(numbers)))
    return Corpus(
        passages=tuple(passages),
        hit_of_passage=np.array(hit_of_passage),
        document_of_hit=np.array([document for document, _ in hits]),
        turns_of_hit=list(hits.values()),
        number_of={meeting.doc_id: number for number, meeting in enumerate(of)},
    )
