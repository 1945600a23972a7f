import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from live import Database, Server

SAID = "Dana: Why did you look around?\nKim: {}\nDana: We will send you the plan by Friday.\n"


def ingested(run: Any, workspace: str, *words: object, code: int = 0) -> dict[str, Any]:
    done = run("ingest", *map(str, words), "--workspace", workspace, "--json")
    assert done.exit_code == code, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def outcomes(found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    files = found["files"]
    return {Path(one["path"]).name: (one["outcome"], one.get("type", "")) for one in files}


def stored(database: Database, workspace: str) -> int:
    query = (
        "SELECT count(*) FROM app.source s JOIN app.workspace w ON w.id = s.workspace_id"
        " JOIN procrastinate_jobs j ON j.args ->> 'source_id' = s.id::text WHERE w.name = %s"
    )
    with database.connect() as db:
        row = db.execute(query, [workspace]).fetchone()
    assert row is not None
    return int(str(row[0]))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(SAID.format(f"Number {number} was lost in May."))
    return folder


def test_each_file_of_a_folder_has_its_outcome(
    run: Any, workspace: str, pile: Path, idle_database: Database
) -> None:
    found = ingested(run, workspace, pile, code=1)
    taken = outcomes(found)
    assert sorted([taken.pop("call.txt"), taken.pop("twin.txt")]) == [
        ("already_there", ""),
        ("new", ""),
    ]
    assert taken == {
        "other.txt": ("new", ""),
        "broken.json": ("refused", "malformed"),
        "binary.bin": ("refused", "format-unknown"),
        "empty.txt": ("refused", "no-content"),
        ".hidden.txt": ("skipped", ""),
        ".git": ("skipped", ""),
        "link.txt": ("skipped", ""),
    }
    assert (found["new"], found["refused"], found["skipped"]) == (2, 3, 3)
    assert stored(idle_database, workspace) == 2


def test_the_summary_says_why_and_how_to_go_on(run: Any, workspace: str, pile: Path) -> None:
    done = run("ingest", str(pile), "--workspace", workspace)
    assert done.exit_code == 1
    said = " ".join(done.stdout.split())
    assert "new 2 already there 1 refused 3 skipped 3" in said
    assert "binary.bin This is binary data, not text." in said
    assert "link.txt a link that leads out of the folder" in said
    assert "No worker is alive: `baton serve` or `baton worker`" in said
    assert f"--workspace '{workspace}'" in said


def test_what_is_there_is_found_before_anything_else(
    run: Any, workspace: str, pile: Path, idle_database: Database
) -> None:
    """Without a look-up before the upload, both would be refused the second time."""
    first = ingested(run, workspace, pile / "call.txt")
    demand = (
        "INSERT INTO app.preference SELECT id, '{}', '{}', true FROM app.workspace WHERE name = %s"
    )
    with idle_database.connect() as db:
        db.execute(demand, [workspace])
    again = ingested(run, workspace, pile / "call.txt", pile / "deep/other.txt", code=1)
    assert outcomes(again) == {
        "call.txt": ("already_there", ""),
        "other.txt": ("refused", "consent-missing"),
    }
    ids = {one["source_id"] for one in again["files"] if "source_id" in one}
    assert ids == {first["files"][0]["source_id"]}


def test_the_same_file_for_another_deal_is_new(run: Any, workspace: str, pile: Path) -> None:
    for deal in ((), ("--deal", "one"), ("--deal", "two")):
        found = ingested(run, workspace, pile / "call.txt", "--customer", "kim", *deal)
        assert found["new"] == 1
    assert ingested(run, workspace, pile / "call.txt", "--deal", "one")["already_there"] == 1


def test_a_deal_of_another_customer_is_refused(run: Any, workspace: str, pile: Path) -> None:
    ingested(run, workspace, pile / "call.txt", "--customer", "kim", "--deal", "one")
    other = (pile / "deep" / "other.txt", "--customer", "eve", "--deal", "one")
    found = ingested(run, workspace, *other, code=1)
    assert outcomes(found) == {"other.txt": ("refused", "deal-customer-clash")}


def test_what_is_said_of_the_files_is_stored(
    run: Any, workspace: str, pile: Path, idle_database: Database
) -> None:
    said = ("--occurred-at", "2026-03-03T15:00:00Z", "--kind", "contract", "--consent")
    source_id = ingested(run, workspace, pile / "call.txt", *said)["files"][0]["source_id"]
    query = "SELECT kind, occurred_at::date::text, consent FROM app.source WHERE id = %s"
    with idle_database.connect() as db:
        row = db.execute(query, [source_id]).fetchone()
    assert row == ("contract", "2026-03-03", True)


def test_a_failed_source_is_queued_again(
    run: Any, workspace: str, pile: Path, idle_database: Database
) -> None:
    source_id = ingested(run, workspace, pile / "call.txt")["files"][0]["source_id"]
    with idle_database.connect() as db:
        db.execute("UPDATE app.source SET status = 'failed' WHERE id = %s", [source_id])
        db.execute("DELETE FROM procrastinate_jobs WHERE args ->> 'source_id' = %s", [source_id])
    assert ingested(run, workspace, pile / "call.txt")["already_there"] == 1
    assert stored(idle_database, workspace) == 1


def test_a_file_name_cannot_steer_the_terminal(run: Any, workspace: str, tmp_path: Path) -> None:
    (tmp_path / "x\x1b[31m\n.txt").touch()
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text(SAID.format("Here it is, all of it."))
    done = run("ingest", str(tmp_path), "--workspace", workspace)
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout
    assert "new 1" in " ".join(done.stdout.replace("already", " ").split())


def test_wait_without_a_worker_ends_and_says_so(run: Any, workspace: str, pile: Path) -> None:
    done = run("ingest", str(pile / "call.txt"), "--workspace", workspace, "--wait")
    assert done.exit_code == 1
    assert "1 are not read yet." in done.stdout
    assert "No worker is alive" in done.stdout


def test_wait_lasts_until_all_is_read(run: Any, server: Server, pile: Path) -> None:
    workspace = "cli that waits"
    assert run("keys", "create", "--workspace", workspace, on=server.database).exit_code == 0
    words = [str(pile / "call.txt"), "--workspace", workspace, "--wait", "--json"]
    done = run("ingest", *words, on=server.database)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["waited"] == {"waiting": 0, "failed": []}
    assert json.loads(done.stdout)["has_worker"] is True


def _until_some(database: Database, workspace: str) -> None:
    end = time.monotonic() + 60
    while not stored(database, workspace):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_killed_in_the_middle_it_goes_on_where_it_was(
    start: Any, run: Any, workspace: str, many: Path, idle_database: Database
) -> None:
    process = start("ingest", str(many), "--workspace", workspace)
    _until_some(idle_database, workspace)
    process.kill()
    process.wait()
    before = stored(idle_database, workspace)
    assert 0 < before < 60
    found = ingested(run, workspace, many)
    assert (found["new"], found["already_there"]) == (60 - before, before)
    assert stored(idle_database, workspace) == 60


def test_interrupted_it_ends_what_it_began_and_says_how_to_go_on(
    start: Any, workspace: str, many: Path, idle_database: Database
) -> None:
    process = start("ingest", str(many), "--workspace", workspace, "--json")
    _until_some(idle_database, workspace)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: its children get it, too
    out, err = process.communicate(timeout=60)
    found = json.loads(out)
    assert (process.returncode, found["interrupted"], found["refused"]) == (1, True, 0)
    assert 0 < found["new"] == stored(idle_database, workspace) < 60
    assert "Traceback" not in err
    assert "Ctrl-C again" in err


def test_stopped_it_tells_a_person_the_same(
    start: Any, workspace: str, many: Path, idle_database: Database
) -> None:
    process = start("ingest", str(many), "--workspace", workspace)
    _until_some(idle_database, workspace)
    process.terminate()
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Stopped as you asked." in out
    assert "The same command again goes on where this one ended." in out


def test_a_queue_that_is_full_ends_it_early(
    run: Any, workspace: str, many: Path, idle_database: Database
) -> None:
    fill = (
        "INSERT INTO app.source (workspace_id, id, key_id, kind, format, status, content_hash)"
        " SELECT w.id, gen_random_uuid(), 'tests', 'call', 'text', 'queued', n::text::bytea"
        " FROM app.workspace w, generate_series(1, 10000) n WHERE w.name = %s"
    )
    with idle_database.connect() as db:
        db.execute(fill, [workspace])
    found = ingested(run, workspace, many, code=1)
    assert found["ended_by"]["type"] == "queue-full"
    assert (found["interrupted"], found["new"], found["refused"]) == (True, 0, 0)
