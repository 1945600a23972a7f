"""`baton ingest --watch`: folders that are looked after until somebody says stop."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

from service.cli.batch import Intake, take_all
from service.cli.files import find_plain, opened
from service.cli.found import Found
from service.cli.settling import Later, Settling, Stamp
from service.cli.tally import Taken
from service.errors import BudgetExhausted, Unavailable

QUIET_S = 2.0
"""A file that was the same for so long is complete."""

_LOOK_EVERY_S = 0.5
_LOOK_AT_ALL_EVERY_S = 30.0
"""Some file systems tell nobody what changes in them."""

_AGAIN_AFTER_S = 15.0
_LATER_S = 600.0
_PASSING = frozenset({BudgetExhausted.type, Unavailable.type})
"""Problems of a file that are none of the file."""

_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp")
"""How programs name what they have not written to its end."""

Report = Callable[[Taken], None]


async def watch(
    intake: Intake,
    folders: Sequence[Path],
    *,
    stop: asyncio.Event,
    report: Report,
    complain: Callable[[str], None],
) -> None:
    """Take in what lies in the folders and what comes, until `stop` is set."""
    settling, later, told = Settling(quiet_s=QUIET_S), Later(pause_s=_LATER_S), set[str]()

    def complain_once(what: str) -> None:
        if what not in told:
            told.add(what)
            complain(what)

    def report_news(one: Taken) -> None:
        if later.is_news(one.path, passes=one.type in _PASSING, now_s=time.monotonic()):
            report(one)

    async for _ in _occasions(folders, settling, stop=stop):
        stamps, now_s = await asyncio.to_thread(_stamps, folders, complain_once), time.monotonic()
        settling.take_back(later.due(stamps, now_s=now_s))
        ready = settling.look(stamps, now_s=now_s)
        ended_by = await take_all(_opened(ready), intake, stop=stop, report=report_news)
        if ended_by is not None:
            settling.take_back(ready)
            complain(f"{ended_by.detail} Trying again in {_AGAIN_AFTER_S:g} s.")
            await _rest(stop)


async def _occasions(
    folders: Sequence[Path], settling: Settling, *, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Whenever something has changed, or is about to settle, and every now and then."""
    looked_s = 0.0
    changes = awatch(
        *folders,
        watch_filter=None,
        stop_event=stop,
        rust_timeout=round(_LOOK_EVERY_S * 1000),
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    async for some in changes:
        is_due = time.monotonic() - looked_s > _LOOK_AT_ALL_EVERY_S
        if some or settling.waits or is_due:
            looked_s = time.monotonic()
            yield


def _stamps(folders: Sequence[Path], complain: Callable[[str], None]) -> dict[Path, Stamp]:
    found: dict[Path, Stamp] = {}
    for one in (one for folder in folders for one in find_plain(folder)):
        if one.unreadable:
            complain(f"{one.path}: {one.unreadable}")
        elif not one.skipped and not one.path.name.lower().endswith(_UNFINISHED):
            with suppress(OSError):  # gone since the folder was listed
                status = one.path.stat()
                found[one.path] = Stamp(status.st_size, status.st_mtime_ns, status.st_ino)
    return found


def _opened(paths: Sequence[Path]) -> Iterator[Found]:
    for path in paths:
        yield from opened(Found(path))


async def _rest(stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), _AGAIN_AFTER_S)
