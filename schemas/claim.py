"""From what an extractor proposes to what stands on its evidence."""

import datetime as dt
from enum import StrEnum

from schemas.model import Model

WHY_THEY_BOUGHT = "why_they_bought"
WHAT_WAS_PROMISED = "what_was_promised"
SUCCESS_IN_THEIR_WORDS = "success_in_their_words"
CUSTOMER_COMMITMENTS = "customer_commitments"

FIELDS = (WHY_THEY_BOUGHT, WHAT_WAS_PROMISED, SUCCESS_IN_THEIR_WORDS, CUSTOMER_COMMITMENTS)
CUSTOMER_FIELDS = (WHY_THEY_BOUGHT, SUCCESS_IN_THEIR_WORDS, CUSTOMER_COMMITMENTS)
"""Fields that only a customer's turn can fill; a promise needs a vendor's."""


class ClaimState(StrEnum):
    """What became of a claim."""

    ACTIVE = "active"
    SUPERSEDED = "superseded"
    """Was true; what replaced it is kept beside it."""
    RETRACTED = "retracted"
    """Was wrong."""
    UNATTRIBUTED = "unattributed"
    """Grounded, but nobody has said whose side spoke: in no brief and no handoff."""


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class ContractStatus(StrEnum):
    """Whether a promise reached the contract."""

    IN = "in"
    NOT_IN = "not_in"
    CONTRADICTS = "contradicts"
    NO_CONTRACT = "no_contract"


class Absence(StrEnum):
    """Why a field has no claims."""

    NOT_DISCUSSED = "not_discussed"
    ASKED_NOT_ANSWERED = "asked_not_answered"
    SPEAKER_UNKNOWN = "speaker_unknown"
    NOT_READ = "not_read"


class Reason(StrEnum):
    """Why a draft was rejected."""

    NOT_FOUND = "not-found"
    """The quote's tokens do not stand in that turn, in that order, with nothing left out."""
    WRONG_TURN = "wrong-turn"
    """The quote stands in another turn of the source than the one named."""
    NO_SUCH_TURN = "no-such-turn"
    TOO_SHORT = "too-short"
    """Fewer than three words, and not the whole turn."""
    CUT_NEGATION = "cut-negation"
    """A negation of the same clause was left outside the quote."""
    BAD_JOIN = "bad-join"
    """Pieces joined by an ellipsis are out of order, overlap, or have under three words."""
    WRONG_SIDE = "wrong-side"
    """The other side said it."""
    INTERNAL = "internal"
    """A mail within one side undertakes nothing towards the other."""
    QUOTED = "quoted"
    """It stands on a line that the author of the turn only quotes."""
    UNKNOWN_FIELD = "unknown-field"
    TOO_LONG = "too-long"
    """Quote or statement over the limit of the reply."""
    DUPLICATE = "duplicate"
    """The same field already stands on this span."""


class Due(Model):
    """When a promise falls due: the words, and the date that a named rule resolved from them."""

    text: str
    date: dt.date | None = None
    rule: str | None = None


class Draft(Model):
    """What an extractor proposes. Nothing in it is trusted until the gate has found its quote."""

    field: str
    turn: int
    quote: str
    statement: str
    confidence: float = 0.5
    """0 to 1, as the extractor sees it."""
    promised_to: str | None = None
    due_text: str | None = None


class Span(Model):
    """Where a quote stands: code-point offsets into the stored text of one turn, end exclusive."""

    turn: int
    start: int
    end: int


class GroundedClaim(Model):
    """What the gate found in the source. Every quote is read from its span."""

    field: str
    statement: str
    state: ClaimState
    confidence: float
    spans: tuple[Span, ...]
    promised_by: str | None = None
    promised_to: str | None = None
    due: Due | None = None


class Rejection(Model):
    """A draft that was not kept, and why."""

    field: str
    quote: str
    turn: int
    reason: Reason


class Admission(Model):
    """What the gate made of a list of drafts; every draft is in exactly one of the two lists."""

    claims: tuple[GroundedClaim, ...]
    rejected: tuple[Rejection, ...]
