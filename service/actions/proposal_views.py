"""A proposal as its readers see it. Pure; quotes are read from their turns."""

from collections.abc import Sequence
from types import SimpleNamespace
from uuid import UUID

from schemas.claim import GroundedClaim
from schemas.note import Claim, Evidence
from schemas.proposal import ChangedClaim, Proposal, ProposalState, Wording
from service.actions.outlines import Outline, Proposed
from service.actions.rows import Subject, claim_rows
from service.actions.views import claim_view, evidence_view, in_utc, run_entry, span_evidence
from service.db.tables import Record


def proposal_view(
    row: Record,
    state: ProposalState,
    *,
    run: Record,
    outline: Outline,
    subject: Subject,
    claims: Sequence[Record],
    evidence: Sequence[Record],
) -> Proposal:
    """Claims of the note as they stand now; new ones as they are or would be stored."""
    stored = _stored(claims, evidence)
    words = _Words(subject)
    return Proposal(
        id=str(row.id),
        state=state,
        run=run_entry(run),
        base_version=row.base_version,
        kept=tuple(stored[one] for one in outline.kept),
        changed=tuple(
            ChangedClaim(id=str(one.id), was=words.of(one.was), now=words.of(one.now))
            for one in outline.changed
        ),
        gone=tuple(stored[one] for one in outline.gone),
        new=tuple(stored.get(one.id) or words.new(one) for one in outline.new),
        by=row.by,
        comment=row.comment,
        decided_at=in_utc(row.decided_at),
        notices=row.notices,
    )


def _stored(claims: Sequence[Record], evidence: Sequence[Record]) -> dict[UUID, Claim]:
    quotes: dict[UUID, list[Evidence]] = {}
    for span in evidence:
        quotes.setdefault(span.claim_id, []).append(evidence_view(span))
    return {row.id: claim_view(row, quotes[row.id]) for row in claims}


class _Words:
    """Claims that no row holds, with the words that stand at their spans."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._turns = {turn.turn: turn for turn in subject.turns}

    def of(self, claim: GroundedClaim) -> Wording:
        """How it reads."""
        return Wording(
            statement=claim.statement,
            evidence=self._evidence(claim),
            promised_to=claim.promised_to,
            due=claim.due,
        )

    def new(self, one: Proposed) -> Claim:
        """As it would stand in the note."""
        note_id = self._subject.source_id  # of no note yet, and not shown
        (row,) = claim_rows(self._subject, [one.claim], ids=[one.id], note_id=note_id)
        first = SimpleNamespace(**row, version=1, pinned=False)
        return claim_view(first, self._evidence(one.claim))

    def _evidence(self, claim: GroundedClaim) -> tuple[Evidence, ...]:
        source_id = self._subject.source_id
        return tuple(span_evidence(source_id, self._turns[span.turn], span) for span in claim.spans)
