"""What the worker does with one source: extract, ground, index, and store it as one whole."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from schemas.claim import Absence, GroundedClaim
from schemas.source import Status
from service.actions.extraction import Extraction, ReadingFailed, Tell, Tools
from service.actions.indexing import Index, make_index, write_index
from service.actions.rows import Subject, claim_rows, span_rows
from service.actions.runs import store_run
from service.actions.subjects import load_subject
from service.db import attempts, claims, news, notes
from service.db.doors import Doors
from service.db.job_health import Ended
from service.db.tables import Transaction
from service.embed.embedder import Embedder
from service.errors import ModelAway, Unavailable
from service.extract.absence import absences

MAX_ATTEMPTS = 3
"""Starts that one source gets; after that it is a dead letter."""

_ENDED = {Status.QUEUED: Ended.AGAIN, Status.FAILED: Ended.FAILED}

MOST_RUNNING = 4
"""Sources of one workspace that are read at a time: one workspace must not hold up the others."""


class Crowded(Exception):
    """The workspace has as many sources being read as it may have: this one comes again soon."""


_DEAD_LETTER = {
    "type": "/problems/dead-letter",
    "detail": f"Reading was started {MAX_ATTEMPTS} times and each time its worker ended.",
    "mend": "Look into the worker's log, then upload the source again: it will be queued again.",
}


async def read_source(
    doors: Doors, tools: Tools, *, workspace_id: UUID, source_id: UUID, attempt: UUID
) -> Ended | None:
    """Read one source to its end; None for one that is gone, done or taken by another."""
    subject = await _begin(doors, workspace_id, source_id, token=attempt)
    if not isinstance(subject, Subject):
        return subject
    started = time.monotonic()
    try:
        tell = _teller(doors, subject, step="extract")
        extraction = await tools.reader_of(subject).extract(subject, attempt=attempt, tell=tell)
    except ReadingFailed as failure:
        seconds = time.monotonic() - started
        return await _fail(doors, subject, failure, attempt=attempt, seconds=seconds)
    known = [*subject.claims.values(), *extraction.admission.claims]
    absent = await asyncio.to_thread(_absent, subject, known, extraction)
    tell = _teller(doors, subject, step="embed")
    index = await make_index(subject, known, tools.embedder, tell=tell)
    seconds = time.monotonic() - started
    async with doors.workspace_transaction(workspace_id) as tx:
        if await attempts.hold_attempt(tx, workspace_id, source_id, attempt=attempt):
            await _write(tx, subject, extraction, absent=absent, index=index, seconds=seconds)
            return Ended.DONE
    return None


async def index_source(
    doors: Doors, embedder: Embedder, *, workspace_id: UUID, source_id: UUID, attempt: UUID
) -> None:
    """Index a ready source anew, after its title, customer, time or sides have changed."""
    async with doors.workspace_transaction(workspace_id) as tx:
        taken = await attempts.begin_indexing(tx, workspace_id, source_id, attempt=attempt)
        subject = await load_subject(tx, workspace_id, source_id) if taken else None
    if subject is None:
        return
    tell = _teller(doors, subject, step="embed")
    index = await make_index(subject, list(subject.claims.values()), embedder, tell=tell)
    async with doors.workspace_transaction(workspace_id) as tx:
        if await attempts.hold_attempt(tx, workspace_id, source_id, attempt=attempt):
            await write_index(tx, subject, index, claim_ids=list(subject.claims))


async def end_badly(
    doors: Doors, error: Exception, *, workspace_id: UUID, source_id: UUID, attempt: UUID
) -> Ended | None:
    """Say on the source why the attempt ended; None where the source is no longer its own."""
    is_wait = isinstance(error, ModelAway)
    why = {
        "type": "/problems/reading-failed",
        "detail": f"Reading ended with {type(error).__name__}.",
        "mend": "See the worker's log; upload the source again to have it queued again.",
    }
    if is_wait:
        why |= {"detail": str(error), "mend": "Nothing: it is tried again by itself."}
    async with doors.workspace_transaction(workspace_id) as tx:
        status = await attempts.end_attempt(
            tx,
            workspace_id,
            source_id,
            attempt=attempt,
            error=why,
            most=None if isinstance(error, Unavailable) else MAX_ATTEMPTS,
            is_wait=is_wait,
        )
        if status is Status.FAILED:
            await news.announce(tx, source_id, {"event": "failed"})
        return _ENDED[status] if status else None


async def _begin(
    doors: Doors, workspace_id: UUID, source_id: UUID, *, token: UUID
) -> Subject | Ended | None:
    async with doors.workspace_transaction(workspace_id) as tx:
        if await attempts.count_running(tx, workspace_id, beside=source_id) >= MOST_RUNNING:
            raise Crowded
        row = await attempts.begin_attempt(tx, workspace_id, source_id, attempt=token)
        if row is None:
            return None
        if row.attempts > MAX_ATTEMPTS:
            await attempts.fail_unfinished(tx, workspace_id, source_id, error=_DEAD_LETTER)
            await news.announce(tx, source_id, {"event": "failed"})
            return Ended.FAILED
        await news.announce(tx, source_id, {"event": "running"})
        return await load_subject(tx, workspace_id, source_id)


def _teller(doors: Doors, subject: Subject, *, step: str) -> Tell:
    async def tell(done: int, total: int) -> None:
        event: news.Event = {"event": "progress", "done": done, "total": total, "step": step}
        async with doors.workspace_transaction(subject.workspace_id) as tx:
            await news.announce(tx, subject.source_id, event)

    return tell


async def _fail(
    doors: Doors, subject: Subject, failure: ReadingFailed, *, attempt: UUID, seconds: float
) -> Ended | None:
    """The run is kept with what it cost; the source says why it failed."""
    here, source_id = subject.workspace_id, subject.source_id
    async with doors.workspace_transaction(here) as tx:
        if not await attempts.hold_attempt(tx, here, source_id, attempt=attempt):
            return None
        await store_run(tx, subject, failure.facts, rejected=(), seconds=seconds)
        why = failure.problem.model_dump()
        await attempts.set_status(tx, here, source_id, status=Status.FAILED, error=why)
        await news.announce(tx, source_id, {"event": "failed"})
    return Ended.FAILED


def _absent(
    subject: Subject, known: Sequence[GroundedClaim], extraction: Extraction
) -> dict[str, Absence]:
    return absences(subject.turns, known, uncovered_turns=extraction.facts.uncovered_turns)


async def _write(
    tx: Transaction,
    subject: Subject,
    extraction: Extraction,
    *,
    absent: dict[str, Absence],
    index: Index,
    seconds: float,
) -> None:
    here, source_id = subject.workspace_id, subject.source_id
    found, facts = extraction.admission, extraction.facts
    ids = [uuid4() for _ in found.claims]
    note: dict[str, Any] = {
        "workspace_id": here,
        "id": uuid4(),
        "source_id": source_id,
        "version": await notes.next_version(tx, here, source_id),
        "run_id": await store_run(tx, subject, facts, rejected=found.rejected, seconds=seconds),
        "turns": len(subject.turns),
        "uncovered_turns": list(facts.uncovered_turns),
        "absent": absent,
        "notices": [one.model_dump() for one in extraction.notices],
    }
    await notes.insert_note(tx, note)
    rows = claim_rows(subject, found.claims, ids=ids, note_id=note["id"])
    await claims.insert_claims(tx, rows, span_rows(subject, found.claims, ids=ids))
    await write_index(tx, subject, index, claim_ids=[*subject.claims, *ids])
    await _retract_replaced(tx, subject)
    await attempts.set_status(tx, here, source_id, status=Status.READY)
    await news.announce(tx, source_id, {"event": "ready"})


async def _retract_replaced(tx: Transaction, subject: Subject) -> None:
    """Claims of a source that has a newer content are wrong, whichever of the two is read first."""
    here = subject.workspace_id
    if subject.replaces is not None:
        await claims.retract_claims(tx, here, subject.replaces, rule="replaced")
    if await attempts.has_ready_successor(tx, here, subject.source_id):
        await claims.retract_claims(tx, here, subject.source_id, rule="replaced")
