"""How re-runs end that propose nothing: the note is as it was, and the reason is kept."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from schemas.api import ProblemNote
from schemas.proposal import ProposalState
from service.actions.extraction import ReadingFailed
from service.actions.reading import MAX_ATTEMPTS
from service.actions.rows import Subject
from service.actions.runs import store_run
from service.db import proposals, sources
from service.db.doors import Doors
from service.db.job_health import Ended
from service.db.tables import Record, Transaction
from service.errors import ModelAway, Unavailable

GAVE_UP = ProblemNote(
    type="/problems/dead-letter",
    detail=f"The re-run was started {MAX_ATTEMPTS} times and each time its worker ended.",
    mend="Look into the worker's log, then ask for another re-run. The note is as it was.",
)
NOT_READ = ProblemNote(
    type="/problems/reading-failed",
    detail="The source failed before its re-run began.",
    mend="Upload the source again to have it queued again.",
)


async def hold(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, attempt: UUID
) -> Record | None:
    """The source before its proposal, as an erasure locks them."""
    if await sources.lock_source(tx, workspace_id, source_id) is None:
        return None
    return await proposals.hold_attempt(tx, workspace_id, source_id, attempt=attempt)


async def fail(
    doors: Doors, subject: Subject, failure: ReadingFailed, *, attempt: UUID, seconds: float
) -> Ended | None:
    """The run is kept with what it cost; the note is as it was."""
    async with doors.workspace_transaction(subject.workspace_id) as tx:
        row = await hold(tx, subject.workspace_id, subject.source_id, attempt=attempt)
        if row is None:
            return None
        run_id = await store_run(tx, subject, failure.facts, rejected=(), seconds=seconds)
        await close(tx, row, failure.problem, run_id=run_id)
    return Ended.FAILED


async def close(
    tx: Transaction, row: Record, problem: ProblemNote, *, run_id: UUID | None = None
) -> None:
    """It failed, and why."""
    values = {
        "state": ProposalState.FAILED,
        "error": problem.model_dump(),
        "run_id": run_id,
        "attempt": None,
    }
    await proposals.change_proposal(tx, row.workspace_id, row.id, values=values)


async def end_badly(
    doors: Doors, error: Exception, *, workspace_id: UUID, source_id: UUID, attempt: UUID
) -> Ended | None:
    """Say why the attempt ended, and queue it again unless it was the last.

    What it needs being away costs no attempt; the extractor bounds the waits for a model.
    """
    is_free = isinstance(error, Unavailable)
    async with doors.workspace_transaction(workspace_id) as tx:
        row = await hold(tx, workspace_id, source_id, attempt=attempt)
        if row is None:
            return None
        if row.attempts >= MAX_ATTEMPTS and not is_free:
            await close(tx, row, _problem(error))
            return Ended.FAILED
        values: dict[str, Any] = {
            "state": ProposalState.QUEUED,
            "attempt": None,
            "attempts": row.attempts - is_free,
        }
        if isinstance(error, ModelAway):
            since = row.waiting_since or datetime.now(UTC)
            values |= {"waits": row.waits + 1, "waiting_since": since}
        await proposals.change_proposal(tx, workspace_id, row.id, values=values)
        return Ended.AGAIN


def _problem(error: Exception) -> ProblemNote:
    return ProblemNote(
        type="/problems/reading-failed",
        detail=f"The re-run ended with {type(error).__name__}.",
        mend="See the worker's log, then ask for another re-run. The note is as it was.",
    )
