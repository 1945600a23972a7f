"""A proposal becomes the next version of its note: all of it in one transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from schemas.claim import ClaimState, GroundedClaim
from schemas.proposal import ProposalState
from service.actions.absent import write_absent
from service.actions.outlines import Outline
from service.actions.rows import Subject, claim_rows, span_rows
from service.db import attempts, claims, jobs, notes, proposals
from service.db.claim_changes import Change
from service.db.tables import Record, Transaction

RULE = "rerun"
"""What changed a claim, where an accepted re-run did."""
_NOT_CHANGED = {"workspace_id", "id", "source_id", "note_id", "number", "field", "state"}
_FATES = {"promise_state", "contract"}
"""What became of a promise is not asked of its source."""


async def accept(
    tx: Transaction,
    subject: Subject,
    row: Record,
    outline: Outline,
    *,
    change: Change,
    now: datetime,
) -> None:
    """Write the note's next version; the index follows by a job. The source is locked."""
    here, source_id = subject.workspace_id, subject.source_id
    note_id = await _write_note(tx, subject, row)
    stored = {one.id: one for one in await claims.list_claims(tx, here, source_id)}
    for gone in outline.gone:
        values = {"state": ClaimState.SUPERSEDED, "state_rule": RULE}
        await claims.change_claim(tx, stored[gone], values=values, change=change)
    for one in outline.changed:
        await _reword(tx, subject, stored[one.id], one.was, one.now, change=change)
    ids, found = [one.id for one in outline.new], [one.claim for one in outline.new]
    rows = claim_rows(subject, found, ids=ids, note_id=note_id)
    await claims.insert_claims(tx, rows, span_rows(subject, found, ids=ids))
    if await attempts.has_ready_successor(tx, here, source_id):
        await claims.retract_claims(tx, here, source_id, rule="replaced")
    await write_absent(tx, here, source_id)
    values = decision(ProposalState.ACCEPTED, outline, change=change, now=now)
    await proposals.change_proposal(tx, here, row.id, values=values)
    await jobs.enqueue(tx, jobs.INDEX_SOURCE, workspace_id=here, source_id=source_id)


def decision(
    state: ProposalState, outline: Outline, *, change: Change, now: datetime
) -> dict[str, Any]:
    """The end of a proposal: what was decided on, by whom."""
    return {
        "state": state,
        "difference": outline.model_dump(mode="json"),
        "by": change.by,
        "comment": change.comment,
        "key_id": change.key_id,
        "decided_at": now,
    }


async def _write_note(tx: Transaction, subject: Subject, row: Record) -> UUID:
    """It covers what the note before it covers, whatever of it the re-run left out."""
    here, source_id = subject.workspace_id, subject.source_id
    run = await notes.find_run(tx, here, row.run_id)
    left_out = set(run.uncovered_turns if run else ()).intersection(subject.uncovered_turns)
    note: dict[str, Any] = {
        "workspace_id": here,
        "id": uuid4(),
        "source_id": source_id,
        "version": await notes.next_version(tx, here, source_id),
        "run_id": row.run_id,
        "turns": subject.read_turns,
        "uncovered_turns": sorted(left_out),
        "absent": {},
        "notices": row.notices,
    }
    await notes.insert_note(tx, note)
    return UUID(str(note["id"]))


async def _reword(
    tx: Transaction,
    subject: Subject,
    row: Record,
    was: GroundedClaim,
    now: GroundedClaim,
    *,
    change: Change,
) -> None:
    """The claim keeps its id and what became of it; words, evidence and due are the new ones."""
    (columns,) = claim_rows(subject, [now], ids=[row.id], note_id=row.note_id)
    values = {
        name: value
        for name, value in columns.items()
        if name not in _NOT_CHANGED | _FATES and getattr(row, name) != value
    }
    before = [span.model_dump() for span in was.spans] if was.spans != now.spans else None
    await claims.change_claim(tx, row, values=values, change=change, spans=before)
    if before:
        await claims.replace_evidence(tx, row, span_rows(subject, [now], ids=[row.id]))
