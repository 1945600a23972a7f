"""What a test gives a model beside the question."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from pydantic import SecretStr
from scripted_talk import Scripted

from schemas.model import Model as Value
from service.llm.client import Model, open_model
from service.llm.fault import Usage
from service.llm.provider import Mode, Provider
from service.llm.spend import Estimate


class Said(Value):
    """The reply that these tests ask for."""

    turn: int
    quote: str


SAID = {"turn": 3, "quote": "we will deliver in May"}


@dataclass
class Rows:
    """A ledger in memory, with rows that are there before the request."""

    rows: dict[UUID, Estimate | Usage] = field(default_factory=dict)

    async def before(self, estimate: Estimate) -> UUID:
        row = uuid4()
        self.rows[row] = estimate
        return row

    async def after(self, request: UUID, usage: Usage) -> None:
        assert isinstance(self.rows[request], Estimate)
        self.rows[request] = usage

    @property
    def settled(self) -> list[tuple[int, int]]:
        rows = [row for row in self.rows.values() if isinstance(row, Usage)]
        return [(row.tokens_in, row.tokens_out) for row in rows]

    @property
    def open(self) -> list[Estimate]:
        return [row for row in self.rows.values() if isinstance(row, Estimate)]


@asynccontextmanager
async def opened(
    provider: Scripted, behaviour: str, mode: Mode = "json_schema", **more: Callable[[], float]
) -> AsyncIterator[Model]:
    """A model of the scripted provider."""
    of = Provider(provider.url, behaviour, SecretStr("key-of-the-test"), mode)
    model = open_model(of, **more)
    try:
        yield model
    finally:
        await model.close()
