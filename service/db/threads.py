"""Which mail belongs to which thread: every message id that a source holds or refers to."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from service.db.tables import Record, Transaction, mention, source


async def lock_mail(tx: Transaction, workspace_id: UUID) -> None:
    """One mail at a time: two messages of a new thread must not make two sources."""
    await tx.execute(
        sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
        {"name": f"baton mail {workspace_id}"},
    )


async def find_thread(
    tx: Transaction,
    workspace_id: UUID,
    message_ids: Sequence[str],
    *,
    customer_id: UUID | None,
    deal_id: UUID | None,
) -> Record | None:
    """The oldest thread that knows one of these messages, locked; never another customer's."""
    known = sa.select(mention.c.source_id).where(
        mention.c.workspace_id == workspace_id, mention.c.message_id.in_(message_ids)
    )
    same = [source.c.workspace_id == workspace_id, source.c.id.in_(known)]
    if customer_id is not None:
        same.append(sa.or_(source.c.customer_id == customer_id, source.c.customer_id.is_(None)))
    if deal_id is not None:
        same.append(sa.or_(source.c.deal_id == deal_id, source.c.deal_id.is_(None)))
    oldest = sa.select(source).where(*same).order_by(source.c.created_at, source.c.id).limit(1)
    found: Record | None = (await tx.execute(oldest.with_for_update())).one_or_none()
    return found


async def has_message(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, message_id: str
) -> bool:
    """Whether the thread holds the message itself, not only a reference to it."""
    own = sa.and_(
        mention.c.workspace_id == workspace_id,
        mention.c.source_id == source_id,
        mention.c.message_id == message_id,
        mention.c.is_own,
    )
    return await tx.scalar(sa.select(sa.literal(1)).where(own)) is not None


async def insert_mentions(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    message_id: str | None,
    references: Sequence[str],
) -> None:
    """Remember a message's own id, and those it refers to: their messages may still come."""
    ids = dict.fromkeys(references, False)
    if message_id is not None:
        ids[message_id] = True
    rows = [
        {
            "workspace_id": workspace_id,
            "source_id": source_id,
            "message_id": one,
            "is_own": is_own,
        }
        for one, is_own in sorted(ids.items())
    ]
    if rows:
        new = insert(mention).values(rows)
        key = ["workspace_id", "source_id", "message_id"]
        came = mention.c.is_own | new.excluded.is_own
        await tx.execute(new.on_conflict_do_update(index_elements=key, set_={"is_own": came}))
