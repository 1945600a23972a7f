"""A person corrects a claim: one more version of it, pinned from then on."""

from typing import Any
from uuid import UUID

from schemas.claim import ClaimState, Due, GroundedClaim, Reason
from schemas.claim_forms import ClaimChange
from schemas.note import Claim
from schemas.source import Turn
from service.actions.absent import write_absent
from service.actions.claim_views import find_claim_view, no_claim, parse_claim_id
from service.actions.claiming import not_said, only_promises, refused, reworded
from service.actions.people import PERSON, Person
from service.actions.rows import STATED, Subject, resolved_due, stated_at
from service.actions.subjects import load_subject
from service.db import claims, jobs, sources
from service.db.doors import Doors
from service.db.tables import Record, Transaction
from service.errors import ClaimRejected, VersionClash
from service.extract.gate import UNDERTAKINGS, as_said, state_for

_DUE = {"due_text", "due_date"}


async def correct_claim(doors: Doors, person: Person, claim_id: str, change: ClaimChange) -> Claim:
    """Write what differs, and have the source indexed anew.

    Raises NotFound, VersionClash, ClaimRejected.
    """
    here, key = person.workspace_id, parse_claim_id(claim_id)
    async with doors.workspace_transaction(here) as tx:
        row, subject = await _lock(tx, here, key)
        if row.version != change.version:
            raise VersionClash(
                f"The claim is at version {row.version}, not {change.version}.",
                field="version",
                mend=f"Look at GET /v1/claims/{key}, then send its version.",
            )
        values = _values(row, subject, change)
        if values:
            values |= {"pinned": True}
            await claims.change_claim(tx, row, values=values, change=person.change())
            await write_absent(tx, here, row.source_id)
            await jobs.enqueue(tx, jobs.INDEX_SOURCE, workspace_id=here, source_id=row.source_id)
        return await find_claim_view(tx, here, key)


async def _lock(tx: Transaction, workspace_id: UUID, claim_id: UUID) -> tuple[Record, Subject]:
    """The claim as it is once its source is locked. Raises NotFound."""
    found = await claims.find_claim(tx, workspace_id, claim_id)
    if found is None or await sources.lock_source(tx, workspace_id, found.source_id) is None:
        raise no_claim()
    row = await claims.find_claim(tx, workspace_id, claim_id)
    subject = await load_subject(tx, workspace_id, found.source_id)
    if row is None or subject is None:
        raise no_claim()
    return row, subject


def _values(row: Record, subject: Subject, change: ClaimChange) -> dict[str, Any]:
    """The columns that differ from what is stored."""
    said = change.model_fields_set
    claim = subject.claims[row.id]
    turn = next(one for one in subject.turns if one.turn == claim.spans[0].turn)
    if said & {*_DUE, "promised_to"} and claim.field not in UNDERTAKINGS:
        raise only_promises()
    now = claim
    if said & _DUE:
        now = now.model_copy(update={"due": _due(now, turn, change, subject=subject)})
    if "promised_to" in said:
        now = now.model_copy(update={"promised_to": change.promised_to or None})
    if change.statement or now.due != claim.due:
        now = reworded(subject, now, change.statement or now.statement)
    columns = {**_columns(now), **_state(row, change, turn)}
    return {name: value for name, value in columns.items() if getattr(row, name) != value}


def _columns(claim: GroundedClaim) -> dict[str, Any]:
    due = claim.due
    return {
        "statement": claim.statement,
        "promised_to": claim.promised_to,
        "due_text": due.text if due else None,
        "due_date": due.date if due else None,
        "due_rule": due.rule if due else None,
    }


def _state(row: Record, change: ClaimChange, turn: Turn) -> dict[str, Any]:
    """Nobody makes a claim active that the gate would not."""
    if change.state is None or change.state == row.state:
        return {}
    if change.state == "retracted":
        return {"state": ClaimState.RETRACTED, "state_rule": PERSON}
    state = state_for(row.field, turn)
    if state is ClaimState.UNATTRIBUTED:
        raise ClaimRejected(
            "Nobody has said whose side spoke.",
            field="state",
            mend="Say it: PATCH /v1/sources/{source_id} with `participants`.",
        )
    if isinstance(state, Reason):
        raise refused(state)
    return {"state": state, "state_rule": None}


def _due(claim: GroundedClaim, turn: Turn, change: ClaimChange, *, subject: Subject) -> Due | None:
    """The words as the turn has them, with the day that a person names or a rule finds."""
    words = claim.due.text if claim.due else None
    if "due_text" in change.model_fields_set:
        words = as_said(turn, change.due_text) if change.due_text else None
        if change.due_text and words is None:
            raise not_said()
    if change.due_date is not None:
        if words is None:
            raise ClaimRejected(
                "A day needs the words that say it.", field="due_date", mend="Send `due_text`."
            )
        return Due(text=words, date=change.due_date, rule=STATED)
    said_at = stated_at(turn, subject.occurred_at) or subject.occurred_at
    return resolved_due(words, said_at)
