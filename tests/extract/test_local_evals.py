from pathlib import Path

import pytest

from evals.extraction import documents, run
from evals.extraction.documents import Item
from evals.extraction.metrics import Tally, f1, is_match, precision, recall, tally


def item(*spans: tuple[int, int], borderline: bool = False) -> Item:
    return Item(spans=spans, is_borderline=borderline)


@pytest.mark.parametrize(
    ("predicted", "label", "expected"),
    [
        ((0, 20), (0, 100), True),
        ((0, 14), (0, 100), False),
        ((0, 60), (30, 90), True),
        ((0, 60), (45, 105), False),
        ((0, 100), (0, 20), False),
        ((0, 80), (0, 20), True),
        ((0, 10), (0, 10), True),
    ],
)
def test_a_span_matches_by_the_published_rule(
    predicted: tuple[int, int], label: tuple[int, int], *, expected: bool
) -> None:
    assert is_match(predicted, label) is expected


def test_each_item_is_found_once_and_borderline_counts_neither_way() -> None:
    items = [item((0, 40)), item((100, 140), (300, 340)), item((200, 240), borderline=True)]
    predicted = [(0, 40), (0, 30), (300, 340), (200, 240), (500, 540)]
    assert tally(predicted, items, [(500, 540)]) == Tally(right=2, wrong=1, missed=0, trapped=1)


def test_scores_follow_their_formulas() -> None:
    counts = Tally(right=3, wrong=1, missed=3)
    assert (precision(counts), recall(counts)) == (0.75, 0.5)
    assert f1(counts) == pytest.approx(0.6)
    assert f1(Tally()) == 0.0


@pytest.fixture(scope="module")
def labelled(shared: Path) -> tuple[documents.Document, ...]:
    return documents.read(shared / "evaldata" / "calls")


def test_every_label_lies_in_a_turn(labelled: tuple[documents.Document, ...]) -> None:
    for document in labelled:
        ends = [
            (start, start + len(turn.text))
            for start, turn in zip(document.offsets, document.turns, strict=True)
        ]
        spans = [each for items in document.items.values() for one in items for each in one.spans]
        assert all(any(a <= s and e <= b for a, b in ends) for s, e in spans), document.name


FLOOR = {"why_they_bought": 0.383, "what_was_promised": 0.595, "success_in_their_words": 0.580}
"""F1 of the keyword rules that come with the labels, over all twelve documents."""


def test_the_extractor_is_above_the_keyword_floor(
    labelled: tuple[documents.Document, ...],
) -> None:
    for field, counts in run.scores(labelled).items():
        assert f1(counts) > FLOOR[field], field
        assert precision(counts) >= 0.65, field
