"""What the worker does with one source: extract, ground, cut, embed, and store it as one whole."""

import asyncio
import time
from collections.abc import Sequence
from uuid import UUID, uuid4

from schemas.source import Status
from service.actions.rows import (
    Attempt,
    Reading,
    claim_rows,
    passage_row,
    run_row,
    span_rows,
)
from service.db import notes, passages, sources
from service.db.doors import Doors
from service.db.tables import Record, Transaction
from service.embed.embedder import Embedder
from service.extract.absence import absences
from service.extract.gate import admit
from service.extract.local.extract import extract
from service.retrieve.passages import cut
from service.retrieve.postings import postings

MAX_ATTEMPTS = 3
"""Starts that one source gets; after that it is a dead letter."""


async def read_source(
    doors: Doors, embedder: Embedder, *, workspace_id: UUID, source_id: UUID, attempt: UUID
) -> None:
    """Read one source to its end; a source that is gone, done or taken by another is left alone."""
    taken = await _begin(doors, workspace_id, source_id, token=attempt)
    if taken is None:
        return
    reading = await asyncio.to_thread(_work, taken, embedder)
    async with doors.workspace_transaction(workspace_id) as tx:
        if await sources.hold_attempt(tx, workspace_id, source_id, attempt=attempt):
            await _write(tx, taken, reading, model=embedder.name)


async def end_badly(
    doors: Doors, error: Exception, *, workspace_id: UUID, source_id: UUID, attempt: UUID
) -> bool:
    """Say on the source why the attempt ended. True where it shall be tried again."""
    why = {
        "type": "/problems/reading-failed",
        "detail": f"Reading ended with {type(error).__name__}.",
        "mend": "See the worker's log; upload the source again to have it queued again.",
    }
    async with doors.workspace_transaction(workspace_id) as tx:
        return await sources.end_attempt(
            tx, workspace_id, source_id, attempt=attempt, error=why, most=MAX_ATTEMPTS
        )


async def _begin(
    doors: Doors, workspace_id: UUID, source_id: UUID, *, token: UUID
) -> Attempt | None:
    async with doors.workspace_transaction(workspace_id) as tx:
        row = await sources.begin_attempt(tx, workspace_id, source_id, attempt=token)
        if row is None:
            return None
        if row.attempts > MAX_ATTEMPTS:
            await sources.fail_unfinished(tx, workspace_id, source_id, error=_DEAD_LETTER)
            return None
        return await _load(tx, workspace_id, row)


_DEAD_LETTER = {
    "type": "/problems/dead-letter",
    "detail": f"Reading was started {MAX_ATTEMPTS} times and each time its worker ended.",
    "mend": "Look into the worker's log, then upload the source again: it will be queued again.",
}


async def _load(tx: Transaction, workspace_id: UUID, row: Record) -> Attempt | None:
    found = await sources.find_source(tx, workspace_id, row.id)
    if found is None:
        return None
    return Attempt(
        workspace_id=workspace_id,
        source_id=found.id,
        title=found.title,
        customer=found.customer,
        occurred_at=found.occurred_at,
        turns=await sources.list_turns(tx, workspace_id, found.id, limit=None),
    )


def _work(attempt: Attempt, embedder: Embedder) -> Reading:
    """The long part: no transaction is open, no event loop waits."""
    started = time.monotonic()
    admission = admit(extract(attempt.turns), attempt.turns)
    absent = absences(attempt.turns, admission.claims)
    cuts = cut(attempt.turns, admission.claims, customer=attempt.customer, title=attempt.title)
    vectors = embedder.passages([passage.embedded_text for passage in cuts])
    return Reading(
        admission=admission,
        absent={field: str(absence) for field, absence in absent.items()},
        passages=cuts,
        vectors=vectors.tolist(),
        seconds=time.monotonic() - started,
    )


async def _write(tx: Transaction, attempt: Attempt, reading: Reading, *, model: str) -> None:
    here, source_id = attempt.workspace_id, attempt.source_id
    claim_ids = [uuid4() for _ in reading.admission.claims]
    run = run_row(attempt, reading)
    await notes.insert_run(tx, run)
    note = {
        "workspace_id": here,
        "id": uuid4(),
        "source_id": source_id,
        "version": await notes.next_version(tx, here, source_id),
        "run_id": run["id"],
        "absent": reading.absent,
    }
    await notes.insert_note(
        tx,
        note,
        claims=claim_rows(attempt, reading.admission.claims, ids=claim_ids, note_id=note["id"]),
        spans=span_rows(attempt, reading.admission.claims, ids=claim_ids),
    )
    await _write_passages(tx, attempt, reading, claim_ids=claim_ids, model=model)
    await sources.set_status(tx, here, source_id, status=Status.READY)


async def _write_passages(
    tx: Transaction,
    attempt: Attempt,
    reading: Reading,
    *,
    claim_ids: Sequence[UUID],
    model: str,
) -> None:
    turns = {turn.turn: turn for turn in attempt.turns}
    rows = [
        passage_row(attempt, passage, turns=turns, claim_ids=claim_ids)
        for passage in reading.passages
    ]
    ids = await passages.insert_passages(tx, attempt.workspace_id, rows)
    counted = {
        id_: {term: (one.in_text, one.in_head) for term, one in postings(passage).items()}
        for id_, passage in zip(ids, reading.passages, strict=True)
    }
    await passages.insert_postings(tx, attempt.workspace_id, counted)
    await passages.insert_vectors(
        tx,
        attempt.workspace_id,
        model=model,
        by_passage=dict(zip(ids, reading.vectors, strict=True)),
    )
