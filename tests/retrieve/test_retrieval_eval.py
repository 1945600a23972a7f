import math

import pytest

from evals.retrieval.corpus import corpus
from evals.retrieval.meetings import Question
from evals.retrieval.metrics import mean, scored
from evals.retrieval.paraphrased import paraphrased
from evals.retrieval.ranking import WordIndex


def test_scores_of_a_ranking_by_hand() -> None:
    found = scored([7, 3, 9, 4], {3, 4, 8}, cut_off=3)
    ideal = 1 + 1 / math.log2(3) + 1 / 2
    assert found.ndcg == pytest.approx((1 / math.log2(3)) / ideal)
    assert found.recall == pytest.approx(1 / 3)
    assert found.mrr == 0.5


def test_nothing_found_scores_nothing() -> None:
    assert scored([1, 2], {3}) == (0, 0, 0)
    assert mean([scored([1], {1}), scored([1], {2})]) == (0.5, 0.5, 0.5)


def test_a_window_answers_with_half_of_itself_or_half_of_a_span() -> None:
    question = Question(text="?", doc_id="d", spans=[(4, 5)], utterances=frozenset((4, 5)))
    assert question.is_answered_by(3, 4)
    assert question.is_answered_by(0, 4)
    assert not question.is_answered_by(0, 3)


def test_every_invented_question_has_a_hit_that_answers_it() -> None:
    calls, questions = paraphrased()
    cut = corpus(calls)
    assert len(questions) >= 15
    assert all(cut.relevant(question) for question in questions)


def test_the_word_index_finds_the_call_that_says_it() -> None:
    calls, _ = paraphrased()
    cut = corpus(calls)
    scores = WordIndex(cut).scores("Who unloads the kilns?")
    best = max(scores, key=lambda hit: scores[hit])
    assert cut.document_of_hit[best] == cut.number_of["Ostrava Ceramics"]
