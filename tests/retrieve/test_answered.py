import pytest

from service.retrieve.answered import coverage, is_answered

LOCAL = "all-minilm-l6-v2/53aa5117"
RARITY = {"export": 3.0, "march": 2.0, "team": 1.0}


def covered(*hit: str) -> float:
    return coverage(["export", "march", "team"], hit, rarity=RARITY.__getitem__)


def test_coverage_weighs_terms_by_their_rarity() -> None:
    assert covered("export", "other") == pytest.approx(0.5)
    assert covered("team") == pytest.approx(1 / 6)
    assert covered("export", "march", "team") == 1


def test_a_question_without_terms_is_not_covered() -> None:
    assert coverage([], ["export"], rarity=RARITY.__getitem__) == 0


@pytest.mark.parametrize(
    ("similarity", "of_words", "expected"),
    [(0.45, 0.0, True), (0.3, 0.4, True), (0.3, 0.1, False), (0.05, 0.5, False)],
)
def test_meaning_and_words_together_decide(
    similarity: float, of_words: float, *, expected: bool
) -> None:
    assert is_answered(similarity, of_words, embedder=LOCAL) is expected


@pytest.mark.parametrize("embedder", [LOCAL, "not-calibrated/1"])
def test_words_decide_alone_without_a_calibrated_similarity(embedder: str) -> None:
    similarity = None if embedder == LOCAL else 0.9
    assert is_answered(similarity, 0.5, embedder=embedder)
    assert not is_answered(similarity, 0.1, embedder=embedder)
