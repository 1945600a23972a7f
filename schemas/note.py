"""What a reader of a note sees: claims with their quotes, and why a field is empty."""

from datetime import datetime

from schemas.claim import Absence, ClaimState, ContractStatus, Due, PromiseState
from schemas.model import Model
from schemas.source import Notice, Side


class Evidence(Model):
    """A quote, read from its turn: `turn.text[start:end] == quote`."""

    source_id: str
    turn: int
    start: int
    end: int
    quote: str
    speaker: str | None
    side: Side
    at_s: float | None
    sent_at: datetime | None


class Claim(Model):
    """One item of a field, standing on its evidence."""

    id: str
    field: str
    statement: str
    state: ClaimState
    version: int
    pinned: bool
    """Added or corrected by a person: no re-run changes it."""
    confidence: float
    stated_at: datetime | None
    evidence: tuple[Evidence, ...]


class Promise(Claim):
    """A claim of `what_was_promised`, or a customer's commitment."""

    promised_by: str | None
    promised_to: str | None
    due: Due | None
    contract: ContractStatus
    contract_evidence: tuple[Evidence, ...]
    promise_state: PromiseState


class Note(Model):
    """The claims of one source."""

    id: str
    source_id: str
    version: int
    customer: str | None
    deal: str | None
    why_they_bought: tuple[Claim, ...]
    what_was_promised: tuple[Promise, ...]
    success_in_their_words: tuple[Claim, ...]
    customer_commitments: tuple[Promise, ...]
    fields: dict[str, tuple[Claim, ...]]
    absent: dict[str, Absence]
    notices: tuple[Notice, ...]
