import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from live import Database


def created(run: Any, *words: str) -> dict[str, Any]:
    done = run("keys", "create", *words, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def listed(run: Any, workspace: str) -> dict[str, dict[str, Any]]:
    done = run("keys", "list", "--workspace", workspace, "--json")
    return {one["id"]: one for one in json.loads(done.stdout)["keys"]}


def test_create_prints_only_key_workspace_and_id(run: Any, workspace: str) -> None:
    made = created(run, "--workspace", workspace, "--scopes", "ingest,read,write,admin")
    assert made.keys() == {"key", "workspace", "id"}
    assert made["workspace"] == workspace
    assert made["key"].startswith(f"baton_{made['id']}_")


def test_a_secret_is_printed_once(run: Any, workspace: str) -> None:
    made = created(run, "--workspace", workspace)
    secret = made["key"].split("_")[2]
    for words in (["list"], ["list", "--json"], ["revoke", made["id"]]):
        done = run("keys", *words)
        assert done.exit_code == 0
        assert secret not in done.output
        assert secret[:12] not in done.output


def test_list_shows_each_key_with_its_state(run: Any, workspace: str) -> None:
    live = created(run, "--workspace", workspace, "--label", "recorder", "--scopes", "ingest")
    gone = created(run, "--workspace", workspace, "--expires-at", "2020-01-01")
    found = listed(run, workspace)
    assert (found[live["id"]]["state"], found[gone["id"]]["state"]) == ("live", "expired")
    assert found[live["id"]]["scopes"] == ["ingest"]
    row = next(line for line in run("keys", "list").stdout.splitlines() if live["id"] in line)
    assert all(word in row for word in (workspace, "recorder", "ingest", "never", "live"))


def test_revoke_ends_a_key_and_may_come_twice(run: Any, workspace: str) -> None:
    made = created(run, "--workspace", workspace)
    for _ in range(2):
        assert run("keys", "revoke", made["id"]).exit_code == 0
        assert listed(run, workspace)[made["id"]]["state"] == "revoked"


def test_a_leaked_key_is_revoked_by_its_text(run: Any, workspace: str) -> None:
    made = created(run, "--workspace", workspace)
    done = run("keys", "revoke", made["key"])
    assert done.exit_code == 0
    assert made["key"] not in done.output
    assert listed(run, workspace)[made["id"]]["state"] == "revoked"


def test_rotate_makes_the_same_key_anew(run: Any, workspace: str) -> None:
    old = created(run, "--workspace", workspace, "--label", "bot", "--scopes", "read,ingest")
    new = json.loads(run("keys", "rotate", old["id"], "--json").stdout)
    found = listed(run, workspace)
    kept = ("workspace", "label", "scopes", "expires_at", "state")
    before = found[old["id"]] | {"expires_at": None}
    assert {name: found[new["id"]][name] for name in kept} == {name: before[name] for name in kept}
    assert new["replaces"] == old["id"]
    left = datetime.fromisoformat(found[old["id"]]["expires_at"]) - datetime.fromisoformat(
        found[new["id"]]["created_at"]
    )
    assert abs(left - timedelta(hours=24)) < timedelta(minutes=1)


def test_rotate_without_overlap_ends_the_old_key(run: Any, workspace: str) -> None:
    old = created(run, "--workspace", workspace)
    assert run("keys", "rotate", old["id"], "--overlap", "0m").exit_code == 0
    assert listed(run, workspace)[old["id"]]["state"] == "expired"


def test_rotate_never_lengthens_a_life(run: Any, workspace: str) -> None:
    old = created(run, "--workspace", workspace, "--expires-at", "2199-01-01T00:00:00")
    run("keys", "rotate", old["id"], "--overlap", "1h")
    new = json.loads(run("keys", "rotate", old["id"], "--overlap", "7d", "--json").stdout)
    left = datetime.fromisoformat(new["replaced_ends_at"]) - datetime.now().astimezone()
    assert left < timedelta(hours=1)
    assert new["expires_at"] is not None


@pytest.mark.parametrize("state", ["revoked", "expired"])
def test_a_dead_key_is_not_rotated(spawn: Any, run: Any, workspace: str, state: str) -> None:
    ends = ["--expires-at", "2020-01-01"] if state == "expired" else []
    made = created(run, "--workspace", workspace, *ends)
    if state == "revoked":
        run("keys", "revoke", made["id"])
    done = spawn("keys", "rotate", made["id"])
    assert (done.returncode, done.stdout) == (2, "")
    assert state in done.stderr
    assert len(listed(run, workspace)) == 2


def test_an_unknown_key_is_told(spawn: Any) -> None:
    for word in ("revoke", "rotate"):
        done = spawn("keys", word, "0" * 22)
        assert (done.returncode, done.stdout) == (1, "")
        assert "There is no key" in done.stderr


def test_a_label_cannot_steer_the_terminal(
    run: Any, workspace: str, idle_database: Database
) -> None:
    created(run, "--workspace", workspace, "--label", "red\x1b[31m[bold]")
    shown = run("keys", "list", "--workspace", workspace).stdout
    assert "\x1b" not in shown
    assert "red\N{REPLACEMENT CHARACTER}[31m[bold]" in shown
    with idle_database.connect() as db:
        query = "SELECT count(*) FROM app.api_key WHERE label = %s"
        assert db.execute(query, ["red\x1b[31m[bold]"]).fetchone() == (1,)
