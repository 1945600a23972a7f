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


async def list_originals(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Sequence[Record]:
    """The files of a source as they came, in order."""
    ours = sa.and_(original.c.workspace_id == workspace_id, original.c.source_id == source_id)
    chosen = sa.select(original).where(ours).order_by(original.c.number)
    return (await tx.execute(chosen)).all()


async def list_hashes(tx: Transaction, workspace_id: UUID, source_id: UUID) -> list[bytes]:
    """SHA-256 of each file of a source, in order."""
    ours = sa.and_(original.c.workspace_id == workspace_id, original.c.source_id == source_id)
    chosen = sa.select(original.c.content_hash).where(ours).order_by(original.c.number)
    return [bytes(one) for one in await tx.scalars(chosen)]
