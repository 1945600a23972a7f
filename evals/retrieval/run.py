from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.retrieval.bench import Asked, Ranker, bench, by_meaning, by_words, hybrid
from evals.retrieval.calibration import Calibration
from evals.retrieval.corpus import Corpus, corpus
from evals.retrieval.meetings import Meeting, Question
from evals.retrieval.metrics import Scores
from evals.retrieval.ranking import Legs, WordIndex, meaning_scores
from evals.retrieval.vectors import embedded
from service.embed.embedder import Embedder
from service.retrieve.fusion import Weights, weights_for

STEPS = 10


@dataclass(frozen=True)
class Prepared:
    """A set of questions with everything that ranking needs."""

    meetings: Sequence[Meeting]
    corpus: Corpus
    index: WordIndex
    asked: Sequence[Asked]
    embedder: str


def prepare(
    of: list[Meeting], questions: Sequence[Question], embedder: Embedder, *, cache: Path
) -> Prepared:
    """Cut, index and embed; a question without a hit that answers it is left out."""
    cut = corpus(of)
    index = WordIndex(cut)
    vectors = embedded([p.embedded_text for p in cut.passages], embedder, cache=cache)
    asked = []
    for question in questions:
        meaning = meaning_scores(cut, vectors, embedder.query(question.text))
        legs = Legs(index.scores(question.text), meaning)
        asked.append(Asked(question, cut.relevant(question), legs))
    return Prepared(of, cut, index, [one for one in asked if one.relevant], embedder.name)


def report(prepared: Prepared) -> Iterator[str]:
    """Score words, meaning and both."""
    weights = weights_for(prepared.embedder)
    sizes = f"documents={len(prepared.meetings)}  passages={len(prepared.corpus.passages)}"
    yield f"{prepared.embedder}  {sizes}  questions={len(prepared.asked)}"
    rankers = {"words": by_words, "meaning": by_meaning, "hybrid": hybrid(weights)}
    for name, rank in rankers.items():
        yield from _lines(name, bench(prepared.corpus, prepared.asked, rank))


def sweep(prepared: Prepared) -> Iterator[str]:
    """Try weights on every second document, and report the best one on the others."""
    tuning, held_out = _halves(prepared)
    means = {}
    for step in range(STEPS + 1):
        words = step / STEPS
        scores = bench(prepared.corpus, tuning, _weighted(words))
        means[words] = sum(score.ndcg for score in scores.values()) / len(scores)
        ndcg = "  ".join(f"{measure} {score.ndcg:.3f}" for measure, score in scores.items())
        yield f"words {words:.1f}  mean nDCG@10 {means[words]:.4f}  {ndcg}"
    best = max(means, key=lambda words: means[words])
    yield f"best on {len(tuning)} questions: words {best:.1f}; on the other {len(held_out)}:"
    for name, rank in {
        "words": by_words,
        "meaning": by_meaning,
        "equal": _weighted(0.5),
        "best": _weighted(best),
        "shipped": hybrid(weights_for(prepared.embedder)),
    }.items():
        yield from _lines(name, bench(prepared.corpus, held_out, rank))


def calibrate(prepared: Prepared) -> Iterator[str]:
    """Report what `is_answered` says of right and wrong documents, on the held-out half."""
    calibration = Calibration(
        prepared.corpus, prepared.index, prepared.meetings, embedder=prepared.embedder
    )
    rank = hybrid(weights_for(prepared.embedder))
    for half, asked in zip(("tuning", "held out"), _halves(prepared), strict=True):
        for name, is_same in (("another domain", False), ("the same domain", True)):
            told = calibration.told(asked, rank, is_same_domain=is_same)
            if told.of_wrong:
                yield f"{half:9} wrong document of {name:16} {told.line()}"


def _weighted(words: float) -> Ranker:
    return hybrid(Weights(words=words, meaning=1 - words))


def _halves(prepared: Prepared) -> tuple[list[Asked], list[Asked]]:
    halves: tuple[list[Asked], list[Asked]] = ([], [])
    for one in prepared.asked:
        halves[prepared.corpus.number_of[one.question.doc_id] % 2].append(one)
    return halves


def _lines(name: str, scores: Mapping[str, Scores]) -> Iterator[str]:
    for measure, score in scores.items():
        yield (
            f"  {name:8} {measure:16} nDCG@10 {score.ndcg:.3f}  "
            f"recall@10 {score.recall:.3f}  MRR {score.mrr:.3f}"
        )
