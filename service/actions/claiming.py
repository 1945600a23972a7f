"""A person adds a claim: through the same gate as any extractor's draft, and pinned."""

from dataclasses import replace
from uuid import UUID, uuid4

from schemas.claim import Draft, GroundedClaim, Reason
from schemas.claim_forms import ClaimForm
from schemas.note import Claim
from service.actions.absent import write_absent
from service.actions.claim_views import find_claim_view
from service.actions.grounding import ground
from service.actions.people import Person
from service.actions.rows import Subject, claim_rows, span_rows
from service.actions.showing import find, no_source, require_ready
from service.actions.subjects import load_subject
from service.db import claims, jobs, notes, sources
from service.db.claim_changes import insert_change
from service.db.doors import Doors
from service.db.tables import Transaction
from service.errors import ClaimRejected
from service.extract.gate import UNDERTAKINGS
from service.extract.statement import faults

SURE = 1.0
"""The confidence in what a person has said."""

WHY = {
    Reason.NOT_FOUND: ("quote", "The quote does not stand in that turn, word for word."),
    Reason.WRONG_TURN: ("turn", "The quote stands in another turn."),
    Reason.NO_SUCH_TURN: ("turn", "The source has no such turn."),
    Reason.TOO_SHORT: ("quote", "The quote has under three words, and is not the whole turn."),
    Reason.CUT_NEGATION: ("quote", "A negation of the same clause is left out of the quote."),
    Reason.BAD_JOIN: ("quote", "Its pieces are out of order, overlap, or are under three words."),
    Reason.WRONG_SIDE: ("field", "The other side said it."),
    Reason.INTERNAL: ("field", "A mail within one side undertakes nothing towards the other."),
    Reason.QUOTED: ("quote", "The author of the turn only quotes that line."),
    Reason.UNKNOWN_FIELD: ("field", "There is no such field."),
    Reason.TOO_LONG: ("quote", "It is too long."),
}


async def add_claim(doors: Doors, person: Person, form: ClaimForm) -> Claim:
    """Put it into the newest note of its source. Raises NotFound, NotReady, ClaimRejected."""
    here = person.workspace_id
    async with doors.workspace_transaction(here) as tx:
        row = await find(tx, person.reader, form.source_id)
        locked = await sources.lock_source(tx, here, row.id)
        require_ready(locked or row)
        subject = await load_subject(tx, here, row.id)
        if subject is None:
            raise no_source()
        claim = _grounded(subject, form)
        claim_id = await _insert(tx, subject, claim, person=person)
        await write_absent(tx, here, row.id)
        await jobs.enqueue(tx, jobs.INDEX_SOURCE, workspace_id=here, source_id=row.id)
        return await find_claim_view(tx, here, claim_id)


def _grounded(subject: Subject, form: ClaimForm) -> GroundedClaim:
    if form.field not in UNDERTAKINGS and (form.due_text or form.promised_to):
        raise only_promises()
    alone = replace(subject, claims={}, pinned=frozenset())  # a twin is told with its id, below
    admission = ground([_draft(form)], alone)
    if admission.rejected:
        raise refused(admission.rejected[0].reason)
    (claim,) = admission.claims
    if form.due_text and claim.due is None:
        raise not_said()
    _refuse_twin(subject, claim)
    return reworded(subject, claim, form.statement) if form.statement else claim


def _draft(form: ClaimForm) -> Draft:
    return Draft(
        field=form.field,
        turn=form.turn,
        quote=form.quote,
        statement=form.quote,
        confidence=SURE,
        promised_to=form.promised_to or None,
        due_text=form.due_text,
    )


def refused(reason: Reason) -> ClaimRejected:
    """A reason of the gate, told to a person."""
    field, why = WHY[reason]
    return ClaimRejected(f"{reason}: {why}", field=field, mend="Copy the quote from its turn.")


def only_promises() -> ClaimRejected:
    """Of another field it is not asked."""
    return ClaimRejected(
        "Only promises and commitments say to whom and until when.",
        field="field",
        mend="Leave both out.",
    )


def not_said() -> ClaimRejected:
    """Words that are to say when, and stand nowhere in the turn."""
    return ClaimRejected(
        "not-found: Words that say when must stand in the turn of the quote.",
        field="due_text",
        mend="Copy them from the turn.",
    )


def _refuse_twin(subject: Subject, claim: GroundedClaim) -> None:
    for id_, known in subject.claims.items():
        if (known.field, known.spans) == (claim.field, claim.spans):
            raise ClaimRejected(
                f"duplicate: The claim {id_} stands on this quote already and is {known.state}.",
                field="quote",
                mend=f"Correct that one: PATCH /v1/claims/{id_}.",
            )


def reworded(subject: Subject, claim: GroundedClaim, statement: str) -> GroundedClaim:
    """The claim with a person's statement. Raises ClaimRejected where that adds something."""
    stated = claim.model_copy(update={"statement": statement})
    found = faults(stated, subject.turns)
    if found:
        raise ClaimRejected(
            f"The statement adds to its quote or changes it: {', '.join(found)}.",
            field="statement",
            mend="Say only what the quote says, or quote more of the turn.",
        )
    return stated


async def _insert(
    tx: Transaction, subject: Subject, claim: GroundedClaim, *, person: Person
) -> UUID:
    here, source_id = subject.workspace_id, subject.source_id
    note = await notes.latest_note(tx, here, source_id)
    if note is None:
        raise no_source()
    claim_id = uuid4()
    (row,) = claim_rows(subject, [claim], ids=[claim_id], note_id=note.id)
    row |= {"number": await claims.next_number(tx, here, note.id), "pinned": True}
    await claims.insert_claims(tx, [row], span_rows(subject, [claim], ids=[claim_id]))
    stored = await claims.find_claim(tx, here, claim_id)
    if stored is None:
        raise no_source()
    await insert_change(tx, stored, version=1, before={}, change=person.change())
    return claim_id
