"""The difference between a note and a re-run, as it is kept: ids and claims with their spans."""

from collections.abc import Collection, Sequence
from uuid import UUID

from pydantic import TypeAdapter

from schemas.claim import GroundedClaim, Reason
from schemas.model import Model
from schemas.source import Turn
from service.actions.rows import Subject, resolved_due, stated_at
from service.extract.difference import Known, differ, is_changed
from service.extract.gate import state_for


class Proposed(Model):
    """A claim that a re-run found, under the id that it gets if it is accepted as new."""

    id: UUID
    claim: GroundedClaim


class Changed(Model):
    """A claim that is kept and would read otherwise."""

    id: UUID
    was: GroundedClaim
    now: GroundedClaim


class Outline(Model):
    """What acceptance makes of the claims of a note."""

    kept: tuple[UUID, ...]
    changed: tuple[Changed, ...]
    gone: tuple[UUID, ...]
    new: tuple[Proposed, ...]


PROPOSED = TypeAdapter(tuple[Proposed, ...])


def outline(
    subject: Subject, proposed: Sequence[Proposed], *, unread_turns: Collection[int]
) -> Outline:
    """Against the claims of now, so that what a person did meanwhile counts."""
    found = _as_of_now(subject, proposed)
    known = [Known(id_, claim, id_ in subject.pinned) for id_, claim in subject.claims.items()]
    difference = differ(known, [one.claim for one in found], unread_turns=unread_turns)
    changed = [
        Changed(id=id_, was=subject.claims[id_], now=found[at].claim)
        for id_, at in difference.kept.items()
        if at is not None and is_changed(subject.claims[id_], found[at].claim)
    ]
    return Outline(
        kept=tuple(difference.kept),
        changed=tuple(changed),
        gone=difference.gone,
        new=tuple(found[at] for at in difference.new),
    )


def _as_of_now(subject: Subject, proposed: Sequence[Proposed]) -> list[Proposed]:
    """Sides and times may have been corrected since the re-run: by the gate's own rules."""
    turns = {turn.turn: turn for turn in subject.turns}
    found = [
        (one, _claim_now(one.claim, turns[one.claim.spans[0].turn], subject)) for one in proposed
    ]
    return [Proposed(id=one.id, claim=claim) for one, claim in found if claim is not None]


def _claim_now(claim: GroundedClaim, turn: Turn, subject: Subject) -> GroundedClaim | None:
    """None where the other side said it, as is known by now."""
    state = state_for(claim.field, turn)
    if isinstance(state, Reason):
        return None
    said_at = stated_at(turn, subject.occurred_at) or subject.occurred_at
    due = resolved_due(claim.due.text, said_at) if claim.due else None
    return claim.model_copy(update={"state": state, "due": due})
