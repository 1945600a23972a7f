"""Whether the jobs are well: the counts, and what about them is not as it should be."""

from schemas.model import Model
from service.db import job_health
from service.db.doors import Doors
from service.db.job_health import JobCounts

FAILURE_RATE = 0.2
FEWEST_FAILED = 2
"""One source that cannot be read is no sign of a sick service."""


class JobHealth(Model):
    """Jobs of all workspaces; `red` names what is over its threshold."""

    waiting: int
    oldest_s: float
    running: int
    stalled: int
    failed_recently: int
    red: tuple[str, ...]


async def find_job_counts(doors: Doors) -> JobCounts:
    """The counts of this moment."""
    async with doors.system_transaction() as system:
        return await job_health.count_jobs(system)


def judge(counts: JobCounts, *, wait_limit_s: int) -> JobHealth:
    """The thresholds: age of the oldest job, silent workers, share of failed readings."""
    signs = {
        "oldest_s": counts.oldest_s > wait_limit_s,
        "stalled": counts.stalled > 0,
        "failed_recently": counts.failed_lately >= FEWEST_FAILED
        and counts.failed_lately > FAILURE_RATE * counts.ended_lately,
    }
    return JobHealth(
        waiting=counts.waiting,
        oldest_s=round(counts.oldest_s, 1),
        running=counts.running,
        stalled=counts.stalled,
        failed_recently=counts.failed_lately,
        red=tuple(name for name, is_red in signs.items() if is_red),
    )
