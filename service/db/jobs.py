"""Putting a job in, on the caller's own connection: it commits with the rows it is for."""

from collections.abc import Sequence
from uuid import UUID

import procrastinate
import sqlalchemy as sa

from service.db.tables import Transaction

READ_SOURCE = "read_source"
INDEX_SOURCE = "index_source"
QUEUE = "sources"

_defers = procrastinate.App(connector=procrastinate.PsycopgConnector())  # never opened


async def enqueue(tx: Transaction, task: str, *, workspace_id: UUID, source_id: UUID) -> None:
    """A job carries ids only; two jobs of one source never run at the same time."""
    raw = await tx.get_raw_connection()
    await _defers.configure_task(
        task, queue=QUEUE, lock=str(source_id), connection=raw.driver_connection
    ).defer_async(workspace_id=str(workspace_id), source_id=str(source_id))


async def erase_jobs(system: Transaction, *, source_ids: Sequence[UUID]) -> int:
    """Delete every job of these sources, also one that runs: it finds nothing to write to."""
    gone = sa.text("DELETE FROM procrastinate_jobs WHERE args ->> 'source_id' = ANY(:ids)")
    return (await system.execute(gone, {"ids": [str(one) for one in source_ids]})).rowcount


async def count_jobs(system: Transaction, *, source_ids: Sequence[UUID]) -> int:
    """Jobs that still name one of these sources."""
    left = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'source_id' = ANY(:ids)")
    return int(await system.scalar(left, {"ids": [str(one) for one in source_ids]}) or 0)


async def rescue(system: Transaction, *, stalled_s: int) -> int:
    """Queue again what dead or silent workers were running; the number of jobs.

    A stalled job is replaced, not reset: a worker that was only asleep finds its own job gone, so
    it cannot mark the new one as done.
    """
    rows = (await system.execute(sa.text(_STALLED), {"stalled_s": stalled_s})).all()
    for row in rows:
        gone = sa.text("DELETE FROM procrastinate_jobs WHERE id = :id")
        await system.execute(gone, {"id": row.id})
        ids = {name: UUID(row.args[name]) for name in ("workspace_id", "source_id")}
        await enqueue(system, row.task_name, **ids)
    return len(rows)


_STALLED = """
    SELECT j.id, j.task_name, j.args FROM procrastinate_jobs j
    LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
    WHERE j.status = 'doing'
        AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => :stalled_s))
    FOR UPDATE OF j SKIP LOCKED
"""
