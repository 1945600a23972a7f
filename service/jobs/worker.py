"""The worker process: takes jobs, reads sources, rescues what a dead worker left."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from uuid import UUID, uuid4

import procrastinate
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from service.actions import reading, rerun_ends, rerunning, taking_in
from service.actions.extraction import Tools
from service.actions.reading import Crowded
from service.actions.taking_in import Intake, Later
from service.db import jobs
from service.db.doors import Doors
from service.db.job_health import Ended, record_end
from service.errors import ModelAway

log = logging.getLogger("baton.worker")

BEATS = 3
"""Signs of life that a worker owes within the time after which it is taken for dead."""
GRACE_S = 20
"""What a running job gets to end in when the worker is told to stop."""


MOST_INDEXINGS = 8
"""After some five minutes an index that cannot be made is left as it is, and logged."""
_CROWDED_S = 2
_LONGEST_S = 60


class _Soon(BaseRetryStrategy):
    """Again after 2, 4, 8 ... seconds.

    Without `most` for ever: attempts to read are counted on the source, and what does not even
    begin one (the database is away, the workspace is busy) must not lose its job.
    """

    def __init__(self, *, most: int | None = None) -> None:
        self._most = most

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Every error that reaches procrastinate is one that is tried again."""
        if self._most is not None and job.attempts >= self._most:
            return None
        if isinstance(exception, Crowded):
            return RetryDecision(retry_in={"seconds": _CROWDED_S})
        if isinstance(exception, Later):
            return RetryDecision(retry_in={"seconds": math.ceil(exception.seconds)})
        if isinstance(exception, ModelAway):
            return RetryDecision(retry_in={"seconds": exception.retry_after_s or _LONGEST_S})
        doubled = 2 ** (min(job.attempts, 6) + 1)
        return RetryDecision(retry_in={"seconds": min(doubled, _LONGEST_S)})


async def run_worker(
    doors: Doors,
    tools: Tools,
    intake: Intake,
    *,
    system_url: str,
    concurrency: int,
    stalled_s: int,
    stop: asyncio.Event,
) -> bool:
    """Work until `stop` is set. False where the worker ended by itself: that is a failure.

    A worker silent for `stalled_s` is taken for dead, and its jobs are queued again.

    Nothing that goes wrong around a job is survived: the process ends, its supervisor starts a
    new one, and the sweep of any worker queues what was running here again.
    """
    fault = asyncio.Event()
    asyncio.get_running_loop().set_exception_handler(_end_by(fault))
    connector = procrastinate.PsycopgConnector(
        conninfo=system_url.replace("postgresql+psycopg://", "postgresql://", 1),
        kwargs={"prepare_threshold": None},
    )
    app = procrastinate.App(connector=connector)
    app.task(name=jobs.READ_SOURCE, retry=_Soon())(_reader(doors, tools))
    app.task(name=jobs.RERUN_SOURCE, retry=_Soon())(_rerunner(doors, tools))
    app.task(name=jobs.TAKE_IN_SOURCE, retry=_Soon())(_taker(doors, intake))
    app.task(name=jobs.INDEX_SOURCE, retry=_Soon(most=MOST_INDEXINGS))(_indexer(doors, tools))
    async with AsyncExitStack() as open_until_end:
        await open_until_end.enter_async_context(app.open_async())
        working = asyncio.create_task(_work(app, concurrency, stalled_s=stalled_s))
        sweep = _sweep(doors, stalled_s=stalled_s)
        others = [asyncio.create_task(one) for one in (sweep, stop.wait(), fault.wait())]
        await asyncio.wait([working, *others], return_when=asyncio.FIRST_COMPLETED)
        for task in (working, *others):
            task.cancel()
        ends = await asyncio.gather(working, *others, return_exceptions=True)
    _log_ends(ends)
    return stop.is_set()


async def _work(app: procrastinate.App, concurrency: int, *, stalled_s: int) -> None:
    await app.run_worker_async(
        queues=[jobs.QUEUE],
        concurrency=concurrency,
        install_signal_handlers=False,
        delete_jobs="always",
        update_heartbeat_interval=stalled_s / BEATS,
        stalled_worker_timeout=stalled_s,
        shutdown_graceful_timeout=GRACE_S,
    )


