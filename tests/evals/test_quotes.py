import json

import pytest

from evals.quotes.__main__ import main
from evals.quotes.altered import ALTERED
from evals.quotes.conversations import conversations
from evals.quotes.harmless import HARMLESS
from evals.quotes.measure import Row, rows
from service.extract.tokens import tokens_of


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_harmless_quotes_are_accepted_and_altered_ones_are_not(seed: int) -> None:
    measured = rows(conversations(120, seed=seed), seed=seed)
    assert {row.kind: row.share for row in measured} == (
        dict.fromkeys(HARMLESS, 1.0) | dict.fromkeys(ALTERED, 0.0)
    )


def test_conversations_are_the_same_for_the_same_seed() -> None:
    assert conversations(5, seed=7) == conversations(5, seed=7)
    assert conversations(5, seed=7) != conversations(5, seed=8)


def test_each_conversation_holds_its_quote_once_and_the_foreign_one_never() -> None:
    for case in conversations(50, seed=1):
        texts = [turn.text for turn in case.turns]
        assert [case.quote in text for text in texts].count(True) == 1
        assert case.quote in case.own_text
        assert not any(case.foreign in text for text in texts)


def test_an_unmet_row_is_told_apart() -> None:
    assert Row("kind", target=0.0, tried=3, accepted=0).is_met
    assert not Row("kind", target=0.0, tried=3, accepted=1).is_met
    assert not Row("kind", target=1.0, tried=3, accepted=2).is_met
    assert not Row("kind", target=0.0, tried=0, accepted=0).is_met


def test_a_kind_that_was_never_tried_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--conversations", "0"]) == 1
    assert "MISSED" in capsys.readouterr().out


def test_json_has_a_row_for_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [row["kind"] for row in printed] == [*HARMLESS, *ALTERED]
    assert all(row["is_met"] for row in printed)


def test_speed_is_printed_for_both_outcomes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--speed", "--speed-quotes", "50", "--json"]) == 0
    speeds = json.loads(capsys.readouterr().out)
    assert set(speeds) == {"found", "refused"}
    assert min(speeds.values()) > 0


def test_changes_of_the_words_change_the_tokens() -> None:
    (case, *_) = conversations(1, seed=1)
    assert tokens_of(case.quote.upper()).keys == tokens_of(case.quote).keys
    assert tokens_of(case.foreign).keys != tokens_of(case.quote).keys
