import pytest

from evals.redaction.__main__ import main
from evals.redaction.measure import Row, rows
from evals.redaction.texts import MAKERS, Text, texts
from service.extract.redact_find import Secret


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_kind_is_found_and_little_else(seed: int) -> None:
    measured = rows(texts(2_000, seed=seed))
    assert [row.kind for row in measured] == list(MAKERS)
    assert [row for row in measured if not row.is_met] == []


def test_texts_are_the_same_for_the_same_seed() -> None:
    assert texts(5, seed=7) == texts(5, seed=7)
    assert texts(5, seed=7) != texts(5, seed=8)


def test_what_is_missed_and_what_is_wrong_are_told_apart() -> None:
    missed = Text("call me", ((Secret.PHONE, 0, 4),))
    wrong = Text("a@b.example", ())
    by_kind = {row.kind: row for row in rows([missed, wrong])}
    assert (by_kind[Secret.PHONE].recall, by_kind[Secret.PHONE].precision) == (0.0, None)
    assert (by_kind[Secret.MAIL].recall, by_kind[Secret.MAIL].precision) == (None, 0.0)
    assert not any(row.is_met for row in by_kind.values())


def test_a_figure_below_its_goal_is_not_met() -> None:
    assert Row(Secret.CARD, there=100, covered=99, found=100, right=95).is_met
    assert not Row(Secret.CARD, there=100, covered=98, found=100, right=100).is_met
    assert not Row(Secret.CARD, there=100, covered=100, found=100, right=94).is_met


def test_a_run_without_texts_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--texts", "0"]) == 1
    assert "MISSED" in capsys.readouterr().out
