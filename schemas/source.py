"""One uploaded thing and its turns."""

from dataclasses import dataclass
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
    side_hint: str | None = None
    """Which field of the file stated the side, for `side_rule`."""


class Participant(Model):
    """Somebody of a source with the side that was decided, and by which rule."""

    name: str | None
    email: str | None
    side: Side
    side_rule: str


QUESTION = "\u2502 "
"""Opens a line of a mail that its author quotes above an answer: context, not their words.

A bar and no `>`: that one also stands in front of words that are somebody's own.
"""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One speaker's words as a parser found them: a cue, an entry, or one e-mail message.

    Times are seconds from the start of the call; unknown is None, never 0. No model: a file has
    many, and a model of eleven fields takes six times as much memory.
    """

    text: str
    speaker: str | None = None
    email: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    sent_at: datetime | None = None
    stated_side: Side | None = None
    """The side the file itself states (a label `Customer:`, a field of the tool)."""
    message_id: str | None = None
    """Of the mail that these words are the new text of."""
    recipients: tuple[str, ...] = ()
    """The addresses that a mail was sent to."""
    is_quoted: bool = False
    """Known only from a later mail that quotes it."""
    side_hint: str | None = None
    """Which label or field of the file stated the side, for `side_rule`."""


class CutKind(StrEnum):
    """Why words of a mail are no turn."""

    HISTORY = "history"
    """They quote an older message."""
    SIGNATURE = "signature"
    """How it is signed, and what lawyers put below."""


class Cut(Model):
    """Words of a mail that are not its new text."""

    kind: CutKind
    message_id: str | None
    """Of the mail that they stand in."""
    author: str | None
    """Whom a quote names; who signs."""
    sent_at: datetime | None
    text: str


class Parsed(Model):
    """A file read: what it says, before sides are decided."""

    kind: Kind
    format: str
    utterances: tuple[Utterance, ...]
    participants: tuple[StatedParticipant, ...] = ()
    title: str | None = None
    occurred_at: datetime | None = None
    external_id: str | None = None
    """The tool's own id of the call, with the tool in front: `gong:7782342274025937895`."""
    customer: str | None = None
    deal: str | None = None
    """References that the tool states, such as the ids of its CRM."""
    recorded_by: str | None = None
    """Whose account recorded it: the sides that the file states are seen from there."""
    message_ids: tuple[str, ...] = ()
    """Of the mails in it."""
    references: tuple[str, ...] = ()
    """Message ids that its mails answer or refer to."""
    cuts: tuple[Cut, ...] = ()
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
    is_internal: bool = False
    """A mail within one side: it promises the other one nothing."""
    is_quoted: bool = False
    """A mail that is known only because a later one quotes it."""
    duplicate_of: int | None = None
    """The turn of the message itself, which came after its quote: nothing is claimed from here."""
    text: str
