"""Shapes of the HTTP API that are no nouns of their own: views, pages, problems."""

from datetime import datetime
from typing import Generic, Literal, TypeVar

from schemas.claim import Rejection
from schemas.model import Model
from schemas.source import Cut, Kind, Notice, Participant, Status
from schemas.text import Cursor, Limit, Reference

Item = TypeVar("Item")


class PageQuery(Model):
    """Which part of a list."""

    limit: Limit = 50
    cursor: Cursor | None = None


class SourceQuery(PageQuery):
    """Which sources; every filter narrows, none widens."""

    status: Status | None = None
    customer: Reference | None = None
    deal: Reference | None = None
    kind: Kind | None = None
    unassigned: bool | None = None
    rerun: bool | None = None
    """Whether its note asks for a re-run: something stood in for a model, or was not read."""


class Page(Model, Generic[Item]):
    """One page of a list."""

    items: tuple[Item, ...]
    next_cursor: str | None


class Accepted(Model):
    """A source is stored together with its job."""

    id: str
    status: Status
    url: str


class RunView(Model):
    """How a source was read."""

    extractor: str
    model: str | None
    prompt_version: str | None
    code_version: str
    outcome: Literal["complete", "partial", "failed"]
    uncovered_turns: tuple[int, ...]
    calls: int
    tokens_in: int
    tokens_out: int
    cost_usd: float
    seconds: float
    rejected: tuple[Rejection, ...]


class ProblemNote(Model):
    """Why a source failed."""

    type: str
    detail: str
    mend: str = ""


class SourceView(Model):
    """A source and where it stands."""

    id: str
    kind: Kind
    format: str
    status: Status
    error: ProblemNote | None
    title: str | None
    customer: str | None
    deal: str | None
    occurred_at: datetime | None
    participants: tuple[Participant, ...]
    turns: int
    replaces: str | None
    run: RunView | None
    notices: tuple[Notice, ...]


class FileCuts(Model):
    """What of one file of a mail thread is no turn."""

    file: int
    """Counted from 0, in the order in which the files came."""
    filename: str | None
    cuts: tuple[Cut, ...]


class Removed(Model):
    """What an erasure took away, and what a second count still found."""

    removed: dict[str, int]
    residue: int
