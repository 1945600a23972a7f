import math

import pytest

from service.retrieve.fusion import (
    HEAD_WEIGHT,
    WEIGHTS,
    Collection,
    Weights,
    bm25,
    folded,
    fuse,
    idf,
    weights_for,
)
from service.retrieve.passages import Passage, PassageKind
from service.retrieve.postings import Posting, length, postings

EQUAL = Weights(words=0.5, meaning=0.5)
COLLECTION = Collection(passages=100, mean_length=10, frequencies={"export": 4, "the": 99})


def score(question: list[str], length: int = 10, **found: Posting) -> float:
    return bm25(question, found, length=length, collection=COLLECTION)


def test_bm25_of_one_term_by_hand() -> None:
    expected = math.log(1 + 96.5 / 4.5) * 2 * 2.2 / (2 + 1.2)
    assert score(["export"], export=Posting(in_text=2)) == pytest.approx(expected)


def test_a_rare_term_counts_more_than_one_that_stands_everywhere() -> None:
    assert score(["export"], export=Posting(in_text=1)) > score(["the"], the=Posting(in_text=9))
    assert idf(100, 100) > 0


def test_the_head_adds_to_the_words_and_length_holds_back() -> None:
    in_text = score(["export"], export=Posting(in_text=1))
    assert score(["export"], export=Posting(in_text=1, in_head=1)) > in_text
    assert score(["export"], export=Posting(in_head=1)) == pytest.approx(in_text * HEAD_WEIGHT)
    assert score(["export"], length=40, export=Posting(in_text=1)) < in_text


def test_a_term_asked_twice_counts_once_and_a_missing_one_nothing() -> None:
    once = score(["export"], export=Posting(in_text=1))
    assert score(["export", "export", "refund"], export=Posting(in_text=1)) == once
    assert score(["refund"], export=Posting(in_text=1)) == 0


def test_fusion_by_hand_where_a_missing_hit_ranks_after_the_last() -> None:
    fused = fuse(["b"], ["a", "b", "c"], weights=Weights(words=0.4, meaning=0.6))
    assert list(fused) == ["a", "b", "c"]
    assert fused["b"] == pytest.approx(0.4 / 61 + 0.6 / 62)
    assert fused["a"] == pytest.approx(0.4 / 62 + 0.6 / 61)


def test_ties_stand_in_the_order_of_meaning() -> None:
    assert list(fuse(["b", "a"], ["a", "b"], weights=EQUAL)) == ["a", "b"]


def test_one_list_alone_keeps_its_order() -> None:
    assert list(fuse([], ["c", "a", "b"], weights=EQUAL)) == ["c", "a", "b"]
    assert list(fuse(["c", "a", "b"], [], weights=EQUAL)) == ["c", "a", "b"]


def test_a_hit_has_the_score_of_its_best_passage() -> None:
    assert folded([("a", 0.1), ("b", -2.0), ("a", 0.7), ("a", 0.3)]) == {"a": 0.7, "b": -2.0}


def test_each_shipped_embedder_has_measured_weights() -> None:
    assert weights_for("all-minilm-l6-v2/53aa5117") == WEIGHTS["all-minilm-l6-v2"]
    assert weights_for("wordllama-l2-supercat-256/64b47a2d").words > 0.5


def test_postings_count_words_and_head_apart() -> None:
    passage = Passage(
        kind=PassageKind.WINDOW,
        block=0,
        first_turn=0,
        last_turn=0,
        start=0,
        end=20,
        claim=None,
        head="Acme | Export",
        text="Ann: the export, the EXPORT",
    )
    found = postings(passage)
    assert found["export"] == Posting(in_text=2, in_head=1)
    assert found["acme"] == Posting(in_text=0, in_head=1)
    assert length(passage) == 5
