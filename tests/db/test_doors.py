"""The doors: what an outage looks like from inside, and what a transaction leaves behind."""

import asyncio
import os
import random
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from live import Database
from sending import send

from service.db import jobs, migrate
from service.db.doors import Doors, open_doors, require_open
from service.db.embedded.cluster import Cluster
from service.db.embedded.lease import acquire, remove_cluster
from service.db.embedded.postmaster import find_running
from service.db.tables import customer
from service.errors import Unavailable

ABSENT = "postgresql+psycopg://baton_app:x@127.0.0.1:9/baton"
"""The port of discard, where nobody listens."""


class Fault(Exception):
    """Thrown in by a test."""


@pytest.fixture
async def lone(database: Database) -> AsyncIterator[Doors]:
    opened = open_doors(database.url("baton_app"), database.url("baton_system"), size=1)
    yield opened
    await opened.close()


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A server that a test may end."""
    with acquire(tmp_path / "own", durable=False, linger_s=0.2) as lease:
        migrate.upgrade(lease.cluster.url("baton_owner"))
        yield lease.cluster
    remove_cluster(tmp_path / "own")


async def refs(doors: Doors, workspace_id: UUID) -> list[str]:
    async with doors.workspace_transaction(workspace_id) as tx:
        return list(await tx.scalars(sa.select(customer.c.ref).order_by(customer.c.ref)))


async def add(doors: Doors, workspace_id: UUID, ref: str) -> None:
    async with doors.workspace_transaction(workspace_id) as tx:
        row = {"workspace_id": workspace_id, "id": uuid4(), "ref": ref}
        await tx.execute(customer.insert().values(row))


# --- outages -------------------------------------------------------------------------------------


async def test_where_nobody_listens_it_is_told_within_two_seconds() -> None:
    away = open_doors(ABSENT, ABSENT)
    started = time.monotonic()
    with pytest.raises(Unavailable) as raised:
        await require_open(away)
    assert time.monotonic() - started < 2
    assert (raised.value.status, raised.value.retry_after_s) == (503, 5)
    await away.close()


async def test_where_nobody_answers_it_is_told_soon() -> None:
    """A listener that takes connections and never says a word."""
    mute = socket.create_server(("127.0.0.1", 0))
    port = mute.getsockname()[1]
    away = open_doors(ABSENT.replace(":9/", f":{port}/"), ABSENT)
    started = time.monotonic()
    with pytest.raises(Unavailable):
        await refs(away, uuid4())
    assert time.monotonic() - started < 2.5
    await away.close()
    mute.close()


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL])
async def test_a_server_that_ends_in_mid_transaction_is_away(
    own_cluster: Cluster, kind: signal.Signals
) -> None:
    opened = open_doors(own_cluster.url("baton_app"), own_cluster.url("baton_system"), size=2)
    here = uuid4()

    async def write() -> None:
        async with opened.workspace_transaction(here) as tx:
            row = {"workspace_id": here, "id": uuid4(), "ref": "lost"}
            await tx.execute(customer.insert().values(row))
            end(own_cluster, kind)
            for _ in range(100):  # after kill -9 its children notice only moments later
                await tx.execute(sa.text("SELECT pg_sleep(0.05)"))

    with pytest.raises(Unavailable):
        await write()
    started = time.monotonic()
    with pytest.raises(Unavailable):
        await refs(opened, here)
    assert time.monotonic() - started < 2
    await opened.close()


async def test_it_goes_on_by_itself_once_the_server_is_back(own_cluster: Cluster) -> None:
    opened = open_doors(own_cluster.url("baton_app"), own_cluster.url("baton_system"), size=2)
    here = uuid4()
    await add(opened, here, "kept")
    end(own_cluster, signal.SIGINT)
    with pytest.raises(Unavailable):
        await refs(opened, here)
    await asyncio.to_thread(lambda: acquire(own_cluster.data_dir, durable=False).release())
    assert await refs(opened, here) == ["kept"]
    await opened.close()


def end(cluster: Cluster, kind: signal.Signals) -> None:
    """Stop the server that the test owns, by its process id, and wait until it is gone."""
    running = find_running(cluster.data)
    assert running
    os.kill(running.pid, kind)
    until = time.monotonic() + 20
    while find_running(cluster.data):
        assert time.monotonic() < until
        time.sleep(0.02)


async def test_no_free_connection_is_an_outage_not_a_wait(lone: Doors) -> None:
    started = time.monotonic()
    async with lone.workspace_transaction(uuid4()):
        with pytest.raises(Unavailable):
            await refs(lone, uuid4())
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "statement",
    ["SET LOCAL statement_timeout = 50; SELECT pg_sleep(5)", "SELECT 1 / 0", "SELECT * FROM nil"],
)
async def test_a_statement_of_ours_that_fails_is_no_outage(lone: Doors, statement: str) -> None:
    with pytest.raises(sa.exc.DBAPIError):
        async with lone.workspace_transaction(uuid4()) as tx:
            await tx.exec_driver_sql(statement)
    assert await refs(lone, uuid4()) == []


async def test_a_connection_that_is_cut_while_a_job_goes_in_is_an_outage(
    lone: Doors, database: Database
) -> None:
    async def enqueue() -> None:
        async with lone.workspace_transaction(uuid4()) as tx:
            pid = await tx.scalar(sa.text("SELECT pg_backend_pid()"))
            with database.connect() as superuser:
                superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
            await jobs.enqueue(tx, jobs.READ_SOURCE, workspace_id=uuid4(), source_id=uuid4())

    with pytest.raises(Unavailable):
        await enqueue()


# --- what is left behind -------------------------------------------------------------------------


async def test_a_rolled_back_transaction_leaves_nothing(lone: Doors) -> None:
    here = uuid4()

    async def write() -> None:
        async with lone.workspace_transaction(here) as tx:
            row = {"workspace_id": here, "id": uuid4(), "ref": "never"}
            await tx.execute(customer.insert().values(row))
            raise Fault

    with pytest.raises(Fault):
        await write()
    assert await refs(lone, here) == []


async def test_settings_do_not_leak_to_the_next_user(lone: Doors) -> None:
    """Of the one connection: neither the workspace nor a bound, after a commit or an error."""
    names = ("app.workspace_id", "statement_timeout", "enable_nestloop")
    before = await settings(lone, names)
    await add(lone, uuid4(), "somebody")
    async with lone.workspace_transaction(uuid4()) as tx:
        await tx.execute(sa.text("SET LOCAL enable_nestloop = off"))
        assert await tx.scalar(sa.text("SELECT current_setting('statement_timeout')")) == "30s"
    with pytest.raises(sa.exc.DataError):
        async with lone.workspace_transaction(uuid4()) as tx:
            await tx.execute(sa.text("SELECT 1 / 0"))
    assert await settings(lone, names) == before
    assert await refs(lone, uuid4()) == []


async def settings(doors: Doors, names: tuple[str, ...]) -> list[str]:
    """As a user finds them who enters no workspace."""
    query = sa.text(
        "SELECT coalesce(current_setting(n, true), '') FROM unnest(CAST(:names AS text[])) AS n"
    )
    async with doors.app.connect() as connection:
        return list(await connection.scalars(query, {"names": list(names)}))


# --- source and job: both or neither -------------------------------------------------------------


def stored_and_queued(database: Database, workspace_id: UUID) -> tuple[set[str], set[str]]:
    """Ids of the sources, and of the sources that jobs name."""
    with database.connect() as connection:
        stored = connection.execute(
            "SELECT id FROM app.source WHERE workspace_id = %s", [workspace_id]
        )
        found = {str(row[0]) for row in stored}
        queued = connection.execute(
            "SELECT args ->> 'source_id' FROM procrastinate_jobs"
            " WHERE args ->> 'workspace_id' = %s",
            [str(workspace_id)],
        )
        return found, {str(row[0]) for row in queued}


async def test_source_and_job_are_stored_together_or_not_at_all(
    make_database: Callable[[], Database],
) -> None:
    """A fault before a statement of the upload, each round before another, and often none."""
    database = make_database()  # a worker of the shared one would take the jobs
    lone = open_doors(database.url("baton_app"), database.url("baton_system"), size=1)
    chance = random.Random(17)  # noqa: S311 - a seed for repeatable rounds
    here, left, thrown = uuid4(), [0], 0

    @sa.event.listens_for(lone.app.sync_engine, "before_cursor_execute")
    def count_down(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Fault

    for number in range(200):
        left[0] = chance.randint(1, 14)
        text = f"Kim: We need key {number}."
        try:
            await send(lone, here, text, customer="Acme", deal=f"deal {number % 7}")
        except Fault:
            thrown += 1
    stored, queued = stored_and_queued(database, here)
    assert stored == queued
    assert (len(stored), thrown) == (200 - thrown, 200 - len(stored))
    assert 50 < thrown < 180
    await lone.close()


async def test_a_job_that_cannot_go_in_takes_its_source_with_it(
    database: Database, lone: Doors
) -> None:
    """The fault is behind the insert of the job, too: at the commit."""
    here = uuid4()

    @sa.event.listens_for(lone.app.sync_engine, "commit")
    def refuse(_: object) -> None:
        raise Fault

    with pytest.raises(Fault):
        await send(lone, here, "Kim: Two keys.")
    assert stored_and_queued(database, here) == (set(), set())


async def test_uploads_at_once_have_a_job_each(make_database: Callable[[], Database]) -> None:
    database, here = make_database(), uuid4()  # a worker of the shared one would take the jobs
    doors = open_doors(database.url("baton_app"), database.url("baton_system"))
    deals = [f"deal {number}" for number in range(8)]
    await asyncio.gather(*(send(doors, here, "Kim: Two keys.", deal=deal) for deal in deals))
    stored, queued = stored_and_queued(database, here)
    assert len(stored) == 8
    assert stored == queued
    await doors.close()
