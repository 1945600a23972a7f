import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.source import Side
from service.extract.statement import Unfaithful, reasons

FILE = Path(__file__).parent / "statement_pairs.toml"
PAIRS: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["pair"]


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["why"] for pair in PAIRS])
def test_what_a_statement_changes_is_named(pair: dict[str, Any]) -> None:
    side = Side(pair.get("side", "unknown"))
    more: dict[str, Any] = {"resolved": pair.get("resolved", []), "side": side}
    assert list(reasons(pair["statement"], pair["evidence"], **more)) == pair["reasons"]


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["why"] for pair in PAIRS])
def test_a_text_is_faithful_to_itself(pair: dict[str, Any]) -> None:
    assert reasons(pair["evidence"], pair["evidence"]) == ()
    assert reasons(pair["statement"], f"“{pair['statement']}”") == ()


def test_every_pair_says_why_it_is_there_and_no_two_say_the_same() -> None:
    assert len({pair["why"] for pair in PAIRS}) == len(PAIRS) >= 30


@given(st.text(max_size=80), st.sampled_from([pair["evidence"] for pair in PAIRS]))
def test_any_text_gets_an_answer_and_a_new_number_is_always_seen(text: str, evidence: str) -> None:
    assert set(reasons(text, evidence)) <= set(Unfaithful)
    assert reasons(text, text) == ()
    assert Unfaithful.NUMBER in reasons(f"{text} 8317", evidence)
