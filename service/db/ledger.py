"""The erasure ledger: that something was erased, when, by whom; by hash, never by name."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import sqlalchemy as sa

from service.db.local_tables import erasure
from service.db.tables import Record, Transaction


async def begin_erasure(
    system: Transaction,
    *,
    workspace_id: UUID,
    kind: str,
    subject_hash: bytes,
    by: str,
    reason: str | None,
) -> UUID:
    """Written before anything goes, so that an erasure that is cut off can be finished."""
    ledger_id = uuid4()
    await system.execute(
        erasure.insert().values(
            id=ledger_id,
            workspace_id=workspace_id,
            kind=kind,
            subject_hash=subject_hash,
            by=by,
            reason=reason,
        )
    )
    return ledger_id


async def end_erasure(system: Transaction, ledger_id: UUID, *, removed: dict[str, int]) -> None:
    """What went, by table."""
    values = {"done_at": sa.func.now(), "removed": removed}
    await system.execute(erasure.update().where(erasure.c.id == ledger_id).values(values))


async def list_erasures(system: Transaction) -> Sequence[Record]:
    """All of them, oldest first."""
    chosen = sa.select(erasure).order_by(erasure.c.begun_at, erasure.c.id)
    return (await system.execute(chosen)).all()
