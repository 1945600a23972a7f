"""The worker process: takes jobs, reads sources, rescues what a dead worker left."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import procrastinate
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from service.actions import reading
from service.actions.reading import Crowded
from service.db import jobs
from service.db.doors import Doors
from service.db.job_health import Ended, record_end
from service.embed.embedder import Embedder

log = logging.getLogger("baton.worker")

HEARTBEAT_S = 5
STALLED_S = 15
"""A worker silent for so long is taken for dead, and its jobs are queued again."""
SWEEP_S = 5
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
        doubled = 2 ** (min(job.attempts, 6) + 1)
        return RetryDecision(retry_in={"seconds": min(doubled, _LONGEST_S)})


async def run_worker(
    doors: Doors, embedder: Embedder, *, system_url: str, concurrency: int, stop: asyncio.Event
) -> bool:
    """Work until `stop` is set. False where the worker ended by itself: that is a failure.

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
    app.task(name=jobs.READ_SOURCE, retry=_Soon())(_reader(doors, embedder))
    app.task(name=jobs.INDEX_SOURCE, retry=_Soon(most=MOST_INDEXINGS))(_indexer(doors, embedder))
    async with AsyncExitStack() as open_until_end:
        await open_until_end.enter_async_context(app.open_async())
        working = asyncio.create_task(_work(app, concurrency))
        others = [asyncio.create_task(one) for one in (_sweep(doors), stop.wait(), fault.wait())]
        await asyncio.wait([working, *others], return_when=asyncio.FIRST_COMPLETED)
        for task in (working, *others):
            task.cancel()
        ends = await asyncio.gather(working, *others, return_exceptions=True)
    _log_ends(ends)
    return stop.is_set()


async def _work(app: procrastinate.App, concurrency: int) -> None:
    await app.run_worker_async(
        queues=[jobs.QUEUE],
        concurrency=concurrency,
        install_signal_handlers=False,
        delete_jobs="always",
        update_heartbeat_interval=HEARTBEAT_S,
        stalled_worker_timeout=STALLED_S,
        shutdown_graceful_timeout=GRACE_S,
    )


def _reader(doors: Doors, embedder: Embedder) -> Callable[..., Awaitable[None]]:
    async def read_source(*, workspace_id: str, source_id: str) -> None:
        here, source, attempt = UUID(workspace_id), UUID(source_id), uuid4()
        ids = {"workspace_id": here, "source_id": source, "attempt": attempt}
        try:
            ended = await reading.read_source(doors, embedder, **ids)
        except Crowded:
            raise
        except Exception as error:  # one bad source must not end the worker
            _log_failure(source, error)
            ended = await reading.end_badly(doors, error, **ids)
            await _record(doors, source, ended)
            if ended is Ended.AGAIN:
                raise
        else:
            await _record(doors, source, ended)

    return read_source


async def _record(doors: Doors, source_id: UUID, ended: Ended | None) -> None:
    """What the health of the jobs is judged by; nothing where there was nothing to read."""
    if ended is not None:
        fields = {"source": str(source_id), "ended": ended.value}
        log.info("attempt ended", extra={"fields": fields})
        async with doors.system_transaction() as system:
            await record_end(system, task=jobs.READ_SOURCE, ended=ended)


def _indexer(doors: Doors, embedder: Embedder) -> Callable[..., Awaitable[None]]:
    async def index_source(*, workspace_id: str, source_id: str) -> None:
        here, source, attempt = UUID(workspace_id), UUID(source_id), uuid4()
        ids = {"workspace_id": here, "source_id": source, "attempt": attempt}
        try:
            await reading.index_source(doors, embedder, **ids)
        except Exception as error:  # the source stays ready; its index is tried again
            _log_failure(source, error)
            raise

    return index_source


async def _sweep(doors: Doors) -> None:
    while True:
        async with doors.system_transaction() as system:
            rescued = await jobs.rescue(system, stalled_s=STALLED_S)
        if rescued:
            log.warning("%d jobs of dead workers queued again", rescued)
        await asyncio.sleep(SWEEP_S)


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
