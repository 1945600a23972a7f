import os
import signal
import time
from pathlib import Path

import httpx2
import pytest
from live import Server
from wire import refused

from service.errors import Unavailable
from service.parsing import ReaderProbe

MOVE = b"UPDATE public.migration SET version_num = %s"


@pytest.mark.parametrize(("found", "status"), [("0000", 503), ("9999", 200)])
def test_ready_unless_the_database_is_behind(
    quiet: Server, monitor: httpx2.Client, found: str, status: int
) -> None:
    """While a fleet is upgraded the database is ahead of its old part, which goes on."""
    with quiet.database.connect() as connection:
        row = connection.execute("SELECT version_num FROM public.migration").fetchone()
        connection.execute(MOVE, [found])
        answer = monitor.get("/readyz")
        connection.execute(MOVE, row)
    assert answer.status_code == status
    assert monitor.get("/readyz").json() == {"status": "ready"}


def fork_server(pid: int) -> int:
    """The child of the server that starts the readers."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    named = {int(one): Path(f"/proc/{one}/cmdline").read_bytes() for one in children}
    return next(one for one, command in named.items() if b"forkserver" in command)


def test_not_ready_while_no_file_can_be_read(quiet: Server, monitor: httpx2.Client) -> None:
    readers = fork_server(quiet.pid)
    time.sleep(3.1)  # what was found a moment ago holds as long
    os.kill(readers, signal.SIGSTOP)
    try:
        started = time.monotonic()
        refused(monitor.get("/readyz"), 503, "unavailable")
        assert time.monotonic() - started < 3
        assert monitor.get("/healthz").status_code == 200
    finally:
        os.kill(readers, signal.SIGCONT)
    time.sleep(0.5)
    assert monitor.get("/readyz").status_code == 200


def test_a_killed_fork_server_is_replaced(quiet: Server, monitor: httpx2.Client) -> None:
    time.sleep(3.1)
    os.kill(fork_server(quiet.pid), signal.SIGKILL)
    assert monitor.get("/readyz").status_code == 200


def test_a_reader_that_fails_is_tried_again_at_once() -> None:
    probe = ReaderProbe("service.intake.read:nothing_of_that_name")
    for _ in range(2):
        with pytest.raises(Unavailable, match="cannot be read"):
            probe.require()


def test_what_was_read_a_moment_ago_is_not_tried_again() -> None:
    now = [100.0]
    probe = ReaderProbe(now=lambda: now[0])
    probe.require()
    started = time.monotonic()
    for _ in range(1000):
        probe.require()
    assert time.monotonic() - started < 1
