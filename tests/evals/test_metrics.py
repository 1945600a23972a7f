"""Each formula against figures that were worked out by hand."""

import pytest

from evals.metrics.absence_accuracy import absence_accuracy
from evals.metrics.accepted_share import accepted_share
from evals.metrics.bootstrap import interval
from evals.metrics.calibration import Bin, bins, calibration_error
from evals.metrics.cost_usd import cost_usd
from evals.metrics.curve import Point, curve
from evals.metrics.f1 import f1
from evals.metrics.faithful_share import faithful_share
from evals.metrics.matching import Item, Verdict, match
from evals.metrics.per_call import per_call
from evals.metrics.precision import precision
from evals.metrics.recall import recall
from evals.metrics.rejections import rejections
from evals.metrics.side_errors import side_errors
from evals.metrics.spans import is_match
from evals.metrics.tally import Tally, tally, total
from evals.metrics.traps_hit import traps_hit
from evals.metrics.words_per_s import words_per_s


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
    predicted = [(0, 40), (0, 30), (300, 340), (200, 240), (500, 540), (600, 640)]
    judged = match(predicted, items, [(500, 540)])
    right, wrong = Verdict.RIGHT, Verdict.WRONG
    neither, trapped = Verdict.NEITHER, Verdict.TRAPPED
    assert judged.verdicts == (right, neither, right, neither, trapped, wrong)
    assert judged.missed == ()
    assert tally(predicted, items, [(500, 540)]) == Tally(2, 2, 0, 1)
    assert match([], items, []).missed == (0, 1)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Tally(right=3, wrong=1, missed=3), (0.75, 0.5, 0.6)),
        (Tally(right=0, wrong=4, missed=2), (0.0, 0.0, 0.0)),
        (Tally(right=2), (1.0, 1.0, 1.0)),
        (Tally(), (0.0, 0.0, 0.0)),
    ],
)
def test_scores_follow_their_formulas(counts: Tally, expected: tuple[float, ...]) -> None:
    assert (precision(counts), recall(counts), f1(counts)) == pytest.approx(expected)


def test_scores_are_taken_over_all_documents_at_once() -> None:
    assert f1(total([Tally(1, 0, 0), Tally(0, 1, 3)])) == pytest.approx(1 / 3)


def test_a_trap_is_hit_once_however_many_lie_on_it() -> None:
    assert traps_hit([(0, 40), (0, 30), (90, 130)], [(0, 40), (200, 240)]) == 1


def test_a_claim_errs_on_its_side_by_its_turn_or_by_words_of_somebody_else() -> None:
    claimed = [((0, 40), True), ((50, 90), False), ((100, 140), True)]
    assert side_errors(claimed, [(100, 140)]) == 2


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (faithful_share(8, 2), 0.75),
        (faithful_share(0, 0), None),
        (accepted_share(4, 1), 0.25),
        (accepted_share(0, 0), None),
        (words_per_s(900, 3.0), 300.0),
        (words_per_s(900, 0.0), None),
        (per_call([{"why": 2}, {}, {"why": 1}], "why"), 1.0),
        (per_call([], "why"), 0.0),
        (cost_usd([0.25, 0.5]), 0.75),
        (cost_usd([0.25, None]), None),
        (rejections(["b", "a", "c", "c"]), {"c": 2, "a": 1, "b": 1}),
    ],
)
def test_plain_shares_and_sums(found: object, expected: object) -> None:
    assert found == expected


def test_an_absence_is_right_with_its_reason_only() -> None:
    labelled = {("one", "why"): "not_read", ("one", "what"): "asked", ("two", "why"): "asked"}
    answered = {("one", "why"): "not_read", ("one", "what"): "not_read", ("two", "what"): "asked"}
    assert absence_accuracy(labelled, answered) == pytest.approx(1 / 3)
    assert absence_accuracy({}, answered) is None


def test_calibration_compares_confidence_with_precision_bin_by_bin() -> None:
    judged = [(0.9, True), (0.9, True), (0.9, False), (0.9, True), (0.5, False), (1.0, True)]
    low, high = bins(judged)
    assert low == Bin(1, 0.5, 0.0)
    assert (high.claims, high.confidence, high.precision) == pytest.approx((5, 0.92, 0.8))
    assert calibration_error(judged) == pytest.approx((0.5 * 1 + 0.12 * 5) / 6)
    assert calibration_error([]) is None


def test_the_curve_takes_fewer_and_fewer_sure_claims() -> None:
    judged = [(0.9, True), (0.5, False), (0.7, True), (0.5, True)]
    assert curve(judged, 6) == (
        Point(0.9, 1.0, 1 / 6),
        Point(0.7, 1.0, 2 / 6),
        Point(0.5, 0.75, 0.5),
    )


def test_the_interval_draws_documents_and_is_the_same_each_time() -> None:
    documents = [Tally(4, 0, 0), Tally(0, 4, 4), Tally(2, 2, 2)]
    low, high = interval(documents, f1)
    assert (low, high) == interval(documents, f1)
    assert (low, high) == (0.0, 1.0)
    assert interval([Tally(3, 1, 3)] * 5, f1) == pytest.approx((0.6, 0.6))
    assert interval([], f1) == (0.0, 0.0)


def test_a_wider_interval_comes_of_fewer_documents() -> None:
    few = interval([Tally(4, 1, 1), Tally(1, 2, 2)] * 2, f1)
    many = interval([Tally(4, 1, 1), Tally(1, 2, 2)] * 20, f1)
    assert few.low < many.low < many.high < few.high
