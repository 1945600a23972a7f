import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app

PRICED = {"BATON_LLM_PRICE_IN": "1", "BATON_LLM_PRICE_OUT": "10"}
SAID = {"BATON_LLM_MODEL": "owl", **PRICED}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command in an empty folder, without any setting but those that are given."""
    monkeypatch.chdir(tmp_path)

    def call(*words: object, **settings: str) -> Result:
        env: dict[str, str | None] = {"BATON_DATABASE_URL": None, "BATON_DATA_DIR": None}
        return CliRunner().invoke(app, ["estimate", *map(str, words)], env=env | settings)

    return call


def document(done: Result, *, code: int = 0) -> dict[str, Any]:
    assert done.exit_code == code, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_each_file_has_its_tokens_and_its_price(told: Any, pile: Path) -> None:
    found = document(told(pile, "--json", **SAID), code=1)
    files = {Path(one["path"]).name: one for one in found["files"]}
    assert {name for name, one in files.items() if "reason" in one} == {
        *("broken.json", "binary.bin", "empty.txt")
    }
    assert files.keys() - {"broken.json", "binary.bin", "empty.txt"} == {
        *("call.txt", "twin.txt", "other.txt")
    }
    call = files["call.txt"]
    assert (call["turns"], call["calls"]) == (3, 1)
    price = (call["tokens_in"] * 1 + call["tokens_out"] * 10) / 1_000_000
    assert call["cost_usd"] == pytest.approx(price)
    for what in ("turns", "calls", "tokens_in", "tokens_out", "cost_usd"):
        whole = sum(one[what] for one in files.values() if what in one)
        assert found["total"][what] == pytest.approx(whole)


def test_a_person_reads_a_table(told: Any, pile: Path) -> None:
    done = told(pile / "call.txt", "--model", "gpt-5-mini-2025-08-07")
    assert done.exit_code == 0
    assert re.search(r"call\.txt +3 +1 +[\d,]+ +1,000 +0\.00\d\d *\n", done.stdout)
    assert "gpt-5-mini-2025-08-07: 0.25 USD for a million tokens in, 2 out" in done.stdout


@pytest.mark.parametrize(
    ("words", "says"), [(["--model", "owl"], "owl is not in the table"), ([], "No model is set")]
)
def test_an_unknown_price_is_said_and_never_nought(
    told: Any, pile: Path, words: list[str], says: str
) -> None:
    done = told(pile / "call.txt", *words)
    assert says in done.stdout
    assert done.stdout.count("not known") == 2


def test_no_price_is_null_in_json(told: Any, pile: Path) -> None:
    found = document(told(pile / "call.txt", "--json"))
    assert found["model"] is None
    assert found["total"]["cost_usd"] is None
    assert found["total"]["tokens_in"] > 0


WATCH = """
import os, sys

def watch(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"}:
        target = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        with open(os.environ["WATCHED"], "a") as file:
            file.write(f"{target!r}\\n")

sys.addaudithook(watch)
"""


def test_no_socket_leads_out_of_it_and_nothing_stays(pile: Path, tmp_path: Path) -> None:
    """Seen in the command and in the children that read: their own pipes, which are files."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    (tmp_path / "here").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BATON_")}
    ours = {"PYTHONPATH": str(tmp_path / "watch"), "WATCHED": str(tmp_path / "seen.txt")}
    done = subprocess.run(
        [sys.executable, "-m", "service.cli.main", "estimate", pile / "call.txt"],
        cwd=tmp_path / "here",
        env=kept | ours,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    seen = (tmp_path / "seen.txt").read_text().splitlines()
    assert seen
    assert [one for one in seen if one.startswith("(")] == []
    assert list((tmp_path / "here").iterdir()) == []
