"""A real worker that asks a scripted model: killed between two windows, it goes on where it was."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from live import Database, environment
from read_by_model import SIDES, honest, parts, shown
from scripted_model import scripted
from scripted_talk import Asked, Scripted
from sending import send

from service.db.doors import open_doors

pytestmark = pytest.mark.timeout(240)

LONG_TURN = 30
"""Times the padding: with 4,096 tokens in all a window holds one such turn."""


@contextmanager
def working(
    database: Database, provider: Scripted, data: Path
) -> Iterator[subprocess.Popen[bytes]]:
    settings = {
        "BATON_DATA_DIR": str(data),
        "BATON_EXTRACTOR": "openai",
        "BATON_LLM_BASE_URL": provider.url,
        "BATON_LLM_MODEL": "good",
        "BATON_LLM_MODE": "json_schema",
        "BATON_LLM_CONTEXT_TOKENS": "4096",
        "BATON_LLM_PRICE_IN": "1",
        "BATON_LLM_PRICE_OUT": "1",
        "BATON_EMBEDDER": "tiny",
        "BATON_WORKER_STALLED_S": "3",
    }
    command = [sys.executable, "-m", "service.cli.main", "worker"]
    with subprocess.Popen(command, env=environment(database, **settings)) as process:
        try:
            yield process
        finally:
            process.kill()


async def upload(database: Database, here: UUID, text: str) -> UUID:
    opened = open_doors(database.url("baton_app"), database.url("baton_system"), size=1)
    try:
        return (await send(opened, here, text, participants=SIDES)).source_id
    finally:
        await opened.close()


def run_of(database: Database, source_id: UUID) -> dict[str, Any]:
    """The run, once there is one."""
    query = "SELECT to_jsonb(r) FROM app.run r WHERE source_id = %s"
    end = time.monotonic() + 120
    with database.connect() as connection:
        while (row := connection.execute(query, [source_id]).fetchone()) is None:
            assert time.monotonic() < end
            time.sleep(0.1)
    return dict(row[0])  # type: ignore[call-overload]  # JSON comes as Any


def spent(database: Database, run_id: str) -> tuple[object, ...] | None:
    """Tokens in the ledger, and the rows of requests of which nobody knows the end."""
    query = """SELECT sum(tokens_in), sum(tokens_out), count(*) FILTER (WHERE settled_at IS NULL)
        FROM app.spend WHERE run_id = %s"""
    with database.connect() as connection:
        return connection.execute(query, [run_id]).fetchone()


class Held:
    """Replies, but for the second part: there it waits until it may go on."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, asked: Asked) -> dict[str, Any]:
        if "part 1 of" in asked.user:
            self.begun.set()
            assert self.may_end.wait(60)
        return honest(asked)


def test_a_killed_worker_leaves_its_answers_to_the_next(
    make_database: Callable[[], Database], tmp_path: Path
) -> None:
    database, here, held = make_database(), uuid4(), Held()
    with scripted(held) as provider:
        source_id = asyncio.run(upload(database, here, parts("", "", "", times=LONG_TURN)))
        with working(database, provider, tmp_path) as first:
            assert held.begun.wait(120)
            first.kill()
            first.wait()
        held.may_end.set()
        assert shown(provider) == ["0", "1"]
        with working(database, provider, tmp_path):
            run = run_of(database, source_id)
    assert shown(provider)[2:] == ["1", "2"]
    assert (run["outcome"], run["extractor"], run["calls"]) == ("complete", "openai", 4)
    assert spent(database, run["id"]) == (run["tokens_in"], run["tokens_out"], 1)
