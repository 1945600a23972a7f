"""Files as they came, byte for byte."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from service.db.tables import Record, Transaction, original


async def insert_original(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    content: bytes,
    content_hash: bytes,
    filename: str | None,
    number: int,
) -> None:
    """The bytes as they came; a thread has one a message, numbered from 0."""
    await tx.execute(
        original.insert().values(
            workspace_id=workspace_id,
            source_id=source_id,
            number=number,
            filename=filename,
            content_hash=content_hash,
            content=content,
        )
    )


async def list_originals(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    after: int = -1,
    limit: int | None = None,
) -> Sequence[Record]:
    """The files of a source behind number `after` as they came, in order."""
    ours = sa.and_(original.c.workspace_id == workspace_id, original.c.source_id == source_id)
    behind = sa.select(original).where(ours, original.c.number > after)
    chosen = behind.order_by(original.c.number).limit(limit)
    return (await tx.execute(chosen)).all()


async def delete_originals(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """What was kept of a source before its content came for good."""
    ours = sa.and_(original.c.workspace_id == workspace_id, original.c.source_id == source_id)
    await tx.execute(original.delete().where(ours))


async def list_hashes(tx: Transaction, workspace_id: UUID, source_id: UUID) -> list[bytes]:
    """SHA-256 of each file of a source, in order."""
    ours = sa.and_(original.c.workspace_id == workspace_id, original.c.source_id == source_id)
    chosen = sa.select(original.c.content_hash).where(ours).order_by(original.c.number)
    return [bytes(one) for one in await tx.scalars(chosen)]
