"""Storing, then waiting: with a progress bar, and with an end that leaves nothing half done."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from service.cli.batch import Intake, take_all
from service.cli.files import find_files
from service.cli.progress import progress_bar
from service.cli.stopping import stop_by_signal
from service.cli.tally import Outcome, Taken, Tally
from service.cli.waiting import Waited, is_worker_alive, wait_until_read
from service.errors import BatonError


@dataclass(frozen=True)
class Result:
    """How it went, and what was left."""

    tally: Tally
    was_told_to_stop: bool
    ended_by: BatonError | None
    waited: Waited | None
    has_worker: bool

    @property
    def is_cut_short(self) -> bool:
        """Some files were not looked at."""
        return self.was_told_to_stop or self.ended_by is not None

    @property
    def is_whole(self) -> bool:
        """Nothing refused, nothing left over."""
        is_read = self.waited is None or not (self.waited.waiting or self.waited.failed)
        return is_read and not self.is_cut_short and not self.tally.of(Outcome.REFUSED)


async def run_stages(intake: Intake, paths: Sequence[Path], *, wants_wait: bool) -> Result:
    """Store every file; where that went to its end and it is wished, wait until all are read."""
    stop, tally, waited = stop_by_signal(), Tally(), None
    ended_by = await _store(intake, paths, tally, stop=stop)
    was_told_to_stop = stop.is_set()
    if wants_wait and not was_told_to_stop and ended_by is None:
        waited = await _wait(intake, tally, stop=stop)
    has_worker = await is_worker_alive(intake.doors) if ended_by is None else False
    return Result(tally, was_told_to_stop, ended_by, waited, has_worker)


async def _store(
    intake: Intake, paths: Sequence[Path], tally: Tally, *, stop: asyncio.Event
) -> BatonError | None:
    total = sum(1 for _ in find_files(paths))
    with progress_bar("storing", total) as advance_to:

        def report(one: Taken) -> None:
            tally.add(one)
            advance_to(len(tally.taken))

        return await take_all(find_files(paths), intake, stop=stop, report=report)


async def _wait(intake: Intake, tally: Tally, *, stop: asyncio.Event) -> Waited:
    source_ids = tally.source_ids
    with progress_bar("reading", len(source_ids)) as advance_to:
        return await wait_until_read(
            intake.doors, intake.sender.workspace_id, source_ids, stop=stop, report=advance_to
        )
