"""Putting a job in, on the caller's own connection: it commits with the rows it is for."""

from collections.abc import Sequence
from uuid import UUID

import procrastinate
import sqlalchemy as sa

from service.db.tables import Transaction

READ_SOURCE = "read_source"
INDEX_SOURCE = "index_source"
RERUN_SOURCE = "rerun_source"
TAKE_IN_SOURCE = "take_in_source"
LATER = -1
"""The priority of a job that gives way to every upload: thousands of re-runs may wait."""
_PRIORITY = {RERUN_SOURCE: LATER}
QUEUE = "sources"

_defers = procrastinate.App(connector=procrastinate.PsycopgConnector())  # never opened


async def enqueue(tx: Transaction, task: str, *, workspace_id: UUID, source_id: UUID) -> None:
    """A job carries ids only; two jobs of one source never run at the same time."""
    raw = await tx.get_raw_connection()
    await _defers.configure_task(
        task,
        queue=QUEUE,
        lock=str(source_id),
        priority=_PRIORITY.get(task, 0),
        connection=raw.driver_connection,
    ).defer_async(workspace_id=str(workspace_id), source_id=str(source_id))


async def erase_jobs(system: Transaction, *, source_ids: Sequence[UUID]) -> int:
    """Delete the jobs of these sources; one that runs forgets for whom, and finds nothing to write.

    The row of a running job stays until its worker ends it: a worker whose job is gone stops.
    """
    ids = {"ids": [str(one) for one in source_ids]}
    waiting = sa.text(f"DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND {_NAMED}")  # noqa: S608 - a constant
    running = sa.text(f"UPDATE procrastinate_jobs SET args = '{{}}', lock = NULL WHERE {_NAMED}")  # noqa: S608 - a constant
    erased = (await system.execute(waiting, ids)).rowcount
    return erased + (await system.execute(running, ids)).rowcount


async def count_jobs(system: Transaction, *, source_ids: Sequence[UUID]) -> int:
    """Jobs that still name one of these sources."""
    left = sa.text(f"SELECT count(*) FROM procrastinate_jobs WHERE {_NAMED}")  # noqa: S608 - a constant
    return int(await system.scalar(left, {"ids": [str(one) for one in source_ids]}) or 0)


_NAMED = "(args ->> 'source_id' = ANY(:ids) OR lock = ANY(:ids))"


async def rescue(system: Transaction, *, stalled_s: int) -> int:
    """Queue again what dead or silent workers were running; the number of jobs.

    A stalled job is replaced, not reset: a worker that was only asleep finds its own job gone, so
    it cannot mark the new one as done.
    """
    rows = (await system.execute(sa.text(_STALLED), {"stalled_s": stalled_s})).all()
    for row in rows:
        gone = sa.text("DELETE FROM procrastinate_jobs WHERE id = :id")
        await system.execute(gone, {"id": row.id})
        if "source_id" in row.args:  # else its source was erased meanwhile
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
