"""What a person adds to a note or corrects in it, and the record of it."""

import datetime as dt
from typing import Any, Literal

from schemas.model import Model
from schemas.note import Claim, Promise
from schemas.text import Comment, Day, Name, Title, TurnNumber, Version, Words


class ClaimForm(Model):
    """A claim that a person adds; its quote is checked as any extractor's is."""

    source_id: Name
    field: Name
    turn: TurnNumber
    quote: Words
    statement: Words | None = None
    """Left out: the quote."""
    due_text: Words | None = None
    promised_to: Title | None = None
    by: Title | None = None
    comment: Comment | None = None


class ClaimChange(Model):
    """What a person corrects on a claim; what is left out stays, null clears where it can."""

    version: Version
    """The version that the person has seen."""
    statement: Words | None = None
    state: Literal["active", "retracted"] | None = None
    promised_to: Title | None = None
    due_text: Words | None = None
    due_date: Day | None = None
    """The day, where no rule finds it in the words."""
    by: Title | None = None
    comment: Comment | None = None


class ClaimVersion(Model):
    """A change of a claim: the version that it made, and what stood there before."""

    version: int
    at: dt.datetime
    rule: str
    """`person`, `rerun`, `amended` (its source was) or `replaced`."""
    by: str | None
    comment: str | None
    before: dict[str, Any]


class ClaimRecord(Model):
    """A claim as it is, and every change that made it so."""

    claim: Claim | Promise
    changes: tuple[ClaimVersion, ...]
