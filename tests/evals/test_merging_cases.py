import pytest

from evals.merging.__main__ import main
from evals.merging.cases import DEVELOPED_ON, FILES, Case, read
from evals.merging.measure import CONTESTED, REPLACED, SAME, outcome, totals
from evals.metrics.precision import precision
from evals.metrics.recall import recall

CASES = {case.name: case for path in FILES.values() for case in read(path)}
NOT_YET = {
    "why, said twice in other words",
    "reason in another order",
    "discount lowered",
    "goal repeated by a colleague",
}
"""What the rules miss; none of them is merged wrongly."""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_nothing_is_merged_or_replaced_wrongly(case: Case) -> None:
    found = outcome(case)
    assert (found.same - case.same, found.replaced - case.replaced) == (set(), set()), case.reason
    assert found.contested <= case.contested
    assert found.is_right == (case.name not in NOT_YET)


def test_figures_stay_above_what_was_measured() -> None:
    counted = totals([outcome(case) for case in read(FILES[DEVELOPED_ON])])
    assert all(precision(one) == 1.0 for one in counted.values())
    assert recall(counted[SAME]) >= 0.9
    assert recall(counted[REPLACED]) == recall(counted[CONTESTED]) == 1.0


def test_every_case_has_a_reason_and_a_name_of_its_own() -> None:
    cases = [case for path in FILES.values() for case in read(path)]
    assert len({case.name for case in cases}) == len(cases) >= 60
    assert all(len(case.reason.split()) >= 4 for case in cases)


def test_both_tables_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert "developed on" in shown
    assert "unseen" in shown
    assert "reason in another order" in shown
