"""One uploaded thing and its turns."""

from datetime import datetime
from enum import StrEnum

from schemas.model import Model


class Kind(StrEnum):
    """What a source is."""

    CALL = "call"
    EMAIL = "email"
    CONTRACT = "contract"


class Side(StrEnum):
    """Who a speaker speaks for; unknown never counts as the customer's own words."""

    CUSTOMER = "customer"
    VENDOR = "vendor"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where a source stands between upload and note."""

    PENDING = "pending"
    """Announced; its content is missing."""
    QUEUED = "queued"
    """Stored together with its job."""
    RUNNING = "running"
    """A worker holds the attempt."""
    READY = "ready"
    """Its note can be read; the run may still be partial."""
    FAILED = "failed"
    """No attempt is left; `error` says why."""


class Notice(Model):
    """What a person should know although the call worked."""

    code: str
    detail: str
    mend: str = ""


class StatedParticipant(Model):
    """Somebody as the uploader or the file names them; every key optional."""

    name: str | None = None
    email: str | None = None
    side: Side | None = None


class Participant(Model):
    """Somebody of a source with the side that was decided, and by which rule."""

    name: str | None
    email: str | None
    side: Side
    side_rule: str


class Utterance(Model):
    """One speaker's words as a parser found them: a cue, an entry, or one e-mail message.

    Times are seconds from the start of the call; unknown is None, never 0.
    """

    text: str
    speaker: str | None = None
    email: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    sent_at: datetime | None = None
    stated_side: Side | None = None
    """The side the file itself states (a label `Customer:`, a field of the tool)."""
    side_hint: str | None = None
    """Which label or field of the file stated the side, for `side_rule`."""


class Parsed(Model):
    """A file read: what it says, before sides are decided."""

    kind: Kind
    format: str
    utterances: tuple[Utterance, ...]
    participants: tuple[StatedParticipant, ...] = ()
    title: str | None = None
    occurred_at: datetime | None = None
    message_id: str | None = None
    references: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class Turn(Model):
    """The numbered unit of a source. Spans are code-point offsets into `text`, as stored."""

    turn: int
    speaker: str | None
    side: Side
    side_rule: str
    start_s: float | None = None
    end_s: float | None = None
    sent_at: datetime | None = None
    text: str
