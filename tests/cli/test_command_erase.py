import json
from typing import Any


def stored(run: Any, workspace: str, tmp_path: Any, *, customer: str) -> None:
    assert run("keys", "create", "--workspace", workspace).exit_code == 0
    (tmp_path / "call.txt").write_text("Dana: We will send it.\nKim: Fine by me.\nDana: Friday.")
    done = run("ingest", str(tmp_path), "--workspace", workspace, "--customer", customer)
    assert done.exit_code == 0, done.output


def test_a_customer_goes_and_nothing_is_left(run: Any, workspace: str, tmp_path: Any) -> None:
    stored(run, workspace, tmp_path, customer="kim")
    done = run("erase", "--workspace", workspace, "--customer", "kim", "--json")
    removed = json.loads(done.stdout)
    assert (done.exit_code, removed["residue"]) == (0, 0)
    assert (removed["removed"]["source"], removed["removed"]["customer"]) == (1, 1)
    again = run("erase", "--workspace", workspace, "--customer", "kim", "--yes")
    assert again.exit_code == 1


def test_it_asks_first(run: Any, workspace: str, tmp_path: Any) -> None:
    stored(run, workspace, tmp_path, customer="kim")
    refused = run("erase", "--workspace", workspace, "--customer", "kim")
    assert refused.exit_code == 1
    assert "for good?" in refused.output
    done = run("erase", "--workspace", workspace, "--customer", "kim", "--yes")
    assert "Left of it: 0 rows." in done.output


def test_one_of_both_must_be_named(run: Any, workspace: str) -> None:
    assert run("erase", "--workspace", workspace).exit_code == 2
    assert run("erase", "--workspace", workspace, "--customer", "a", "--source", "b").exit_code == 2


def test_replay_finds_nothing_to_do(run: Any) -> None:
    done = run("erase", "--replay", "--json")
    assert json.loads(done.stdout) == {"erased": 0}
