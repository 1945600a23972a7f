import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from prompts.tokens import estimate
from service.llm.dialect import Dialect, Form
from service.llm.fault import Ending, Usage

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Schemas:
    """What is shown to the server of the shape of a reply."""

    strict: Mapping[str, Any]
    """For servers that hold a reply to it."""
    loose: Mapping[str, Any]
    """For those that know less of JSON Schema."""


@dataclass(frozen=True)
class Question(Generic[R]):
    """One request, whichever way it is asked."""

    system: str
    """The same for every request, so that the provider's cache knows it."""
    user: str
    reply: type[R]
    max_output_tokens: int
    schemas: Schemas | None = None
    """None: as pydantic writes them."""
    temperature: float | None = None
    """None: the server's own."""

    @property
    def tokens_in(self) -> int:
        """What goes in, guessed high: with the schema, which some ways of asking spell out."""
        schema = json.dumps(self.reply.model_json_schema())
        return sum(estimate(text) for text in (self.system, self.user, schema))


@dataclass(frozen=True)
class Replied(Generic[R]):
    """One request that brought what was asked for."""

    reply: R
    usage: Usage | None
    finish: str
    request_id: str | None


@dataclass(frozen=True)
class Answer(Generic[R]):
    """What a call brought, over all its tries."""

    reply: R
    usage: Usage
    mode: Form
    finish: str
    tries: int
    request_id: str | None


class Sender(Protocol):
    """Sends one request; `wire.Wire`, whose import takes seconds."""

    async def send(
        self, question: Question[R], dialect: Dialect, *, deadline_s: float
    ) -> Replied[R] | Ending:
        """Ask once, and end in time."""

    async def close(self) -> None:
        """Let the connections go."""
