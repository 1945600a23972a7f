"""`baton worker`."""

import asyncio
import os
import signal
import sys
from typing import Annotated

import typer

from service.actions.extraction import Tools
from service.cli.logs import set_up_logs
from service.cli.printing import say_what_leaves
from service.db.doors import open_doors, require_current
from service.jobs.worker import run_worker
from service.settings import Settings
from service.wiring import Place, load_embedder, open_extractor, open_intake, open_place, prepare

Supervised = Annotated[
    bool, typer.Option(hidden=True, help="Stop when standard input ends: the supervisor is gone.")
]


def worker(*, supervised: Supervised = False) -> None:
    """Work off the jobs of every workspace until told to stop."""
    settings = Settings()
    set_up_logs(settings)
    if not supervised:  # else the server has said it
        say_what_leaves(settings)
    with open_place(settings) as place:
        prepare(place)
        was_told = asyncio.run(_run(settings, place, supervised=supervised))
    # A thread that still reads a source would keep the process alive: its attempt is fenced off.
    sys.stdout.flush()
    os._exit(0 if was_told else 1)


async def _run(settings: Settings, place: Place, *, supervised: bool) -> bool:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if supervised:
        await _stop_at_end_of_input(stop)
    doors = open_doors(place.app_url, place.system_url, size=settings.worker_concurrency + 2)
    try:
        await require_current(doors)
        embedder = await asyncio.to_thread(lambda: load_embedder(settings).embedder)
        async with (
            open_extractor(settings, doors) as extractor,
            open_intake(settings, place, doors) as intake,
        ):
            return await run_worker(
                doors,
                Tools(extractor, embedder, accepts_reruns=settings.rerun_accept == "always"),
                intake,
                system_url=place.system_url,
                concurrency=settings.worker_concurrency,
                stalled_s=settings.worker_stalled_s,
                stop=stop,
            )
    finally:
        await doors.close()


class _AtEnd(asyncio.Protocol):
    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop

    def eof_received(self) -> None:
        self._stop.set()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._stop.set()


async def _stop_at_end_of_input(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: _AtEnd(stop), sys.stdin)
