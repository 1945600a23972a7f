from collections.abc import Callable, Collection

from schemas.model import Model


class Threshold(Model):
    """Answered: similarity + coverage_weight * coverage is at least this much."""

    coverage_weight: float
    at_least: float


THRESHOLDS = {
    "all-minilm-l6-v2": Threshold(coverage_weight=0.4, at_least=0.41),
    "wordllama-l2-supercat-256": Threshold(coverage_weight=0.5, at_least=0.37),
}
"""By the embedder's name before the slash; docs/search.md has what they let through."""

WORDS_ALONE = 0.3
"""Coverage that is enough where nothing was embedded, or by a model that was not calibrated."""


def coverage(
    question: Collection[str], hit: Collection[str], *, rarity: Callable[[str], float]
) -> float:
    """Return the share of the question's terms that the hit has, each by its rarity: 0 to 1."""
    asked = sum(rarity(term) for term in question)
    found = sum(rarity(term) for term in question if term in hit)
    return found / asked if asked else 0.0


def is_answered(similarity: float | None, coverage: float, *, embedder: str) -> bool:
    """Whether the best hit answers the question; similarity None: ranked by words alone."""
    threshold = THRESHOLDS.get(embedder.partition("/")[0])
    if similarity is None or threshold is None:
        return coverage >= WORDS_ALONE
    return similarity + threshold.coverage_weight * coverage >= threshold.at_least
