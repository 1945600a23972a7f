"""Which mail belongs to which thread: every message id that a source holds or refers to."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from schemas.source import Kind
from service.db.tables import Record, Transaction, mention, source, turn

MOST = 20
"""Threads that are looked at for one message."""


async def lock_mail(tx: Transaction, workspace_id: UUID) -> None:
    """One mail at a time: two messages of a new thread must not make two sources."""
    await tx.execute(
        sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
        {"name": f"baton mail {workspace_id}"},
    )


async def list_by_ids(
    tx: Transaction,
    workspace_id: UUID,
    message_ids: Sequence[str],
    *,
    customer_id: UUID | None,
    deal_id: UUID | None,
) -> Sequence[Record]:
    """The threads that know one of these messages, oldest first; never another customer's."""
    known = sa.select(mention.c.source_id).where(
        mention.c.workspace_id == workspace_id, mention.c.message_id.in_(message_ids)
    )
    mine = _of(workspace_id, customer_id, deal_id)
    return await _oldest_first(tx, [*mine, source.c.id.in_(known)])


async def list_by_subject(
    tx: Transaction,
    workspace_id: UUID,
    subject: str,
    *,
    customer_id: UUID | None,
    deal_id: UUID | None,
) -> Sequence[Record]:
    """The threads of that bare subject, oldest first; never another customer's."""
    mine = _of(workspace_id, customer_id, deal_id)
    about = [source.c.kind == Kind.EMAIL, source.c.thread_subject == subject]
    return await _oldest_first(tx, [*mine, *about])


def _of(
    workspace_id: UUID, customer_id: UUID | None, deal_id: UUID | None
) -> list[sa.ColumnElement[bool]]:
    found = [source.c.workspace_id == workspace_id]
    if customer_id is not None:
        found.append(sa.or_(source.c.customer_id == customer_id, source.c.customer_id.is_(None)))
    if deal_id is not None:
        found.append(sa.or_(source.c.deal_id == deal_id, source.c.deal_id.is_(None)))
    return found


async def _oldest_first(
    tx: Transaction, where: Sequence[sa.ColumnElement[bool]]
) -> Sequence[Record]:
    chosen = sa.select(source).where(*where).order_by(source.c.created_at, source.c.id).limit(MOST)
    return (await tx.execute(chosen)).all()


async def find_span(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Record:
    """When the first and the last message of a thread were sent."""
    times = sa.select(sa.func.min(turn.c.sent_at), sa.func.max(turn.c.sent_at)).where(
        turn.c.workspace_id == workspace_id, turn.c.source_id == source_id
    )
    found: Record = (await tx.execute(times)).one()
    return found


async def list_held(
    tx: Transaction, workspace_id: UUID, source_id: UUID, message_ids: Sequence[str]
) -> set[str]:
    """Which of these messages the thread holds itself, not only a reference to them."""
    own = sa.and_(
        mention.c.workspace_id == workspace_id,
        mention.c.source_id == source_id,
        mention.c.message_id.in_(message_ids),
        mention.c.is_own,
    )
    return set(await tx.scalars(sa.select(mention.c.message_id).where(own)))


async def insert_mentions(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    message_ids: Sequence[str],
    references: Sequence[str],
) -> None:
    """Remember the ids of messages, and those they refer to: their messages may still come."""
    ids = dict.fromkeys(references, False) | dict.fromkeys(message_ids, True)
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
