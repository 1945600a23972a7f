"""A person corrects a source: to whom it belongs, when it was, who spoke for whom.

Claims are checked again by the same rule that admitted them, and without a model: what was
unattributed is promoted or retracted once its speaker's side is known, and the other way round.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from schemas.api import SourceView
from schemas.claim import ClaimState, GroundedClaim, Reason
from schemas.source import Participant, Side, StatedParticipant, Status, Turn
from schemas.upload import SourceChange
from service.actions.absent import write_absent
from service.actions.files import VendorNames, as_json
from service.actions.rows import STATED, Subject, resolved_due, stated_at
from service.actions.showing import Reader, find, show_source
from service.actions.subjects import load_subject
from service.actions.threads import spoken
from service.db import claims, customers, jobs, passages, preferences, sources, turn_rows
from service.db.claim_changes import Change
from service.db.doors import Doors
from service.db.tables import Record, Transaction
from service.extract.gate import state_for
from service.intake.sides import decide, is_from_file

_BY_SIDE = "side"
"""The rule of a claim that was retracted because the other side said it; it may come back."""
_CHECKED = Change("amended")


async def amend_source(
    doors: Doors, reader: Reader, source_id: str, change: SourceChange, *, vendor: VendorNames
) -> SourceView:
    """Write the change, decide sides again, check the claims, and have the source indexed anew.

    Raises NotFound, DealCustomerClash, SourceClash.
    """
    here = reader.workspace_id
    async with doors.workspace_transaction(here) as tx:
        row = await find(tx, reader, source_id)
        await sources.lock_source(tx, here, row.id)
        stated = _stated(row, change)
        participants = await _decide_again(tx, row, stated=stated, vendor=vendor)
        values = await _values(tx, row, change) | {
            "stated": as_json(stated),
            "participants": as_json(participants),
        }
        await sources.change_source(tx, here, row.id, values=values)
        if row.status == Status.READY:
            await _check_again(tx, here, row.id)
            await passages.refresh_filters(tx, here, row.id)
            await jobs.enqueue(tx, jobs.INDEX_SOURCE, workspace_id=here, source_id=row.id)
    return await show_source(doors, reader, source_id)


def _stated(row: Record, change: SourceChange) -> list[StatedParticipant]:
    if "participants" not in change.model_fields_set:
        return [StatedParticipant.model_validate(one) for one in row.stated]
    return [StatedParticipant(**one.model_dump()) for one in change.participants or ()]


async def _values(tx: Transaction, row: Record, change: SourceChange) -> dict[str, Any]:
    """The columns that change; a deal brings its customer along."""
    said = change.model_fields_set
    values: dict[str, Any] = {
        name: getattr(change, name) or None for name in ("title", "occurred_at") if name in said
    }
    if said & {"customer", "deal"}:
        owner = await customers.find_owner(
            tx,
            row.workspace_id,
            customer_ref=change.customer if "customer" in said else row.customer,
            deal_ref=change.deal if "deal" in said else row.deal,
        )
        values |= {"customer_id": owner.customer_id, "deal_id": owner.deal_id}
    return values


async def _decide_again(
    tx: Transaction, row: Record, *, stated: Sequence[StatedParticipant], vendor: VendorNames
) -> list[Participant]:
    """Sides of every turn by what is known now; the turns that change are written."""
    here = row.workspace_id
    chosen = await preferences.find_preferences(tx, here)
    before = [Participant.model_validate(one) for one in row.participants]
    stored = await turn_rows.list_addressed(tx, here, row.id)
    participants, turns = decide(
        tuple(map(spoken, stored)),
        stated=stated,
        named=[_named(one) for one in before],
        vendor_domains=vendor.domains + chosen.vendor_domains,
        vendor_names=vendor.names + chosen.vendor_names,
    )
    changed = [new for old, new in zip(stored, turns, strict=True) if _side(old.turn) != _side(new)]
    await turn_rows.set_sides(tx, here, row.id, changed)
    return list(participants)


def _named(one: Participant) -> StatedParticipant:
    """With the side that the file gave, which a correction of others does not take away."""
    found = StatedParticipant(name=one.name, email=one.email)
    if not is_from_file(one.side_rule):
        return found
    return found.model_copy(update={"side": one.side, "side_hint": one.side_rule})


def _side(turn: Turn) -> tuple[Side, str, bool]:
    return turn.side, turn.side_rule, turn.is_internal


async def _check_again(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    subject = await load_subject(tx, workspace_id, source_id)
    if subject is None:
        return
    turns = {turn.turn: turn for turn in subject.turns}
    rules = {row.id: row for row in await claims.list_claims(tx, workspace_id, source_id)}
    for claim_id, claim in subject.claims.items():
        values = _changed(rules[claim_id], claim, turns=turns, subject=subject)
        if values:
            await claims.change_claim(tx, rules[claim_id], values=values, change=_CHECKED)
    await write_absent(tx, workspace_id, source_id)


def _changed(
    row: Record, claim: GroundedClaim, *, turns: Mapping[int, Turn], subject: Subject
) -> dict[str, Any]:
    """What is different about a claim by what is known now."""
    turn = turns[claim.spans[0].turn]
    said_at = stated_at(turn, subject.occurred_at)
    now = {
        "stated_at": said_at,
        **_due_now(row, said_at or subject.occurred_at),
        **_state_now(row, claim, turn),
    }
    return {name: value for name, value in now.items() if getattr(row, name) != value}


def _due_now(row: Record, said_at: datetime | None) -> dict[str, Any]:
    """By the rules, unless a person has named the day."""
    if row.due_rule == STATED:
        return {}
    due = resolved_due(row.due_text, said_at)
    return {"due_date": due.date if due else None, "due_rule": due.rule if due else None}


def _state_now(row: Record, claim: GroundedClaim, turn: Turn) -> dict[str, Any]:
    """The state by the gate's own rule; what a person or a newer content decided stays."""
    if row.state not in {ClaimState.ACTIVE, ClaimState.UNATTRIBUTED} and row.state_rule != _BY_SIDE:
        return {}
    state = state_for(claim.field, turn)
    if isinstance(state, Reason):
        return {"state": ClaimState.RETRACTED, "state_rule": _BY_SIDE}
    return {"state": state, "state_rule": None}
