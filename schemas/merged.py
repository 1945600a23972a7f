"""What the claims of a deal are to each other: one, replaced, taken back, or contradicting."""

from datetime import datetime
from enum import StrEnum

from schemas.model import Model
from schemas.note import Claim, Promise


class Said(Model):
    """A claim of one source, and the deal that it is of."""

    deal: str
    claim: Promise | Claim


class Standing(StrEnum):
    """What became of a merged claim."""

    ACTIVE = "active"
    SUPERSEDED = "superseded"
    """Was true until the same side said otherwise."""
    RETRACTED = "retracted"
    """Was wrong: whoever said it said so, or a person did."""
    CONTESTED = "contested"
    """Another claim says otherwise, and nobody has settled which one holds."""


class Change(StrEnum):
    """What a later claim changed."""

    MOVED = "moved"
    """Another day."""
    AMOUNT = "amount"
    """Another number of the same."""
    WITHDRAWN = "withdrawn"
    """Denied, where it was affirmed."""
    RESTORED = "restored"
    """Affirmed, where it was denied."""
    CORRECTED = "corrected"
    """Said to have been wrong."""


class Replacement(Model):
    """One step from an older merged claim to a newer one, in the words of `by_claim`."""

    claim: str
    """The merged claim at the other end of the step."""
    change: Change
    by_claim: str
    """The claim of one source that made the change: its quote says so."""
    at: datetime | None
    by: str | None
    """Who said it."""


class Merged(Model):
    """One claim of a deal, with every time that it was said."""

    id: str
    """Of the first claim that said it."""
    deal: str
    field: str
    standing: Standing
    claim: Promise | Claim
    """The one that says most: a person's before a machine's, then the fullest, then the newest."""
    said: tuple[Promise | Claim, ...]
    """Oldest first."""
    replaces: tuple[Replacement, ...]
    replaced_by: Replacement | None
    contradicts: tuple[str, ...]


class Memory(Model):
    """The claims of deals, merged."""

    claims: tuple[Merged, ...]
    undated: tuple[str, ...]
    """Claims left out of a day's view: nobody knows whether they had been said by then."""
