"""Attempts that meet each other, or an erasure: only one writes, and only to what is there."""

import asyncio
import threading
from collections.abc import Sequence
from uuid import UUID, uuid4

import numpy as np
import pytest
from live import Database
from sending import TALK, erase, send

from schemas.source import Status
from service.actions.extraction import LocalExtractor, Tools
from service.actions.reading import MAX_ATTEMPTS, end_badly, read_source
from service.db import attempts
from service.db.doors import Doors
from service.db.job_health import Ended
from service.db.tables import WALLED
from service.embed.embedder import Vectors
from service.errors import EmbedderDown


class Even:
    """Embeds everything alike; `held`: only once it is told to go on."""

    name = "even/1"
    width = 4

    def __init__(self, *, held: bool = False) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        if not held:
            self.may_end.set()

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.begun.set()
        assert self.may_end.wait(60)
        return np.full((len(texts), self.width), 0.5, dtype=np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self.passages([text])[0])


async def test_an_attempt_writes_the_note_and_its_index(doors: Doors, database: Database) -> None:
    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    await read(doors, here, source_id, Even())
    found = rows(database, here)
    assert found["note"] == found["run"] == found["source"] == 1
    assert min(found[name] for name in ("claim", "evidence", "passage", "posting", "vector")) > 0
    assert status(database, source_id) == ("ready", 1, None)


async def read(doors: Doors, here: UUID, source_id: UUID, embedder: Even) -> None:
    """One attempt, with a token of its own."""
    ids = {"workspace_id": here, "source_id": source_id, "attempt": uuid4()}
    await read_source(doors, Tools(LocalExtractor(), embedder), **ids)


def rows(database: Database, workspace_id: UUID) -> dict[str, int]:
    """How many rows each table holds of a workspace, as nobody's policy shows them."""
    with database.connect() as connection:
        counted = {}
        for table in WALLED:
            query = f"SELECT count(*) FROM app.{table.name} WHERE workspace_id = %s"  # noqa: S608 - our tables
            row = connection.execute(query, [workspace_id]).fetchone()
            counted[table.name] = int(str(row and row[0]))
        return counted


def status(database: Database, source_id: UUID) -> tuple[object, ...] | None:
    with database.connect() as connection:
        query = "SELECT status, attempts, error ->> 'type' FROM app.source WHERE id = %s"
        return connection.execute(query, [source_id]).fetchone()


async def test_what_is_erased_in_mid_attempt_stays_erased(doors: Doors, database: Database) -> None:
    here, embedder = uuid4(), Even(held=True)
    source_id = (await send(doors, here, TALK)).source_id
    late = asyncio.create_task(read(doors, here, source_id, embedder))
    await asyncio.to_thread(embedder.begun.wait, 60)
    removed = await erase(doors, here, source_id)
    embedder.may_end.set()
    await late
    assert removed.residue == 0
    assert {name: n for name, n in rows(database, here).items() if n} == {}


async def test_an_attempt_that_was_overtaken_writes_nothing(
    doors: Doors, database: Database
) -> None:
    here, slow = uuid4(), Even(held=True)
    source_id = (await send(doors, here, TALK)).source_id
    late = asyncio.create_task(read(doors, here, source_id, slow))
    await asyncio.to_thread(slow.begun.wait, 60)
    await read(doors, here, source_id, Even())
    before = rows(database, here)
    slow.may_end.set()
    await late
    assert rows(database, here) == before
    assert before["note"] == before["run"] == 1
    assert status(database, source_id) == ("ready", 2, None)


async def test_a_source_that_is_read_is_left_alone(doors: Doors, database: Database) -> None:
    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    for _ in range(2):
        await read(doors, here, source_id, Even())
    assert rows(database, here)["note"] == 1
    assert status(database, source_id) == ("ready", 1, None)


async def begun(doors: Doors, here: UUID, source_id: UUID) -> UUID:
    """An attempt that has taken the source; its token."""
    token = uuid4()
    async with doors.workspace_transaction(here) as tx:
        assert await attempts.begin_attempt(tx, here, source_id, attempt=token)
    return token


async def end(doors: Doors, here: UUID, source_id: UUID, token: UUID) -> Ended | None:
    ids = {"workspace_id": here, "source_id": source_id, "attempt": token}
    return await end_badly(doors, RuntimeError("what Kim said"), **ids)


async def test_a_bad_end_is_tried_again_until_the_last(doors: Doors, database: Database) -> None:
    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    for number in range(1, MAX_ATTEMPTS + 1):
        token = await begun(doors, here, source_id)
        ended = await end(doors, here, source_id, token)
        is_last = number == MAX_ATTEMPTS
        state = Status.FAILED if is_last else Status.QUEUED
        assert ended is (Ended.FAILED if is_last else Ended.AGAIN)
        assert status(database, source_id) == (state, number, "/problems/reading-failed")


async def test_a_bad_end_names_the_class_and_no_text(doors: Doors, database: Database) -> None:
    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    await end(doors, here, source_id, await begun(doors, here, source_id))
    with database.connect() as connection:
        query = "SELECT error::text FROM app.source WHERE id = %s"
        row = connection.execute(query, [source_id]).fetchone()
    assert row
    assert "RuntimeError" in str(row[0])
    assert "Kim" not in str(row[0])


async def test_a_bad_end_of_an_attempt_that_was_overtaken_changes_nothing(
    doors: Doors, database: Database
) -> None:
    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    stale = await begun(doors, here, source_id)
    await begun(doors, here, source_id)
    assert await end(doors, here, source_id, stale) is None
    assert status(database, source_id) == ("running", 2, None)


async def test_a_bad_end_of_what_is_done_or_gone_changes_nothing(
    doors: Doors, database: Database
) -> None:
    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    stale = await begun(doors, here, source_id)
    await read(doors, here, source_id, Even())
    assert await end(doors, here, source_id, stale) is None
    assert status(database, source_id) == ("ready", 2, None)
    await erase(doors, here, source_id)
    assert await end(doors, here, source_id, stale) is None


async def test_one_start_too_many_is_a_dead_letter(doors: Doors, database: Database) -> None:
    """Each of its workers ended without a word."""
    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    for _ in range(MAX_ATTEMPTS):
        await begun(doors, here, source_id)
    await read(doors, here, source_id, Even())
    assert status(database, source_id) == ("failed", MAX_ATTEMPTS + 1, "/problems/dead-letter")
    assert rows(database, here)["note"] == 0


async def test_an_embedder_that_fails_leaves_nothing_half_written(
    doors: Doors, database: Database
) -> None:
    class Broken(Even):
        def passages(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError(len(texts))

    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    with pytest.raises(MemoryError):
        await read(doors, here, source_id, Broken())
    found = rows(database, here)
    assert (found["note"], found["run"], found["claim"], found["passage"]) == (0, 0, 0, 0)


async def test_what_it_needs_being_away_costs_no_attempt(doors: Doors, database: Database) -> None:
    here = uuid4()
    source_id = (await send(doors, here, TALK)).source_id
    for _ in range(MAX_ATTEMPTS + 2):
        token = uuid4()
        async with doors.workspace_transaction(here) as tx:
            await attempts.begin_attempt(tx, here, source_id, attempt=token)
        ids = {"workspace_id": here, "source_id": source_id, "attempt": token}
        assert await end_badly(doors, EmbedderDown(), **ids) is Ended.AGAIN
    assert status(database, source_id)[:2] == ("queued", 0)
