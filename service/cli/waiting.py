"""Waiting until what was taken in is read."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from service.actions.arrivals import Failure, find_progress
from service.actions.checkup import find_heartbeat_age
from service.db.doors import Doors

ALIVE_S = 15.0
"""A worker silent for longer is taken for dead: it says every ten at most that it lives."""
_LOOK_S = 0.5
_PATIENCE_S = 10.0
"""A supervised worker that died is back within seconds."""


@dataclass(frozen=True)
class Waited:
    """How the waiting ended: what still waits, and what could not be read."""

    waiting: int
    failed: tuple[Failure, ...]


async def is_worker_alive(doors: Doors) -> bool:
    """Whether any worker of this database said so lately."""
    age_s = await find_heartbeat_age(doors)
    return age_s is not None and age_s < ALIVE_S


async def wait_until_read(
    doors: Doors,
    workspace_id: UUID,
    source_ids: Sequence[UUID],
    *,
    stop: asyncio.Event,
    report: Callable[[int], None],
) -> Waited:
    """Until all of them are read, or `wait_while` gives up."""

    async def count() -> int:
        waiting = (await find_progress(doors, workspace_id, source_ids)).waiting
        report(len(source_ids) - waiting)
        return waiting

    await wait_while(doors, count, stop=stop)
    progress = await find_progress(doors, workspace_id, source_ids)
    return Waited(progress.waiting, progress.failed)


async def wait_while(
    doors: Doors, count: Callable[[], Awaitable[int]], *, stop: asyncio.Event
) -> int:
    """Until nothing waits, or `stop` is set, or no worker has been alive for a while.

    The answer is what waits still.
    """
    last_alive = time.monotonic()
    while True:
        waiting = await count()
        if await is_worker_alive(doors):
            last_alive = time.monotonic()
        is_given_up = time.monotonic() - last_alive > _PATIENCE_S
        if not waiting or stop.is_set() or is_given_up:
            return waiting
        await asyncio.sleep(_LOOK_S)
