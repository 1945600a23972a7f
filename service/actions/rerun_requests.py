"""Asking for re-runs: one at a time for a source, and only what may be paid for."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

from schemas.proposal import UNFINISHED, ProposalState, Rerun
from service.actions.estimating import estimate_reading
from service.actions.showing import Reader, find, require_ready
from service.actions.spending import Purse, require_room
from service.actions.subjects import load_subject
from service.actions.upload import MOST_WAITING
from service.db import jobs, proposals, sources
from service.db.doors import Doors
from service.db.tables import Record, Transaction
from service.errors import QueueFull

_IDS_A_QUERY = 1000


async def request_rerun(
    doors: Doors, reader: Reader, source_id: str, *, key_id: str, purse: Purse | None
) -> Rerun:
    """Have a ready source read once more; one that waits already is not asked for twice.

    Raises NotFound, NotReady, RunFailed, QueueFull, BudgetExhausted.
    """
    here = reader.workspace_id
    cost_usd = await _cost(doors, reader, source_id, purse=purse)
    async with doors.workspace_transaction(here) as tx:
        row = await find(tx, reader, source_id)
        locked = await sources.lock_source(tx, here, row.id)
        require_ready(locked or row)
        waiting = await proposals.latest_proposal(tx, here, row.id)
        if waiting is None or waiting.state not in UNFINISHED:
            await _refuse_when_full(tx, here)
            waiting = await _queue(tx, here, row.id, key_id=key_id, cost_usd=cost_usd)
            if purse is not None:
                await require_room(tx, purse, here, cost_usd=cost_usd)
        return Rerun(id=str(waiting.id), status=waiting.state, url=f"/v1/sources/{row.id}/proposal")


async def _cost(doors: Doors, reader: Reader, source_id: str, *, purse: Purse | None) -> float:
    """What a model asks for reading all of it, at most."""
    if purse is None:
        return 0.0
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        row = await find(tx, reader, source_id)
        subject = await load_subject(tx, reader.workspace_id, row.id)
    turns, names = (subject.turns, subject.names) if subject else ((), ())
    estimated = await asyncio.to_thread(estimate_reading, turns, purse.terms, names=names)
    return purse.cost(estimated.usage)


async def find_rerunnable(
    doors: Doors, workspace_id: UUID, *, customer_ref: str | None, asks_for_rerun: bool
) -> list[UUID]:
    """Sources that can be read once more."""
    async with doors.workspace_transaction(workspace_id) as tx:
        return await sources.list_ready(
            tx, workspace_id, customer_ref=customer_ref, asks_for_rerun=asks_for_rerun
        )


async def count_waiting(doors: Doors, workspace_id: UUID, rerun_ids: Sequence[UUID]) -> int:
    """How many of these re-runs are not done; one that was erased is."""
    waiting = 0
    async with doors.workspace_transaction(workspace_id) as tx:
        for start in range(0, len(rerun_ids), _IDS_A_QUERY):
            some = rerun_ids[start : start + _IDS_A_QUERY]
            rows = await proposals.list_states(tx, workspace_id, some)
            waiting += sum(row.state in UNFINISHED for row in rows)
    return waiting


async def _refuse_when_full(tx: Transaction, workspace_id: UUID) -> None:
    queued = await proposals.count_in(
        tx, workspace_id, state=ProposalState.QUEUED, most=MOST_WAITING
    )
    if queued >= MOST_WAITING:
        raise QueueFull(
            f"{MOST_WAITING} re-runs wait already.", mend="Ask later.", retry_after_s=60
        )


async def _queue(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, key_id: str, cost_usd: float
) -> Record:
    row = {
        "workspace_id": workspace_id,
        "id": uuid4(),
        "source_id": source_id,
        "state": ProposalState.QUEUED,
        "key_id": key_id,
        "estimated_usd": cost_usd,
    }
    await jobs.enqueue(tx, jobs.RERUN_SOURCE, workspace_id=workspace_id, source_id=source_id)
    return await proposals.insert_proposal(tx, row)
