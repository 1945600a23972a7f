"""Evidence that points past its turn is found, wherever it came from."""

from dataclasses import astuple
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from search_world import World, fill

from service.db import tables
from service.db.audit import BadSpan, find_bad_spans
from service.db.doors import Doors


@pytest.fixture
async def world(doors: Doors) -> World:
    """Its turns say "told": four code points."""
    return await fill(doors, uuid4(), seed=6, sources_=3)


async def audited(doors: Doors, workspace_id: UUID) -> list[BadSpan]:
    async with doors.workspace_transaction(workspace_id) as tx:
        return await find_bad_spans(tx, workspace_id)


async def plant(doors: Doors, world: World, *, start: int, end: int) -> UUID:
    """A second span of some claim, as a wrong program might store it; the claim."""
    claim = next(row.claim for row in world.rows if row.claim)
    here = {"workspace_id": world.workspace_id, "claim_id": claim["id"], "number": 1}
    span = {"source_id": claim["source_id"], "turn": 0, "start_cp": start, "end_cp": end}
    async with doors.workspace_transaction(world.workspace_id) as tx:
        await tx.execute(tables.evidence.insert().values(here | span))
    return UUID(str(claim["id"]))


async def test_healthy_evidence_gives_none(doors: Doors, world: World) -> None:
    async with doors.workspace_transaction(world.workspace_id) as tx:
        spans = await tx.scalar(sa.select(sa.func.count()).select_from(tables.evidence))
    assert spans
    assert await audited(doors, world.workspace_id) == []


@pytest.mark.parametrize(("start", "end"), [(0, 5), (4, 5), (3, 900)])
async def test_a_span_past_its_turn_is_found(
    doors: Doors, world: World, start: int, end: int
) -> None:
    claim_id = await plant(doors, world, start=start, end=end)
    (found,) = await audited(doors, world.workspace_id)
    assert (found.claim_id, found.number) == (claim_id, 1)
    assert astuple(found)[3:] == (0, start, end, 4)


@pytest.mark.parametrize(("start", "end"), [(0, 4), (3, 4)])
async def test_a_span_that_ends_with_its_turn_is_fine(
    doors: Doors, world: World, start: int, end: int
) -> None:
    await plant(doors, world, start=start, end=end)
    assert await audited(doors, world.workspace_id) == []


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2)])
async def test_a_span_that_is_none_is_refused_by_the_table(
    doors: Doors, world: World, start: int, end: int
) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="evidence_span_check"):
        await plant(doors, world, start=start, end=end)


async def test_lengths_are_code_points(doors: Doors, world: World) -> None:
    """As offsets are: neither bytes nor UTF-16 units."""
    claim = next(row.claim for row in world.rows if row.claim)
    turn = {"turn": 1, "side": "unknown", "side_rule": "none", "text": "\N{PARTY POPPER}é東"}
    ids = {"workspace_id": world.workspace_id, "source_id": claim["source_id"]}
    span = {"claim_id": claim["id"], "turn": 1, "start_cp": 0}
    async with doors.workspace_transaction(world.workspace_id) as tx:
        await tx.execute(tables.turn.insert().values(ids | turn))
        spans = [ids | span | {"number": end, "end_cp": end} for end in (3, 4)]
        await tx.execute(tables.evidence.insert().values(spans))
    assert [(bad.number, bad.length) for bad in await audited(doors, world.workspace_id)] == [
        (4, 3)
    ]


async def test_one_workspace_is_looked_over_at_a_time(doors: Doors, world: World) -> None:
    other = await fill(doors, uuid4(), seed=7, sources_=3)
    await plant(doors, other, start=0, end=9)
    assert await audited(doors, world.workspace_id) == []
    assert len(await audited(doors, other.workspace_id)) == 1
