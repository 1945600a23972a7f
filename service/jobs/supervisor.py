"""Keeps one worker process alive beside the server, and takes it along when the server ends."""

import asyncio
import logging
import sys
import time
from asyncio.subprocess import PIPE, Process

log = logging.getLogger("baton.supervisor")

COMMAND = (sys.executable, "-m", "service.cli.main", "worker", "--supervised")
_LONGEST_PAUSE_S = 10.0
"""No longer than a dead worker's jobs wait for the sweep anyway."""
_HEALTHY_S = 10.0
_STOP_S = 30.0


async def supervise(command: tuple[str, ...] = COMMAND) -> None:
    """Run the command, and again when it ends, until cancelled; then stop it and wait for it.

    The child reads an end of input when this process dies, however it dies, and stops too.
    """
    pause_s = 1.0
    while True:
        started = time.monotonic()
        child = await asyncio.create_subprocess_exec(*command, stdin=PIPE)
        try:
            code = await child.wait()
        finally:
            await _stop(child)
        pause_s = 1.0 if time.monotonic() - started > _HEALTHY_S else pause_s
        log.error("the worker ended with code %d; again in %.0f s", code, pause_s)
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)


async def _stop(child: Process) -> None:
    if child.returncode is not None:
        return
    child.terminate()
    try:
        await asyncio.wait_for(child.wait(), _STOP_S)
    except TimeoutError:
        child.kill()
        await child.wait()
