"""Asking for re-runs, waiting for them, and collecting what they propose."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from schemas.proposal import Proposal
from service.actions.people import Person
from service.actions.proposing import accept_proposal, find_open, show_proposal
from service.actions.rerun_requests import count_waiting, find_rerunnable, request_rerun
from service.actions.spending import Purse
from service.cli.progress import progress_bar
from service.cli.stopping import stop_by_signal
from service.cli.waiting import wait_while
from service.db.doors import Doors
from service.errors import BatonError


@dataclass(frozen=True)
class Chosen:
    """Which sources."""

    source_ids: tuple[str, ...] = ()
    customer: str | None = None
    every: bool = False
    offered: bool = False
    purse: Purse | None = None
    """What a model costs and may cost; None: no model is asked."""

    @property
    def is_one(self) -> bool:
        """They are chosen in one way."""
        ways = (bool(self.source_ids), self.customer is not None, self.every, self.offered)
        return sum(ways) == 1


@dataclass(frozen=True)
class Outcome:
    """What became of the re-run of one source."""

    source_id: str
    proposal: Proposal | None = None
    error: BatonError | None = None


@dataclass(frozen=True)
class Result:
    """Every source that was chosen, and what still waits."""

    outcomes: tuple[Outcome, ...]
    waiting: int

    @property
    def is_whole(self) -> bool:
        """Something was read again, and nothing was refused, failed or left over."""
        failed = any(one.error is not None for one in self.outcomes)
        return bool(self.outcomes) and not failed and not self.waiting


@dataclass(frozen=True)
class _Asked:
    source_id: str
    rerun_id: str


async def run_reruns(doors: Doors, person: Person, chosen: Chosen, *, accepts: bool) -> Result:
    """One after the other is asked for, then all are waited for, then each is looked at."""
    stop = stop_by_signal("Waiting no longer; what was asked for is still worked off")
    asked: list[_Asked] = []
    refused: list[Outcome] = []
    for source_id in await _find(doors, person, chosen):
        try:
            made = await request_rerun(
                doors, person.reader, source_id, key_id=person.key_id, purse=chosen.purse
            )
        except BatonError as error:
            refused.append(Outcome(source_id, error=error))
        else:
            asked.append(_Asked(source_id, made.id))
    rerun_ids = [UUID(one.rerun_id) for one in asked]
    waiting = await _wait(doors, person, rerun_ids, stop=stop)
    looked = [await _look(doors, person, one, accepts=accepts) for one in asked]
    return Result((*refused, *looked), waiting)


async def look_at_open(doors: Doors, person: Person, chosen: Chosen, *, accepts: bool) -> Result:
    """What earlier re-runs propose; nothing is read."""
    open_ = {
        str(one): str(id_) for one, id_ in (await find_open(doors, person.workspace_id)).items()
    }
    found = await _find(doors, person, chosen)
    asked = [_Asked(one, open_[one]) for one in found if one in open_]
    looked = [await _look(doors, person, one, accepts=accepts) for one in asked]
    return Result(tuple(looked), waiting=0)


async def _find(doors: Doors, person: Person, chosen: Chosen) -> Sequence[str]:
    if chosen.source_ids:
        return tuple(dict.fromkeys(chosen.source_ids))
    found = await find_rerunnable(
        doors,
        person.workspace_id,
        customer_ref=chosen.customer,
        asks_for_rerun=chosen.offered,
    )
    return [str(one) for one in found]


async def _wait(
    doors: Doors, person: Person, rerun_ids: Sequence[UUID], *, stop: asyncio.Event
) -> int:
    with progress_bar("reading again", len(rerun_ids)) as advance_to:

        async def count() -> int:
            waiting = await count_waiting(doors, person.workspace_id, rerun_ids)
            advance_to(len(rerun_ids) - waiting)
            return waiting

        return await wait_while(doors, count, stop=stop)


async def _look(doors: Doors, person: Person, asked: _Asked, *, accepts: bool) -> Outcome:
    """What is proposed, accepted if that is wished; one that waits says so in its error."""
    show = partial(show_proposal, doors, person.reader, asked.source_id)
    take = partial(accept_proposal, doors, person, asked.source_id, proposal_id=asked.rerun_id)
    try:
        return Outcome(asked.source_id, await (take() if accepts else show()))
    except BatonError as error:
        return Outcome(asked.source_id, error=error)
