"""Taking files in, a few at a time: whatever ends it, what was stored stays stored."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from service.actions.arrivals import find_arrival
from service.actions.files import Upload, VendorNames
from service.actions.spending import Purse
from service.actions.upload import Sender, store
from service.cli.found import Found, label_of
from service.cli.tally import Outcome, Taken
from service.db.doors import Doors
from service.errors import BatonError, Locked, QueueFull, Unavailable

AT_ONCE = 2
_PAUSES_S = (1.0, 3.0, 9.0)
"""A database that restarts is waited for; then the rest is left for another time."""


@dataclass(frozen=True)
class Intake:
    """Where the files go, and what is said of each."""

    doors: Doors
    sender: Sender
    said: Upload
    vendor: VendorNames
    purse: Purse | None

    async def take(self, found: Found) -> Taken:
        """One file; a refusal is an outcome. Raises Unavailable and QueueFull: they end it all."""
        if found.skipped:
            return Taken(found.path, Outcome.SKIPPED, reason=found.skipped)
        if found.unreadable:
            return _refused(found.path, "cannot-be-read", found.unreadable)
        try:
            return await self._take(found)
        except OSError as error:
            return _refused(found.path, "cannot-be-read", error.strerror or str(error))
        except (QueueFull, Unavailable) as error:
            if not isinstance(error, Locked):
                raise
            return _refused(found.path, error.type, error.detail)
        except BatonError as error:
            return _refused(found.path, error.type, error.detail)

    async def _take(self, found: Found) -> Taken:
        content = await asyncio.to_thread(found.read)
        here = self.sender.workspace_id
        stored = await find_arrival(self.doors, here, content=content, deal=self.said.deal)
        if stored is None:
            upload = replace(self.said, content=content, filename=label_of(found.path))
            stored = await store(
                self.doors, self.sender, upload, vendor=self.vendor, purse=self.purse
            )
        outcome = Outcome.ALREADY_THERE if stored.is_replay else Outcome.NEW
        return Taken(found.path, outcome, source_id=stored.source_id)


def _refused(path: Path, kind: str, reason: str) -> Taken:
    return Taken(path, Outcome.REFUSED, type=kind, reason=reason)


async def take_all(
    files: Iterator[Found], intake: Intake, *, stop: asyncio.Event, report: Callable[[Taken], None]
) -> BatonError | None:
    """Work until the files end or `stop` is set; what is begun is finished.

    The error that ended it early, where one did.
    """

    async def lane() -> None:
        for found in files:
            report(await _patiently(intake, found))
            if stop.is_set():
                return

    ended_by: list[BatonError] = []
    try:
        async with asyncio.TaskGroup() as lanes:
            for _ in range(AT_ONCE):
                lanes.create_task(lane())
    except* (QueueFull, Unavailable) as group:
        ended_by += [one for one in group.exceptions if isinstance(one, BatonError)]
    return ended_by[0] if ended_by else None


async def _patiently(intake: Intake, found: Found) -> Taken:
    for pause_s in _PAUSES_S:
        try:
            return await intake.take(found)
        except Unavailable:
            await asyncio.sleep(pause_s)
    return await intake.take(found)
