"""What is asked of the record, and what comes back."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from schemas.claim import ClaimState
from schemas.model import Model
from schemas.note import Evidence
from schemas.source import Kind, Notice, Side
from schemas.text import Cursor, Instant, Limit, Question, Reference, Title


class Mode(StrEnum):
    """Which legs of the search answered."""

    HYBRID = "hybrid"
    WORDS = "words"


class Query(Model):
    """A search; every filter narrows, none widens."""

    q: Question
    customer: Reference | None = None
    deal: Reference | None = None
    field: Title | None = None
    side: Side | None = None
    kind: Kind | None = None
    since: Instant | None = None
    """Inclusive, over `stated_at`."""
    until: Instant | None = None
    """Exclusive, over `stated_at`."""
    state: ClaimState | None = None
    limit: Limit = 10
    cursor: Cursor | None = None


class HitEvidence(Evidence):
    """A span with the words around it in its turn."""

    before: str
    after: str


class HitSource(Model):
    """Where a hit comes from."""

    id: str
    title: str | None
    kind: Kind
    occurred_at: datetime | None
    customer: str | None
    deal: str | None


class Hit(Model):
    """One claim, or one passage of talk that holds no claim that matched."""

    type: Literal["claim", "passage"]
    id: str
    field: str | None
    state: ClaimState | None
    text: str
    score: float
    evidence: tuple[HitEvidence, ...]
    source: HitSource


class SearchAnswer(Model):
    """One page of hits, best first."""

    q: str
    mode: Mode
    took_ms: float
    answered: bool
    hits: tuple[Hit, ...]
    next_cursor: str | None
    notices: tuple[Notice, ...]
