"""Taking a source away, counted before and after, table by table."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from service.db.tables import WALLED, passage, source


async def lock_source(tx: AsyncConnection, workspace_id: UUID, source_id: UUID) -> bool:
    """Hold the row, so that no attempt can write to it any more; False where there is none."""
    ours = sa.and_(source.c.workspace_id == workspace_id, source.c.id == source_id)
    locked = sa.select(source.c.id).where(ours).with_for_update()
    return (await tx.execute(locked)).one_or_none() is not None


async def erase_source(tx: AsyncConnection, workspace_id: UUID, source_id: UUID) -> None:
    """Delete the row; what belongs to the source goes with it."""
    ours = sa.and_(source.c.workspace_id == workspace_id, source.c.id == source_id)
    await tx.execute(source.delete().where(ours))


async def list_passages(tx: AsyncConnection, workspace_id: UUID, source_id: UUID) -> list[int]:
    """Ids of the passages, taken before they go: what hangs on them is counted by id."""
    ours = sa.and_(passage.c.workspace_id == workspace_id, passage.c.source_id == source_id)
    return [int(id_) for id_ in await tx.scalars(sa.select(passage.c.id).where(ours))]


async def count_rows(
    tx: AsyncConnection, workspace_id: UUID, source_id: UUID, *, passage_ids: Sequence[int]
) -> dict[str, int]:
    """Rows of each table that belong to the source, the source itself among them."""
    counted = {}
    for table in WALLED:
        condition = _belongs(table, source_id, passage_ids)
        if condition is not None:
            here = sa.and_(table.c.workspace_id == workspace_id, condition)
            rows = sa.select(sa.func.count()).select_from(table).where(here)
            counted[table.name] = int(await tx.scalar(rows) or 0)
    return counted


def _belongs(
    table: sa.Table, source_id: UUID, passage_ids: Sequence[int]
) -> sa.ColumnElement[bool] | None:
    if table is source:
        return table.c.id == source_id
    if "source_id" in table.c:
        return table.c.source_id == source_id
    if "passage_id" in table.c:
        return table.c.passage_id.in_(passage_ids)
    return None
