from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evals.retrieval.corpus import Corpus, Numbers
from service.embed.embedder import Vectors
from service.retrieve import fusion
from service.retrieve.postings import Posting, length, postings
from service.retrieve.terms import question_terms


@dataclass(frozen=True)
class Legs:
    """What words and meaning say about the hits, for one question."""

    words: dict[int, float]
    meaning: dict[int, float]

    def ranked(self, pool: Numbers) -> tuple[list[int], list[int]]:
        """Both rankings of the hits in a pool, best first; words has only what it found."""
        within = pool.tolist()
        return _order(self.words, within), _order(self.meaning, within)


class WordIndex:
    """BM25 over the passages of a corpus, by the formulas of the service."""

    def __init__(self, corpus: Corpus) -> None:
        self._hits: list[int] = corpus.hit_of_passage.tolist()
        self._lengths = [length(passage) for passage in corpus.passages]
        self._mean_length = sum(self._lengths) / len(self._lengths)
        self._index: dict[str, list[tuple[int, Posting]]] = defaultdict(list)
        self._terms: dict[int, set[str]] = defaultdict(set)
        for number, passage in enumerate(corpus.passages):
            for term, posting in postings(passage).items():
                self._index[term].append((number, posting))
                self._terms[self._hits[number]].add(term)

    def rarity(self, term: str) -> float:
        """Return how telling a term is among these passages."""
        return fusion.idf(len(self._hits), len(self._index.get(term, ())))

    def terms_of(self, hit: int) -> set[str]:
        """Return all terms of a hit's passages."""
        return self._terms[hit]

    def scores(self, question: str) -> dict[int, float]:
        """Score the hits that hold a term of the question."""
        passages: defaultdict[int, float] = defaultdict(float)
        for term in question_terms(question):
            rarity = self.rarity(term)
            for number, posting in self._index.get(term, ()):
                passages[number] += self._added(number, posting, rarity)
        return fusion.folded((self._hits[number], score) for number, score in passages.items())

    def _added(self, number: int, posting: Posting, rarity: float) -> float:
        return fusion.term_score(
            posting, rarity=rarity, length=self._lengths[number], mean_length=self._mean_length
        )


def meaning_scores(corpus: Corpus, vectors: Vectors, question: Vectors) -> dict[int, float]:
    """Score every hit by its most similar passage."""
    similarities = vectors @ question
    return fusion.folded(zip(corpus.hit_of_passage.tolist(), similarities.tolist(), strict=True))


def documents(hits: Iterable[int], document_of_hit: Numbers) -> list[int]:
    """Rank documents by their best hit."""
    return list(dict.fromkeys(document_of_hit[list(hits)].tolist()))


def _order(scores: dict[int, float], pool: Iterable[int]) -> list[int]:
    return sorted((hit for hit in pool if hit in scores), key=lambda hit: (-scores[hit], hit))
