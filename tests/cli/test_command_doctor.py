import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from live import Caller, Database, Server
from typer.testing import CliRunner

from service.actions.checkup import check_database
from service.actions.checkup_folders import check_folders
from service.cli.main import app
from service.db.embedded.lease import acquire, remove_cluster


def seen(done: Any) -> dict[str, tuple[str, str]]:
    found = json.loads(done.stdout)
    return {one["name"]: (one["verdict"], one["detail"]) for one in found["checks"]}


def not_ok(done: Any) -> set[tuple[str, str]]:
    return {(name, verdict) for name, (verdict, _) in seen(done).items() if verdict != "ok"}


@pytest.fixture
def own(make_database: Callable[[], Database]) -> Database:
    """A database to be spoilt."""
    return make_database()


def spoil(database: Database, *statements: str) -> None:
    with database.connect() as db:
        for one in statements:
            db.execute(one.encode())


def test_all_is_well_beside_a_server_with_its_worker(
    run: Any, server: Server, alice: Caller
) -> None:
    alice.ready(alice.post("/v1/sources", json={"content": "Kim: Now the worker lives."}))
    done = run("doctor", on=server.database)
    lines = done.stdout.splitlines()
    assert done.exit_code == 0, done.output
    assert any(line.startswith("ok      worker") and "heartbeat" in line for line in lines)
    assert not any(line.startswith("wrong") for line in lines)


def test_without_a_worker_it_warns(run: Any, own: Database) -> None:
    done = run("doctor", "--json", on=own)
    assert (done.exit_code, not_ok(done)) == (0, {("worker", "warning")})


