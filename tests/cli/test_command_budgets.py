"""What the command line says of money: a budget that cannot be held, and one that is used up."""

import json
from pathlib import Path
from typing import Any

import pytest

MODEL = {
    "BATON_EXTRACTOR": "openai",
    "BATON_LLM_BASE_URL": "http://127.0.0.1:9/v1",
    "BATON_LLM_MODEL": "owl",
}
PRICED = MODEL | {"BATON_LLM_PRICE_IN": "1", "BATON_LLM_PRICE_OUT": "4"}


def test_a_budget_that_cannot_be_held_is_a_line_and_no_start(spawn: Any, pile: Path) -> None:
    settings = MODEL | {"BATON_BUDGET_DAY_USD": "5"}
    done = spawn("ingest", str(pile / "call.txt"), "--workspace", "nobody", **settings)
    assert done.returncode == 3
    assert "a budget needs the price of owl" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_over_the_budget_is_refused_and_the_next_is_looked_at(
    run: Any, workspace: str, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (PRICED | {"BATON_BUDGET_DAY_USD": "0.008"}).items():
        monkeypatch.setenv(name, value)
    words = (str(pile / "call.txt"), str(pile / "deep" / "other.txt"))
    done = run("ingest", *words, "--workspace", workspace, "--json")
    assert done.exit_code == 1, done.output
    found = json.loads(done.stdout)
    assert (found["new"], found["refused"]) == (1, 1)
    (left,) = [one for one in found["files"] if one["outcome"] == "refused"]
    assert left["type"] == "budget-exhausted"
    assert "USD" in left["reason"]
