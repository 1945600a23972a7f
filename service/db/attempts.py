"""Attempts to read a source: each takes it by a token, and only the last to take it may write."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from schemas.source import Status
from service.db.tables import Record, Transaction, source

_NOTHING_ASIDE: dict[str, Any] = {"estimated_usd": 0.0}
"""What is not read any more needs no money."""
NO_WAITS: dict[str, Any] = {"waits": 0, "waiting_since": None}
_ONE_MORE_WAIT: dict[str, Any] = {
    "waits": source.c.waits + 1,
    "waiting_since": sa.func.coalesce(source.c.waiting_since, sa.func.now()),
}


async def count_running(tx: Transaction, workspace_id: UUID, *, beside: UUID) -> int:
    """Sources of the workspace that are being read now, without this one."""
    others = sa.and_(_in(workspace_id), source.c.status == Status.RUNNING, source.c.id != beside)
    return int(await tx.scalar(sa.select(sa.func.count()).where(others)) or 0)


async def begin_attempt(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, attempt: UUID
) -> Record | None:
    """Take the source for this attempt; any older attempt can no longer write.

    None where the source is gone or done.
    """
    waiting = source.c.status.in_([Status.QUEUED, Status.RUNNING])
    taken = (
        source.update()
        .where(_in(workspace_id), source.c.id == source_id, waiting)
        .values(status=Status.RUNNING, attempt=attempt, attempts=source.c.attempts + 1)
        .returning(source)
    )
    found: Record | None = (await tx.execute(taken)).one_or_none()
    return found


async def begin_indexing(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, attempt: UUID
) -> bool:
    """Take a ready source for indexing; False where it is gone, or waits to be read anyway."""
    ready = sa.and_(_in(workspace_id), source.c.id == source_id, source.c.status == Status.READY)
    done = await tx.execute(source.update().where(ready).values(attempt=attempt))
    return bool(done.rowcount)


async def has_ready_successor(tx: Transaction, workspace_id: UUID, source_id: UUID) -> bool:
    """Whether a newer content of the same thing has been read."""
    newer = sa.and_(
        _in(workspace_id), source.c.replaces == source_id, source.c.status == Status.READY
    )
    return await tx.scalar(sa.select(sa.literal(1)).where(newer).limit(1)) is not None


async def hold_attempt(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, attempt: UUID
) -> bool:
    """Lock the source for writing; False where it is gone or another attempt has taken it."""
    ours = sa.and_(_in(workspace_id), source.c.id == source_id, source.c.attempt == attempt)
    locked = sa.select(source.c.id).where(ours).with_for_update()
    return (await tx.execute(locked)).one_or_none() is not None


async def fail_unfinished(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, error: dict[str, str]
) -> None:
    """Fail a source that waits or runs; one that is ready stays so."""
    unfinished = source.c.status.in_([Status.QUEUED, Status.RUNNING])
    await tx.execute(
        source.update()
        .where(_in(workspace_id), source.c.id == source_id, unfinished)
        .values(status=Status.FAILED, error=error, attempt=None, **_NOTHING_ASIDE)
    )


async def end_attempt(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    attempt: UUID,
    error: dict[str, str],
    most: int | None,
    is_wait: bool = False,
) -> Status | None:
    """Queue the source again, or fail it after `most` attempts; the status that it has then.

    With `most` None the attempt does not count: something that the source needs was away; `is_wait`
    counts how often that was the model. The answer is None where there is nothing to do: it is
    gone, done, or another attempt has taken it.
    """
    ours = sa.and_(_in(workspace_id), source.c.id == source_id)
    columns = sa.select(source.c.status, source.c.attempt, source.c.attempts)
    row = (await tx.execute(columns.where(ours).with_for_update())).one_or_none()
    if row is None or row.status not in {Status.QUEUED, Status.RUNNING}:
        return None
    if row.status == Status.QUEUED:
        return Status.QUEUED
    if row.attempt != attempt:
        return None
    is_last = most is not None and row.attempts >= most
    status = Status.FAILED if is_last else Status.QUEUED
    values = {
        "status": status,
        "error": error,
        "attempt": None,
        "attempts": row.attempts - 1 if most is None else row.attempts,
        **(_ONE_MORE_WAIT if is_wait else {}),
        **(_NOTHING_ASIDE if is_last else {}),
    }
    await tx.execute(source.update().where(ours).values(values))
    return status


async def set_status(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    status: Status,
    error: dict[str, str] | None = None,
) -> None:
    """End an attempt, or queue the source again; the attempt's token is gone with it."""
    values: dict[str, Any] = {"status": status, "error": error, "attempt": None, **NO_WAITS}
    if status is Status.QUEUED:
        values["attempts"] = 0
    else:
        values |= _NOTHING_ASIDE
    await tx.execute(
        source.update().where(_in(workspace_id), source.c.id == source_id).values(values)
    )


def _in(workspace_id: UUID) -> sa.ColumnElement[bool]:
    return source.c.workspace_id == workspace_id