def _reader(doors: Doors, tools: Tools) -> Callable[..., Awaitable[None]]:
    work = partial(reading.read_source, doors, tools)
    return _attempt(doors, jobs.READ_SOURCE, work=work, end=reading.end_badly)


def _rerunner(doors: Doors, tools: Tools) -> Callable[..., Awaitable[None]]:
    work = partial(rerunning.rerun_source, doors, tools)
    return _attempt(doors, jobs.RERUN_SOURCE, work=work, end=rerun_ends.end_badly)


def _attempt(
    doors: Doors,
    task: str,
    *,
    work: Callable[..., Awaitable[Ended | None]],
    end: Callable[..., Awaitable[Ended | None]],
) -> Callable[..., Awaitable[None]]:
    """A job that tries one source: `end` says what becomes of it after an error."""

    async def attempt_source(*, workspace_id: str, source_id: str) -> None:
        here, source, attempt = UUID(workspace_id), UUID(source_id), uuid4()
        ids = {"workspace_id": here, "source_id": source, "attempt": attempt}
        try:
            ended = await work(**ids)
        except Crowded:
            raise
        except Exception as error:  # one bad source must not end the worker
            if not isinstance(error, ModelAway):  # which is told where it happens
                _log_failure(source, error)
            ended = await end(doors, error, **ids)
            await _record(doors, source, ended, task=task)
            if ended is Ended.AGAIN:
                raise
        else:
            await _record(doors, source, ended, task=task)

    return attempt_source


async def _record(doors: Doors, source_id: UUID, ended: Ended | None, *, task: str) -> None:
    """What the health of the jobs is judged by; nothing where there was nothing to read."""
    if ended is not None:
        fields = {"source": str(source_id), "ended": ended.value}
        log.info("attempt ended", extra={"fields": fields})
        async with doors.system_transaction() as system:
            await record_end(system, task=task, ended=ended)


def _indexer(doors: Doors, tools: Tools) -> Callable[..., Awaitable[None]]:
    async def index_source(*, workspace_id: str, source_id: str) -> None:
        here, source, attempt = UUID(workspace_id), UUID(source_id), uuid4()
        ids = {"workspace_id": here, "source_id": source, "attempt": attempt}
        try:
            await reading.index_source(doors, tools.embedder, **ids)
        except Exception as error:  # the source stays ready; its index is tried again
            _log_failure(source, error)
            raise

    return index_source


def _taker(doors: Doors, intake: Intake) -> Callable[..., Awaitable[None]]:
    async def take_in_source(*, workspace_id: str, source_id: str) -> None:
        here, source = UUID(workspace_id), UUID(source_id)
        try:
            ended = await taking_in.take_in(intake, workspace_id=here, source_id=source)
        except Later:
            raise
        except Exception as error:  # noqa: BLE001  the worker's edge: told, and a try is gone
            _log_failure(source, error)
            ended = await taking_in.end_badly(intake, workspace_id=here, source_id=source)
        await _record(doors, source, ended, task=jobs.TAKE_IN_SOURCE)

    return take_in_source


async def _sweep(doors: Doors, *, stalled_s: int) -> None:
    while True:
        async with doors.system_transaction() as system:
            rescued = await jobs.rescue(system, stalled_s=stalled_s)
        if rescued:
            log.warning("%d jobs of dead workers queued again", rescued)
        await asyncio.sleep(stalled_s / BEATS)


def _end_by(fault: asyncio.Event) -> Callable[[asyncio.AbstractEventLoop, dict[str, object]], None]:
    def handle(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        log.error("unhandled in the worker: %s", type(context.get("exception")).__name__)
        fault.set()

    return handle


def _log_failure(source_id: UUID, error: Exception) -> None:
    """Where it happened and of what class; `cli.logs` leaves its message out."""
    log.error("reading failed", exc_info=error, extra={"fields": {"source": str(source_id)}})


def _log_ends(ends: Sequence[object]) -> None:
    for end in ends:
        if isinstance(end, Exception):
            log.error("the worker ended with %s", type(end).__name__)
