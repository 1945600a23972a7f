"""From drafts to claims: the gate, then dates, then statements that add nothing. Pure."""

from collections.abc import Mapping, Sequence

from schemas.claim import Admission, Draft, GroundedClaim, Reason, Rejection
from schemas.source import Turn
from service.actions.rows import Subject, resolved_due, stated_at
from service.extract.difference import are_same
from service.extract.gate import admit
from service.extract.statement import settle


def ground(drafts: Sequence[Draft], subject: Subject) -> Admission:
    """The claims that stand in the turns as they are stored, and what is rejected.

    Dates come before statements: one that a rule has resolved may stand in a statement.
    """
    admission = admit(drafts, subject.turns)
    turns = {turn.turn: turn for turn in subject.turns}
    dated = (_dated(claim, turns[claim.spans[0].turn], subject) for claim in admission.claims)
    settled = [settle(claim, subject.turns) for claim in dated]
    again = [claim for claim in settled if _is_pinned(claim, subject)]
    rejected = (*admission.rejected, *(_again(claim, turns) for claim in again))
    claims = tuple(claim for claim in settled if claim not in again)
    return Admission(claims=claims, rejected=rejected)


def _is_pinned(claim: GroundedClaim, subject: Subject) -> bool:
    """A person's own claim stands on these words already."""
    return any(are_same(subject.claims[one], claim) for one in subject.pinned)


def _again(claim: GroundedClaim, turns: Mapping[int, Turn]) -> Rejection:
    span = claim.spans[0]
    quote = turns[span.turn].text[span.start : span.end]
    return Rejection(field=claim.field, quote=quote, turn=span.turn, reason=Reason.DUPLICATE)


def _dated(claim: GroundedClaim, turn: Turn, subject: Subject) -> GroundedClaim:
    """The claim with its due date, seen from when it was said."""
    if claim.due is None:
        return claim
    said_at = stated_at(turn, subject.occurred_at) or subject.occurred_at
    return claim.model_copy(update={"due": resolved_due(claim.due.text, said_at)})
