from random import Random

import pytest

from evals.bench.quotes import Row, is_met
from evals.bench.quotes_changes import ALTERED, HARMLESS, VERBATIM, Change
from evals.bench.quotes_samples import Sample, samples
from service.extract.gate import admit


@pytest.fixture(scope="module")
def drawn() -> list[Sample]:
    return samples(runs=1, seed=3)


def test_ten_scripts_are_drawn_from(drawn: list[Sample]) -> None:
    assert len({sample.script for sample in drawn}) == 10
    assert len({sample.quote for sample in drawn}) > 100


def accepted(change: Change, drawn: list[Sample]) -> list[bool]:
    rng = Random(5)  # noqa: S311 (repeatable on purpose)
    pairs = [(change(sample, rng), sample.turns) for sample in drawn]
    return [bool(admit([draft], turns).claims) for draft, turns in pairs if draft]


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_still_quotes_is_accepted(kind: str, drawn: list[Sample]) -> None:
    answers = accepted(HARMLESS[kind], drawn)
    assert answers
    assert all(answers)


@pytest.mark.parametrize("kind", ALTERED)
def test_what_says_something_else_is_refused(kind: str, drawn: list[Sample]) -> None:
    answers = accepted(ALTERED[kind], drawn)
    assert answers
    assert not any(answers)


def test_what_stands_verbatim_is_accepted_and_shown(drawn: list[Sample]) -> None:
    assert all(accepted(VERBATIM["condition at its edge left out"], drawn))


def test_one_accepted_change_misses_the_aim() -> None:
    good: dict[str, Row] = {
        "a": {"aim": 1.0, "tried": 3, "accepted": 3},
        "b": {"aim": None, "tried": 2, "accepted": 1},
    }
    assert is_met(good)
    assert not is_met(good | {"c": {"aim": 0.0, "tried": 9, "accepted": 1}})
