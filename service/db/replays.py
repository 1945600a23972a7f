"""Idempotency keys: which request each was used for, and the source it made."""

from uuid import UUID

import sqlalchemy as sa

from service.db.tables import Record, Transaction, idempotency, source


async def hold_key(tx: Transaction, workspace_id: UUID, key: str) -> None:
    """Wait for a request that uses the key now. Raises Locked after 5 s."""
    await tx.execute(
        sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
        {"name": f"baton key {workspace_id} {key}"},
    )


async def find_replay(tx: Transaction, workspace_id: UUID, key: str) -> Record | None:
    """The request that used the key: its hash, its source and the status of now."""
    of_source = sa.and_(
        source.c.workspace_id == idempotency.c.workspace_id,
        source.c.id == idempotency.c.source_id,
    )
    chosen = (
        sa.select(idempotency.c.request_hash, source.c.id, source.c.status)
        .select_from(idempotency.join(source, of_source))
        .where(idempotency.c.workspace_id == workspace_id, idempotency.c.key == key)
    )
    found: Record | None = (await tx.execute(chosen)).one_or_none()
    return found


async def insert_key(
    tx: Transaction, workspace_id: UUID, key: str, *, request_hash: bytes, source_id: UUID
) -> None:
    """Bind the key to its request and source; erased together with the source."""
    row = {
        "workspace_id": workspace_id,
        "key": key,
        "request_hash": request_hash,
        "source_id": source_id,
    }
    await tx.execute(idempotency.insert().values(row))
