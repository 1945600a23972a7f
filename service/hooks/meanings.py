"""What a call of a hook means, once its signature holds."""

from dataclasses import dataclass, field
from datetime import datetime

from schemas.source import Kind


@dataclass(frozen=True)
class Handshake:
    """The provider asks whether anybody is there, and wants this answer."""

    body: bytes = b""
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Nothing:
    """A test, or an event that brings no transcript: taken, and nothing is made of it."""

    why: str


@dataclass(frozen=True)
class Carried:
    """The body holds the transcript or the mail itself."""

    kind: Kind = Kind.CALL
    external_id: str | None = None
    """The provider's own id of the call; None where it names none, and for mail."""


@dataclass(frozen=True)
class Announced:
    """The content is elsewhere: it is fetched, or somebody uploads it."""

    external_id: str
    what: str
    """What is missing, for a person."""
    title: str | None = None
    occurred_at: datetime | None = None
    link: str | None = field(default=None, repr=False)
    """Where the provider says that the content is."""
    token: str | None = field(default=None, repr=False)
    """A secret that came along and opens the link for some hours."""
    is_change: bool = False
    """It may be known already, and has changed."""
    kind: Kind = Kind.CALL


@dataclass(frozen=True)
class Several:
    """One call tells of several."""

    announced: tuple[Announced, ...]


Meaning = Handshake | Nothing | Carried | Announced | Several
