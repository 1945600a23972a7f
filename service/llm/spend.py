from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from service.llm.fault import Usage


@dataclass(frozen=True)
class Estimate:
    """What one request may cost at most, so far as that is known before it."""

    model: str
    tokens_in: int
    tokens_out: int
    """The cap that is sent along."""


class Spend(Protocol):
    """The ledger of a run: one row a request, there before it and settled after it.

    A row that is never settled counts as spent in full: the process died, the connection broke, or
    the provider did not say what it counted.
    """

    async def before(self, estimate: Estimate) -> UUID:
        """Write the row and commit it; raises where the budget has no room for it."""

    async def after(self, request: UUID, usage: Usage) -> None:
        """Settle the row with what the provider counted."""
