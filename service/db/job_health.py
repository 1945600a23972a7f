"""How the jobs do: what waits, what runs, what ended. Counts only, behind the system door."""

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from service.db.local_tables import job_end
from service.db.tables import Transaction

STALLED_S = 60
LATELY = 50
"""How many ended readings the failure rate looks back on, none of them older than a day."""


class Ended(StrEnum):
    """How one attempt to read a source ended."""

    DONE = "done"
    AGAIN = "again"  # an error; a job waits to try once more
    FAILED = "failed"  # the source failed, with its reason on it


@dataclass(frozen=True)
class JobCounts:
    """The jobs of all workspaces at one moment."""

    waiting: int
    oldest_s: float
    running: int
    stalled: int
    workers: int
    ended_lately: int
    failed_lately: int
    failed_last_hour: int


async def count_jobs(system: Transaction) -> JobCounts:
    """Everything in one query; a retry counts as waiting, but not as late before it is due."""
    asked = {"stalled_s": STALLED_S, "lately": LATELY}
    row = (await system.execute(sa.text(_COUNTS), asked)).one()
    return JobCounts(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


async def record_end(system: Transaction, *, task: str, ended: Ended) -> None:
    """Note the end of an attempt, and forget those that are older than a day."""
    await system.execute(job_end.insert().values(task=task, outcome=ended))
    a_day_ago = sa.func.now() - sa.text("interval '1 day'")
    await system.execute(job_end.delete().where(job_end.c.at < a_day_ago))


_COUNTS = """
    WITH job AS (
        SELECT j.status, j.priority, w.last_heartbeat, e.moved_at,
            greatest(e.moved_at, j.scheduled_at) AS due
        FROM procrastinate_jobs j
        LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
        LEFT JOIN LATERAL (
            SELECT max(at) AS moved_at FROM procrastinate_events WHERE job_id = j.id
        ) e ON true
        WHERE j.status IN ('todo', 'doing')
    ), ended AS (
        SELECT outcome FROM app.job_end
        WHERE outcome IN ('done', 'failed') AND at > now() - interval '1 day'
        ORDER BY at DESC LIMIT :lately
    )
    SELECT
        count(*) FILTER (WHERE status = 'todo') AS waiting,
        coalesce(extract(epoch FROM
            -- what gives way to all others may wait
            now() - min(due) FILTER (WHERE status = 'todo' AND due <= now() AND priority >= 0)
        ), 0)::float8 AS oldest_s,
        count(*) FILTER (WHERE status = 'doing') AS running,
        count(*) FILTER (
            WHERE status = 'doing'
            AND coalesce(last_heartbeat, moved_at) < now() - make_interval(secs => :stalled_s)
        ) AS stalled,
        (
            SELECT count(*) FROM procrastinate_workers
            WHERE last_heartbeat > now() - make_interval(secs => :stalled_s)
        ) AS workers,
        (SELECT count(*) FROM ended) AS ended_lately,
        (SELECT count(*) FROM ended WHERE outcome = 'failed') AS failed_lately,
        (
            SELECT count(*) FROM app.job_end
            WHERE outcome = 'failed' AND at > now() - interval '1 hour'
        ) AS failed_last_hour
    FROM job
"""
