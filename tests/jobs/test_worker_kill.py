"""`kill -9` in mid-job: the source ends done or failed with a reason, and once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from live import Caller, Database, Server, environment, serving

pytestmark = pytest.mark.timeout(240)

LONG = "\n".join(
    f"{'Dana' if n % 2 else 'Kim'}: We will send part {n} of the plan by Friday, and it is long, "
    "because every station needs its own list of doors, sensors and people who sign for them."
    for n in range(500)
)
"""Some seconds of work on two cores."""


@contextmanager
def working(database: Database, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process of its own, killed at the end if it still lives."""
    command = [sys.executable, "-m", "service.cli.main", "worker"]
    settings = environment(database, BATON_DATA_DIR=str(data), BATON_WORKER_CONCURRENCY="1")
    with subprocess.Popen(command, env=settings) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def idle(make_database: Callable[[], Database], tmp_path: Path) -> Iterator[Server]:
    """A server whose jobs wait for workers that the test starts."""
    with serving(make_database(), "--no-worker", BATON_DATA_DIR=str(tmp_path)) as running:
        yield running


def until(caller: Caller, source_id: str, *statuses: str, seconds: float = 120) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status = str(caller.get(f"/v1/sources/{source_id}").json()["status"])
        if status in statuses:
            return status
        time.sleep(0.1)
    raise AssertionError(f"still {status} after {seconds} s")


def counts(database: Database, source_id: str) -> dict[str, int]:
    tables = ("note", "run")
    with database.connect() as connection:
        return {
            table: connection.execute(
                f"SELECT count(*) FROM app.{table} WHERE source_id = %s",  # noqa: S608 - our tables
                [source_id],
            ).fetchone()[0]  # type: ignore[index]  # count always gives a row
            for table in tables
        }


def jobs_left(database: Database) -> int:
    with database.connect() as connection:
        row = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
    assert row is not None
    return int(str(row[0]))


def until_no_jobs(database: Database) -> None:
    """A job's row goes a moment after its source is ready."""
    end = time.monotonic() + 30
    while jobs_left(database):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_killed_worker_loses_nothing(idle: Server, tmp_path: Path) -> None:
    with idle.caller() as caller:
        source_id = caller.post("/v1/sources", json={"content": LONG}).json()["id"]
        with working(idle.database, tmp_path) as first:
            until(caller, source_id, "running")
            first.kill()
            first.wait()
        assert counts(idle.database, source_id) == {"note": 0, "run": 0}
        with working(idle.database, tmp_path):
            until(caller, source_id, "ready")
            until_no_jobs(idle.database)
    assert counts(idle.database, source_id) == {"note": 1, "run": 1}


def test_worker_that_slept_writes_nothing(idle: Server, tmp_path: Path) -> None:
    """Stopped past its heartbeat, replaced, then woken: the second effect is fenced off."""
    with idle.caller() as caller:
        source_id = caller.post("/v1/sources", json={"content": LONG}).json()["id"]
        with working(idle.database, tmp_path) as zombie:
            until(caller, source_id, "running")
            os.kill(zombie.pid, signal.SIGSTOP)
            with working(idle.database, tmp_path):
                until(caller, source_id, "ready")
                os.kill(zombie.pid, signal.SIGCONT)
                assert zombie.wait(60) == 1
                until_no_jobs(idle.database)
    assert counts(idle.database, source_id) == {"note": 1, "run": 1}


def test_source_that_kills_its_worker_is_a_dead_letter(idle: Server, tmp_path: Path) -> None:
    with idle.caller() as caller:
        source_id = caller.post("/v1/sources", json={"content": LONG}).json()["id"]
        for number in (1, 2, 3):
            with working(idle.database, tmp_path) as process:
                _until_attempt(idle.database, source_id, number)
                process.kill()
                process.wait()
        with working(idle.database, tmp_path):
            until(caller, source_id, "failed")
        error = caller.get(f"/v1/sources/{source_id}").json()["error"]
        assert error["type"] == "/problems/dead-letter"
        again = caller.post("/v1/sources", json={"content": LONG})
        assert (again.status_code, again.json()["status"]) == (200, "queued")
    assert counts(idle.database, source_id) == {"note": 0, "run": 0}


def _until_attempt(database: Database, source_id: str, number: int) -> None:
    """The attempt of that number has begun."""
    query = "SELECT 1 FROM app.source WHERE id = %s AND attempts = %s AND status = 'running'"
    end = time.monotonic() + 60
    with database.connect() as connection:
        while connection.execute(query, [source_id, number]).fetchone() is None:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_supervised_worker_comes_back(
    make_database: Callable[[], Database], tmp_path: Path
) -> None:
    with serving(make_database(), BATON_DATA_DIR=str(tmp_path)) as running:
        with running.caller() as caller:
            source_id = caller.post("/v1/sources", json={"content": LONG}).json()["id"]
            until(caller, source_id, "running")
            os.kill(_worker_of(running.pid), signal.SIGKILL)
            until(caller, source_id, "ready")
        assert counts(running.database, source_id) == {"note": 1, "run": 1}


def test_worker_ends_with_its_server(make_database: Callable[[], Database], tmp_path: Path) -> None:
    with serving(make_database(), BATON_DATA_DIR=str(tmp_path)) as running:
        worker = _worker_of(running.pid)
        os.kill(running.pid, signal.SIGKILL)
        end = time.monotonic() + 40
        while Path(f"/proc/{worker}").exists():
            assert time.monotonic() < end
            time.sleep(0.1)


def _worker_of(server: int) -> int:
    """The child of the server that runs `baton worker`."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split():
            if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return int(pid)
        time.sleep(0.1)
    raise AssertionError("the server has no worker")


def test_told_to_stop_it_ends_with_0(idle: Server, tmp_path: Path) -> None:
    with working(idle.database, tmp_path) as process, idle.caller() as caller:
        source_id = caller.post("/v1/sources", json={"content": "Kim: We need two keys."}).json()
        until(caller, source_id["id"], "ready")
        process.terminate()
        assert process.wait(30) == 0


def test_erasing_what_is_read_leaves_the_worker_alive(idle: Server, tmp_path: Path) -> None:
    with idle.caller() as caller, working(idle.database, tmp_path) as process:
        source_id = caller.post("/v1/sources", json={"content": LONG}).json()["id"]
        until(caller, source_id, "running")
        assert caller.delete(f"/v1/sources/{source_id}").json()["residue"] == 0
        other = caller.post("/v1/sources", json={"content": "Kim: We need two keys."}).json()
        until(caller, other["id"], "ready")
        until_no_jobs(idle.database)
        assert process.poll() is None
    assert counts(idle.database, source_id) == {"note": 0, "run": 0}
