"""Somebody who changes the record: the key that calls, and what they say of themselves."""

from dataclasses import dataclass
from uuid import UUID

from service.actions.showing import Reader
from service.db.claim_changes import Change

PERSON = "person"
"""The rule of what somebody decided."""


@dataclass(frozen=True)
class Person:
    """Who changes something, and why."""

    workspace_id: UUID
    key_id: str
    by: str | None = None
    comment: str | None = None

    @property
    def reader(self) -> Reader:
        """They may see what the workspace has."""
        return Reader(self.workspace_id)

    def change(self, rule: str = PERSON) -> Change:
        """As it is kept on a claim."""
        return Change(rule, by=self.by or None, comment=self.comment or None, key_id=self.key_id)
