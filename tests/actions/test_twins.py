"""The same upload again and again, also at the same moment: one source, one job."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from live import Database
from sending import TALK, send

from schemas.source import Status
from service.actions.upload import Stored
from service.db import attempts
from service.db.doors import Doors, open_doors
from service.errors import DealCustomerClash


@pytest.fixture
async def doors(database: Database) -> AsyncIterator[Doors]:
    """As wide as a server's, so that eight at once wait for each other and not for a door."""
    opened = open_doors(database.url("baton_app"), database.url("baton_system"))
    yield opened
    await opened.close()


def jobs_of(database: Database, workspace_id: UUID) -> Counter[str]:
    """How many jobs name each source."""
    query = "SELECT args ->> 'source_id' FROM procrastinate_jobs WHERE args ->> 'workspace_id' = %s"
    with database.connect() as connection:
        return Counter(str(row[0]) for row in connection.execute(query, [str(workspace_id)]))


def states(stored: list[Stored]) -> tuple[int, int]:
    """How many sources, how many replays."""
    return len({one.source_id for one in stored}), sum(one.is_replay for one in stored)


@pytest.mark.parametrize("deal", [None, "D-1"])
async def test_eight_at_once_are_one_source(
    doors: Doors, database: Database, deal: str | None
) -> None:
    for _ in range(5):
        here = uuid4()
        stored = await asyncio.gather(*(send(doors, here, TALK, deal=deal) for _ in range(8)))
        assert states(stored) == (1, 7)
        assert list(jobs_of(database, here).values()) == [1]


async def test_eight_at_once_under_one_key_are_one_source(doors: Doors, database: Database) -> None:
    here = uuid4()
    stored = await asyncio.gather(*(send(doors, here, TALK, key="once") for _ in range(8)))
    assert states(stored) == (1, 7)
    assert list(jobs_of(database, here).values()) == [1]


async def test_the_same_words_for_another_deal_or_workspace_are_another_source(
    doors: Doors, database: Database
) -> None:
    here, there = uuid4(), uuid4()
    where = [(here, None), (here, "D-1"), (here, "D-2"), (there, None), (there, "D-1")]
    stored = await asyncio.gather(*(send(doors, space, TALK, deal=deal) for space, deal in where))
    assert states(stored) == (5, 0)
    assert (len(jobs_of(database, here)), len(jobs_of(database, there))) == (3, 2)


async def test_new_customers_and_deals_named_at_once_are_made_once(
    doors: Doors, database: Database
) -> None:
    here = uuid4()
    texts = [f"Kim: We need key {number}." for number in range(8)]
    stored = await asyncio.gather(
        *(send(doors, here, text, customer="Acme", deal="D-1") for text in texts)
    )
    assert states(stored) == (8, 0)
    query = "SELECT (SELECT count(*) FROM app.customer WHERE workspace_id = %(here)s), count(*)"
    query += " FROM app.deal WHERE workspace_id = %(here)s"
    with database.connect() as connection:
        assert connection.execute(query.encode(), {"here": here}).fetchone() == (1, 1)


async def test_a_deal_of_two_customers_is_refused_and_stores_nothing(
    doors: Doors, database: Database
) -> None:
    here = uuid4()
    await send(doors, here, TALK, customer="Acme", deal="D-1")
    with pytest.raises(DealCustomerClash):
        await send(doors, here, "Kim: Two keys.", customer="Other", deal="D-1")
    assert len(jobs_of(database, here)) == 1
    with database.connect() as connection:
        refs = connection.execute("SELECT ref FROM app.customer WHERE workspace_id = %s", [here])
        assert refs.fetchall() == [("Acme",)]


async def test_a_twin_that_failed_is_queued_again_once(doors: Doors, database: Database) -> None:
    here = uuid4()
    first = await send(doors, here, TALK)
    async with doors.workspace_transaction(here) as tx:
        await attempts.set_status(tx, here, first.source_id, status=Status.FAILED)
    again = await asyncio.gather(*(send(doors, here, TALK) for _ in range(8)))
    assert states(again) == (1, 8)
    assert {one.status for one in again} == {Status.QUEUED}
    assert jobs_of(database, here) == {str(first.source_id): 2}
