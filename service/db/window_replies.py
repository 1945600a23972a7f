"""What a model has answered for windows of a source that is not wholly read."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from service.db.reading_tables import window_reply
from service.db.tables import Transaction
from service.errors import NotFound


async def list_replies(
    tx: Transaction, workspace_id: UUID, source_id: UUID
) -> dict[bytes, dict[str, Any] | None]:
    """By recipe; None: that window was split."""
    chosen = sa.select(window_reply.c.recipe, window_reply.c.reply)
    rows = await tx.execute(chosen.where(_of(workspace_id, source_id)))
    return {bytes(row.recipe): row.reply for row in rows}


async def insert_reply(tx: Transaction, row: dict[str, Any]) -> None:
    """Keep an answer. Raises NotFound where its source is gone."""
    try:
        await tx.execute(insert(window_reply).values(row).on_conflict_do_nothing())
    except sa.exc.IntegrityError as error:
        raise NotFound("The source was erased while it was read.") from error


async def delete_replies(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """The source is wholly read: nothing is taken up again."""
    await tx.execute(window_reply.delete().where(_of(workspace_id, source_id)))


def _of(workspace_id: UUID, source_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(
        window_reply.c.workspace_id == workspace_id, window_reply.c.source_id == source_id
    )
