"""Erasing tells what it took, leaves nothing, and touches nobody else."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from live import Database
from search_world import fill
from sending import TALK, erase, send

from service.db.doors import Doors
from service.db.tables import WALLED
from service.errors import NotFound

NOWHERE = "5a1f0000-0000-4000-8000-00000000dead"


async def counts(doors: Doors, workspace_id: UUID) -> dict[str, int]:
    async with doors.workspace_transaction(workspace_id) as tx:
        found = {
            table.name: await tx.scalar(sa.select(sa.func.count()).select_from(table))
            for table in WALLED
        }
    return {name: int(n or 0) for name, n in found.items()}


async def test_it_tells_what_it_took_table_by_table(doors: Doors) -> None:
    here = uuid4()
    world = await fill(doors, here, seed=5, sources_=3)
    before = await counts(doors, here)
    gone = world.rows[0].source["id"]
    removed = await erase(doors, here, gone)
    after = await counts(doors, here)
    taken = {name: before[name] - after[name] for name in before if before[name] > after[name]}
    assert removed.removed == taken
    assert removed.residue == 0
    assert {"source", "turn", "claim", "evidence", "passage", "posting", "vector"} <= taken.keys()
    assert after["source"] == 2


async def test_its_jobs_go_with_it(doors: Doors, database: Database) -> None:
    here = uuid4()
    kept, gone = await send(doors, here, TALK), await send(doors, here, "Kim: Two keys.")
    removed = await erase(doors, here, gone.source_id)
    assert (removed.removed["job"], removed.residue) == (1, 0)
    query = "SELECT args ->> 'source_id' FROM procrastinate_jobs"
    query += " WHERE args ->> 'workspace_id' = %s"
    with database.connect() as connection:
        left = connection.execute(query.encode(), [str(here)]).fetchall()
    assert left == [(str(kept.source_id),)]


async def test_twice_is_not_found(doors: Doors) -> None:
    here = uuid4()
    gone = str((await send(doors, here, TALK)).source_id)
    await erase(doors, here, gone)
    with pytest.raises(NotFound):
        await erase(doors, here, gone)


@pytest.mark.parametrize("source_id", ["", "x", "0", NOWHERE, "' OR 1 = 1 --"])
async def test_what_is_no_source_is_not_found(doors: Doors, source_id: str) -> None:
    with pytest.raises(NotFound):
        await erase(doors, uuid4(), source_id)


async def test_a_strangers_source_is_not_found_and_stays(doors: Doors, database: Database) -> None:
    here = uuid4()
    stored = await send(doors, here, TALK)
    before = await counts(doors, here)
    with pytest.raises(NotFound):
        await erase(doors, uuid4(), stored.source_id)
    assert await counts(doors, here) == before
    with database.connect() as connection:
        query = "SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'source_id' = %s"
        assert connection.execute(query, [str(stored.source_id)]).fetchone() == (1,)


async def test_what_was_erased_can_be_sent_anew(doors: Doors) -> None:
    here = uuid4()
    first = await send(doors, here, TALK)
    await erase(doors, here, first.source_id)
    again = await send(doors, here, TALK)
    assert not again.is_replay
    assert again.source_id != first.source_id
