"""What of a pile of files is stored already, and how far it is read."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from schemas.source import Status
from service.db.tables import Record, Transaction, deal, original, source


async def find_arrival(
    tx: Transaction, workspace_id: UUID, *, content_hash: bytes, deal_ref: str | None
) -> Record | None:
    """The source that holds these bytes for that deal, unless it failed: that is sent again."""
    of_source = sa.and_(
        source.c.workspace_id == original.c.workspace_id, source.c.id == original.c.source_id
    )
    of_deal = sa.and_(deal.c.workspace_id == source.c.workspace_id, deal.c.id == source.c.deal_id)
    chosen = (
        sa.select(source.c.id, source.c.status)
        .select_from(original.join(source, of_source).outerjoin(deal, of_deal))
        .where(original.c.workspace_id == workspace_id, original.c.content_hash == content_hash)
        .where(deal.c.ref.is_not_distinct_from(deal_ref), source.c.status != Status.FAILED)
        .limit(1)
    )
    found: Record | None = (await tx.execute(chosen)).one_or_none()
    return found


async def list_states(
    tx: Transaction, workspace_id: UUID, source_ids: Sequence[UUID]
) -> Sequence[Record]:
    """Where these sources stand; one that was erased is left out."""
    chosen = sa.select(source.c.id, source.c.status, source.c.error).where(
        source.c.workspace_id == workspace_id, source.c.id.in_(source_ids)
    )
    return (await tx.execute(chosen)).all()