def test_without_a_worker_and_with_work_it_is_wrong(
    run: Any, own: Database, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Kim: We need two keys for the door.")
    run("keys", "create", "--workspace", "w", on=own)
    assert run("ingest", str(tmp_path), "--workspace", "w", on=own).exit_code == 0
    done = run("doctor", "--json", on=own)
    assert (done.exit_code, not_ok(done)) == (1, {("worker", "wrong")})


def test_an_old_migration_is_found(run: Any, own: Database) -> None:
    spoil(own, "UPDATE public.migration SET version_num = '0000'")
    done = run("doctor", "--json", on=own)
    assert (done.exit_code, not_ok(done)) == (3, {("migrations", "wrong")})
    assert seen(done)["migrations"][1].startswith("at 0000, the code at ")
    assert "mend: Run `baton migrate`" in run("doctor", on=own).stdout


def test_an_empty_database_is_found(run: Any, own: Database) -> None:
    spoil(own, "DROP SCHEMA app CASCADE", "DROP TABLE public.migration")
    done = run("doctor", "--json", on=own)
    assert (done.exit_code, not_ok(done)) == (3, {("migrations", "wrong")})


def test_a_database_without_pgvector_is_found(run: Any, own: Database) -> None:
    spoil(own, "DROP EXTENSION vector CASCADE")
    assert ("pgvector", "wrong") in not_ok(run("doctor", "--json", on=own))


def test_an_open_wall_is_found(run: Any, own: Database) -> None:
    spoil(own, "ALTER TABLE app.turn NO FORCE ROW LEVEL SECURITY")
    done = run("doctor", "--json", on=own)
    assert seen(done)["workspace wall"] == ("wrong", "open: turn")
    assert done.exit_code == 3


async def _roles(urls: dict[str, str]) -> dict[str, str]:
    checks = await check_database(urls, clock=lambda: datetime.now(UTC))
    return {one.name: one.detail for one in checks if one.verdict != "ok"}


async def test_a_superuser_is_found(database: Database) -> None:
    url = database.cluster.superuser_url(database.name)
    found = await _roles({"app": url, "system": database.url("baton_system")})
    assert found.keys() == {"role (app)"}
    assert "postgres is a superuser, passes row-level security" in found["role (app)"]


async def test_roles_that_are_exchanged_are_found(database: Database) -> None:
    owner, app_url = database.url("baton_owner"), database.url("baton_app")
    found = await _roles({"app": owner, "system": app_url})
    assert found == {
        "role (app)": "baton_owner owns the tables",
        "role (system)": "baton_app can read text of sources",
    }


async def test_a_clock_that_is_apart_is_found(database: Database) -> None:
    late = timedelta(seconds=30)
    urls = {"app": database.url("baton_app")}
    checks = await check_database(urls, clock=lambda: datetime.now(UTC) - late)
    apart = next(one for one in checks if one.name == "clock")
    assert (apart.verdict, apart.detail[:2]) == ("warning", "30")


async def test_each_door_that_is_shut_is_named(database: Database) -> None:
    shut = "postgresql+psycopg://baton_system:secret@127.0.0.1:1/baton"
    checks = await check_database(
        {"app": database.url("baton_app"), "system": shut, "owner": "nonsense"},
        clock=lambda: datetime.now(UTC),
    )
    wrong = {one.name: one.detail for one in checks if one.verdict == "wrong"}
    assert wrong.keys() == {"database (system)", "database (owner)"}
    assert "secret" not in str(checks)


def test_a_span_outside_its_turn_is_found(run: Any, own: Database) -> None:
    run("keys", "create", "--workspace", "w", on=own)
    spoil(own, _SPAN)
    done = run("doctor", "--json", on=own)
    assert seen(done)["evidence"] == ("wrong", "1 spans lie outside their turns")
    assert done.exit_code == 1


_SPAN = """
    DO $$
    DECLARE w uuid := (SELECT id FROM app.workspace); s uuid := gen_random_uuid();
    BEGIN
        INSERT INTO app.source (workspace_id, id, key_id, kind, format, status, content_hash)
            VALUES (w, s, 'k', 'call', 'text', 'ready', 'x');
        INSERT INTO app.turn (workspace_id, source_id, turn, side, side_rule, text)
            VALUES (w, s, 0, 'unknown', 'unknown', 'häuser');
        INSERT INTO app.run (workspace_id, id, source_id, extractor, code_version, outcome,
            uncovered_turns, rejected, calls, tokens_in, tokens_out, cost_usd, seconds)
            VALUES (w, s, s, 'x', '0', 'complete', '{}', '[]', 0, 0, 0, 0, 0);
        INSERT INTO app.note (workspace_id, id, source_id, version, run_id, absent, turns)
            VALUES (w, s, s, 1, s, '{}', 1);
        INSERT INTO app.claim (workspace_id, id, source_id, note_id, number, field, statement,
            state, confidence) VALUES (w, s, s, s, 0, 'f', 'x', 'active', 1);
        INSERT INTO app.evidence (workspace_id, claim_id, number, source_id, turn, start_cp, end_cp)
            VALUES (w, s, 0, s, 0, 0, 6), (w, s, 1, s, 0, 0, 7);
    END $$
"""


def test_a_stalled_job_and_a_failed_source_are_found(
    run: Any, own: Database, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Kim: We need two keys for the door.")
    run("keys", "create", "--workspace", "w", on=own)
    run("ingest", str(tmp_path), "--workspace", "w", on=own)
    spoil(
        own,
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')",
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = 1",
        "UPDATE app.source SET status = 'failed'",
    )
    found = not_ok(run("doctor", "--json", on=own))
    assert {("stalled jobs", "wrong"), ("sources", "warning")} <= found


def embedded(data_dir: Path, *words: str) -> Any:
    env = {"BATON_DATA_DIR": str(data_dir), "BATON_EMBEDDER": "tiny", "BATON_DATABASE_URL": None}
    return CliRunner().invoke(app, ["doctor", *words], env=env)


def test_where_nothing_is_set_up_nothing_is_made(tmp_path: Path) -> None:
    done = embedded(tmp_path / "none", "--json")
    assert (done.exit_code, not_ok(done)) == (3, {("data folder", "wrong")})
    assert list(tmp_path.iterdir()) == []


def test_an_embedded_database_that_is_behind_is_left_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    acquire(data, durable=False).release()
    done = embedded(data, "--json")
    assert (done.exit_code, not_ok(done)) == (3, {("migrations", "wrong")})
    assert seen(done)["migrations"][1].startswith("at none")
    remove_cluster(data)


@pytest.mark.parametrize(
    ("mode", "verdict"),
    [(0o700, "ok"), (0o710, "ok"), (0o755, "warning"), (0o770, "wrong"), (0o707, "wrong")],
)
def test_a_folder_that_is_open_is_found(tmp_path: Path, mode: int, verdict: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(mode)
    found = {one.name: one.verdict for one in check_folders(data, is_embedded=True)}
    assert found["data folder"] == verdict


def test_secrets_that_others_can_read_are_found(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").touch(mode=0o644)
    (tmp_path / "secrets.json").chmod(0o644)
    found = {one.name: one for one in check_folders(tmp_path, is_embedded=True)}
    assert found["secrets"].verdict == "wrong"
    assert found["secrets"].mend == f"chmod 600 {tmp_path / 'secrets.json'}"
