"""A source is read once more, and what comes out is proposed beside its note."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from schemas.api import ProblemNote
from schemas.proposal import UNFINISHED, ProposalState
from schemas.source import Status
from service.actions.accepting import RULE, accept
from service.actions.extraction import LOCAL, Extraction, ReadingFailed, Tools
from service.actions.outlines import PROPOSED, Proposed, outline
from service.actions.reading import MAX_ATTEMPTS, MOST_RUNNING, Crowded
from service.actions.rerun_ends import GAVE_UP, NOT_READ, close, fail, hold
from service.actions.rows import Subject
from service.actions.runs import store_run
from service.actions.subjects import load_subject
from service.db import attempts, notes, proposals, sources
from service.db.claim_changes import Change
from service.db.doors import Doors
from service.db.job_health import Ended
from service.db.tables import Record, Transaction


@dataclass(frozen=True)
class _Begun:
    """A re-run that this attempt has taken."""

    subject: Subject
    base_version: int
    waits: int
    waiting_since: datetime | None

    @property
    def anew(self) -> Subject:
        """The source as if nobody had read it yet."""
        return replace(
            self.subject,
            read_turns=0,
            claims={},
            uncovered_turns=(),
            pinned=frozenset(),
            waits=self.waits,
            waiting_since=self.waiting_since,
        )


async def rerun_source(
    doors: Doors,
    tools: Tools,
    *,
    workspace_id: UUID,
    source_id: UUID,
    attempt: UUID,
) -> Ended | None:
    """Work off the re-run of a source; None where none waits, or another attempt has it."""
    begun = await _begin(doors, workspace_id, source_id, token=attempt)
    if not isinstance(begun, _Begun):
        return begun
    started = time.monotonic()
    try:
        extractor = tools.reader_of(begun.anew)
        extraction = await extractor.extract(begun.anew, attempt=attempt, tell=_tell_nobody)
        _refuse_stand_in(extraction)
    except ReadingFailed as failure:
        seconds = time.monotonic() - started
        return await fail(doors, begun.subject, failure, attempt=attempt, seconds=seconds)
    seconds = time.monotonic() - started
    async with doors.workspace_transaction(workspace_id) as tx:
        row = await hold(tx, workspace_id, source_id, attempt=attempt)
        if row is None:
            return None
        proposed = await _propose(tx, begun, extraction, row=row, seconds=seconds)
        is_whole = extraction.facts.outcome == "complete" and not extraction.notices
        if tools.accepts_reruns and is_whole:
            await _accept(tx, workspace_id, source_id, proposed)
    return Ended.DONE


async def _tell_nobody(done: int, total: int) -> None:
    """The source stays ready: there is no progress of it to follow."""


def _refuse_stand_in(extraction: Extraction) -> None:
    """Where rules read everything for a model that was away there is nothing new to propose."""
    facts = extraction.facts
    if facts.extractor == LOCAL and facts.stood_in_turns:
        why = extraction.notices[0]
        problem = ProblemNote(
            type=f"/problems/{why.code}",
            detail=why.detail,
            mend="Ask for another re-run later. The note is as it was.",
        )
        raise ReadingFailed(problem, replace(facts, outcome="failed"))


async def _begin(
    doors: Doors, workspace_id: UUID, source_id: UUID, *, token: UUID
) -> _Begun | Ended | None:
    async with doors.workspace_transaction(workspace_id) as tx:
        found = await sources.lock_source(tx, workspace_id, source_id)
        waiting = await proposals.latest_proposal(tx, workspace_id, source_id)
        if found is None or waiting is None or waiting.state not in UNFINISHED:
            return None
        if found.status == Status.FAILED:
            await close(tx, waiting, NOT_READ)
            return Ended.FAILED
        if found.status != Status.READY or await _is_crowded(tx, waiting):
            raise Crowded
        if waiting.attempts >= MAX_ATTEMPTS:
            await close(tx, waiting, GAVE_UP)
            return Ended.FAILED
        await proposals.begin_attempt(tx, waiting, attempt=token)
        subject = await load_subject(tx, workspace_id, source_id)
        note = await notes.latest_note(tx, workspace_id, source_id)
        if subject is None or note is None:
            return None
        return _Begun(subject, note.version, waiting.waits, waiting.waiting_since)


async def _is_crowded(tx: Transaction, waiting: Record) -> bool:
    """Re-runs and readings of a workspace share its places."""
    here, running = waiting.workspace_id, ProposalState.RUNNING
    reading = await attempts.count_running(tx, here, beside=waiting.source_id)
    others = await proposals.count_in(tx, here, state=running, most=MOST_RUNNING, beside=waiting.id)
    return reading + others >= MOST_RUNNING


async def _propose(
    tx: Transaction, begun: _Begun, extraction: Extraction, *, row: Record, seconds: float
) -> tuple[Proposed, ...]:
    """Store what was found beside the note, in the place of what was proposed before."""
    subject, facts, found = begun.subject, extraction.facts, extraction.admission
    here, source_id = subject.workspace_id, subject.source_id
    proposed = tuple(Proposed(id=uuid4(), claim=claim) for claim in found.claims)
    await proposals.close_open(tx, here, source_id)
    values: dict[str, Any] = {
        "state": ProposalState.OPEN,
        "run_id": await store_run(tx, subject, facts, rejected=found.rejected, seconds=seconds),
        "base_version": begun.base_version,
        "claims": PROPOSED.dump_python(proposed, mode="json"),
        "notices": [one.model_dump() for one in extraction.notices],
        "unread_turns": sorted({*facts.uncovered_turns, *facts.stood_in_turns}),
        "attempt": None,
    }
    await proposals.change_proposal(tx, here, row.id, values=values)
    return proposed


async def _accept(
    tx: Transaction, workspace_id: UUID, source_id: UUID, proposed: tuple[Proposed, ...]
) -> None:
    """Nobody is asked, by the setting; a note that has changed meanwhile is left to a person."""
    subject = await load_subject(tx, workspace_id, source_id)
    note = await notes.latest_note(tx, workspace_id, source_id)
    row = await proposals.latest_proposal(tx, workspace_id, source_id)
    if subject and note and row and note.version == row.base_version:
        what = outline(subject, proposed, unread_turns=())
        await accept(tx, subject, row, what, change=Change(RULE), now=datetime.now(UTC))
