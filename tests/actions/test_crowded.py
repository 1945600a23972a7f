"""One workspace is read four sources at a time; what waits loses neither job nor attempt."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from live import Database
from procrastinate.jobs import Job
from sending import TALK, send

from service.actions.reading import MOST_RUNNING, Crowded
from service.db import attempts
from service.db.doors import Doors
from service.errors import ModelAway
from service.jobs.worker import MOST_INDEXINGS, _Soon


def job(attempts_made: int) -> Job:
    return Job(
        queue="sources", lock=None, queueing_lock=None, task_name="x", attempts=attempts_made
    )


async def start(doors: Doors, here: UUID, number: int) -> UUID:
    """A source that is being read."""
    source_id = (await send(doors, here, f"{TALK} Part {number}.")).source_id
    async with doors.workspace_transaction(here) as tx:
        await attempts.begin_attempt(tx, here, source_id, attempt=uuid4())
    return source_id


async def test_the_fifth_comes_again(doors: Doors, database: Database) -> None:
    from service.actions.extraction import LocalExtractor, Tools
    from service.actions.reading import read_source
    from service.embed.load import load

    here = uuid4()
    for number in range(MOST_RUNNING):
        await start(doors, here, number)
    fifth = (await send(doors, here, f"{TALK} The fifth.")).source_id
    embedder = load("tiny", cache_dir=database.cluster.data_dir).embedder
    ids = {"workspace_id": here, "source_id": fifth, "attempt": uuid4()}
    with pytest.raises(Crowded):
        await read_source(doors, Tools(LocalExtractor(), embedder), **ids)
    with database.connect() as connection:
        row = connection.execute(
            "SELECT status, attempts FROM app.source WHERE id = %s", [fifth]
        ).fetchone()
    assert row == ("queued", 0)


async def test_one_that_runs_again_does_not_wait_for_itself(doors: Doors) -> None:
    here = uuid4()
    running = [await start(doors, here, number) for number in range(MOST_RUNNING)]
    async with doors.workspace_transaction(here) as tx:
        others = await attempts.count_running(tx, here, beside=running[0])
    assert others == MOST_RUNNING - 1


def test_what_does_not_begin_is_tried_for_ever() -> None:
    decision = _Soon().get_retry_decision(exception=OSError(), job=job(1000))
    assert decision is not None
    assert decision.retry_at is not None


def test_a_model_that_is_away_says_when_it_is_asked_again() -> None:
    away = ModelAway(retry_after_s=600)
    decision = _Soon().get_retry_decision(exception=away, job=job(1))
    assert decision is not None
    assert decision.retry_at is not None
    wait_s = (decision.retry_at - datetime.now(UTC)).total_seconds()
    assert 595 < wait_s <= 600


def test_an_index_is_given_up() -> None:
    soon = _Soon(most=MOST_INDEXINGS)
    assert soon.get_retry_decision(exception=OSError(), job=job(MOST_INDEXINGS - 1)) is not None
    assert soon.get_retry_decision(exception=OSError(), job=job(MOST_INDEXINGS)) is None
