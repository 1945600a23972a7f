"""What re-runs propose: shown, accepted, dismissed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter

from schemas.api import Page
from schemas.proposal import Proposal, ProposalState, RunEntry
from service.actions import cursor
from service.actions.accepting import RULE, accept, decision
from service.actions.outlines import PROPOSED, Outline, outline
from service.actions.people import Person
from service.actions.proposal_views import proposal_view
from service.actions.rows import Subject
from service.actions.showing import Reader, find, no_source, require_ready
from service.actions.subjects import load_subject
from service.actions.views import run_entry
from service.db import claims, notes, proposals, sources
from service.db.doors import Doors
from service.db.tables import Record, Transaction
from service.errors import NotFound, NotReady, ProposalClosed, RunFailed

_RUN_PLACE = TypeAdapter(tuple[AwareDatetime, UUID])
_AGAIN = "POST /v1/sources/{source_id}/runs asks for another re-run."


async def list_runs(
    doors: Doors, reader: Reader, source_id: str, *, after: str | None, limit: int
) -> Page[RunEntry]:
    """Every run of a source, newest first; also those that failed or were not accepted."""
    this = (reader.workspace_id, source_id, "runs")
    place = cursor.decode(after, of=this, shape=_RUN_PLACE) if after else None
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        row = await find(tx, reader, source_id)
        rows = await notes.list_runs(tx, reader.workspace_id, row.id, after=place, limit=limit + 1)
    more = len(rows) > limit
    last = [rows[limit - 1].created_at.isoformat(), str(rows[limit - 1].id)] if more else None
    items = tuple(run_entry(one) for one in rows[:limit])
    return Page(items=items, next_cursor=cursor.encode(last, of=this) if last else None)


async def find_open(doors: Doors, workspace_id: UUID) -> dict[UUID, UUID]:
    """The open proposal of each source that has one."""
    async with doors.workspace_transaction(workspace_id) as tx:
        return await proposals.list_open(tx, workspace_id)


async def show_proposal(doors: Doors, reader: Reader, source_id: str) -> Proposal:
    """What the newest re-run proposes. Raises NotFound, NotReady, RunFailed."""
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        row = await find(tx, reader, source_id)
        return await _view(tx, await _look(tx, reader.workspace_id, row.id))


async def accept_proposal(
    doors: Doors, person: Person, source_id: str, *, proposal_id: str | None = None
) -> Proposal:
    """Make it the next version of the note; accepted once, it stays accepted.

    Raises NotFound, NotReady, RunFailed, ProposalClosed.
    """
    async with doors.workspace_transaction(person.workspace_id) as tx:
        looked = await _decided_on(tx, person, source_id, proposal_id=proposal_id)
        if looked.state is not ProposalState.ACCEPTED:
            _require_open(looked, "accepted")
            await accept(
                tx,
                looked.subject,
                looked.row,
                looked.outline,
                change=person.change(RULE),
                now=datetime.now(UTC),
            )
        return await _view(tx, await _look(tx, person.workspace_id, looked.subject.source_id))


async def dismiss_proposal(
    doors: Doors, person: Person, source_id: str, *, proposal_id: str | None = None
) -> Proposal:
    """Leave the note as it is. Raises NotFound, NotReady, RunFailed, ProposalClosed."""
    async with doors.workspace_transaction(person.workspace_id) as tx:
        looked = await _decided_on(tx, person, source_id, proposal_id=proposal_id)
        if looked.state is not ProposalState.DISMISSED:
            _require_open(looked, "dismissed")
            values = decision(
                ProposalState.DISMISSED,
                looked.outline,
                change=person.change(),
                now=datetime.now(UTC),
            )
            here = person.workspace_id
            await proposals.change_proposal(tx, here, looked.row.id, values=values)
        return await _view(tx, await _look(tx, person.workspace_id, looked.subject.source_id))


@dataclass(frozen=True)
class _Looked:
    """A proposal with all that it stands on."""

    row: Record
    state: ProposalState
    run: Record
    subject: Subject
    outline: Outline


async def _look(tx: Transaction, workspace_id: UUID, source_id: UUID) -> _Looked:
    row = await proposals.latest_proposal(tx, workspace_id, source_id)
    if row is None:
        raise NotFound("Nobody has asked for a re-run of this source.", mend=_AGAIN)
    _require_finished(row)
    run = await notes.find_run(tx, workspace_id, row.run_id)
    note = await notes.latest_note(tx, workspace_id, source_id)
    subject = await load_subject(tx, workspace_id, source_id)
    if run is None or note is None or subject is None:
        raise no_source()
    is_stale = row.state == ProposalState.OPEN and note.version != row.base_version
    state = ProposalState.STALE if is_stale else ProposalState(row.state)
    return _Looked(row, state, run, subject, _outline(row, subject))


def _require_finished(row: Record) -> None:
    if row.state in {ProposalState.QUEUED, ProposalState.RUNNING}:
        raise NotReady(f"The re-run is {row.state}.", mend="Ask again.", retry_after_s=1)
    if row.state == ProposalState.FAILED:
        raise RunFailed(row.error["detail"], mend=row.error["mend"] or _AGAIN)


def _outline(row: Record, subject: Subject) -> Outline:
    """What was decided on stays as it was; what is open follows the claims of now."""
    if row.difference is not None:
        return Outline.model_validate(row.difference)
    proposed = PROPOSED.validate_python(row.claims)
    return outline(subject, proposed, unread_turns=row.unread_turns)


async def _decided_on(
    tx: Transaction, person: Person, source_id: str, *, proposal_id: str | None
) -> _Looked:
    """The source is locked, so that of eight at once each sees what the one before has done."""
    here = person.workspace_id
    row = await find(tx, person.reader, source_id)
    locked = await sources.lock_source(tx, here, row.id)
    if locked is None:
        raise no_source()
    require_ready(locked)
    looked = await _look(tx, here, row.id)
    if proposal_id is not None and proposal_id != str(looked.row.id):
        raise ProposalClosed(
            "There is a newer proposal than the one that you name.",
            field="id",
            mend="Look at GET /v1/sources/{source_id}/proposal, then decide on that.",
        )
    return looked


def _require_open(looked: _Looked, what: str) -> None:
    if looked.state is ProposalState.STALE:
        raise ProposalClosed("The note has changed since the re-run.", mend=_AGAIN)
    if looked.state is not ProposalState.OPEN:
        raise ProposalClosed(f"It is {looked.state} and cannot be {what}.", mend=_AGAIN)


async def _view(tx: Transaction, looked: _Looked) -> Proposal:
    here, source_id = looked.subject.workspace_id, looked.subject.source_id
    rows = await claims.list_claims(tx, here, source_id)
    evidence = await claims.list_evidence(tx, here, [row.id for row in rows])
    return proposal_view(
        looked.row,
        looked.state,
        run=looked.run,
        outline=looked.outline,
        subject=looked.subject,
        claims=rows,
        evidence=evidence,
    )
