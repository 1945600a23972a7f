"""What a re-run proposes beside a note, and what a person decides about it."""

from datetime import datetime
from enum import StrEnum

from schemas.api import RunView
from schemas.claim import Due
from schemas.model import Model
from schemas.note import Claim, Evidence, Promise
from schemas.source import Notice
from schemas.text import Comment, Name, Title


class ProposalState(StrEnum):
    """Where a re-run and what it proposes stand."""

    QUEUED = "queued"
    RUNNING = "running"
    FAILED = "failed"
    """The re-run found nothing to propose: it could not read. The note is as it was."""
    OPEN = "open"
    """Somebody may accept or dismiss it."""
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    STALE = "stale"
    """A newer re-run or a newer note has taken its place."""


UNFINISHED = frozenset({ProposalState.QUEUED, ProposalState.RUNNING})
"""A re-run in these states waits or is worked off."""


class Rerun(Model):
    """A re-run that was asked for; what it proposes will stand at `url`."""

    id: str
    status: ProposalState
    url: str


class RunEntry(RunView):
    """A run in the list of a source's runs."""

    id: str
    at: datetime


class Wording(Model):
    """How a claim reads, and on what."""

    statement: str
    evidence: tuple[Evidence, ...]
    promised_to: str | None
    due: Due | None


class ChangedClaim(Model):
    """A claim that is kept and would read otherwise."""

    id: str
    was: Wording
    now: Wording


class Proposal(Model):
    """The difference between a note and what a re-run found."""

    id: str
    state: ProposalState
    run: RunEntry
    base_version: int
    kept: tuple[Claim | Promise, ...]
    """Claims that stay: found again, pinned, or on turns that the re-run did not read."""
    changed: tuple[ChangedClaim, ...]
    """Those of them that would read otherwise."""
    gone: tuple[Claim | Promise, ...]
    """Claims that were not found again: accepted they become superseded."""
    new: tuple[Claim | Promise, ...]
    by: str | None
    comment: str | None
    decided_at: datetime | None
    notices: tuple[Notice, ...]


class Decision(Model):
    """A person's word on a proposal."""

    id: Name | None = None
    """The proposal that was looked at; another one is refused."""
    by: Title | None = None
    comment: Comment | None = None
