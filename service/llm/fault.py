"""What a call to a model costs, and how it can end badly."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Part = Literal["shape", "cap", "temperature"]


class Kind(StrEnum):
    """How a call ended that brought no reply; `asking.decide` says what follows."""

    CUT_OFF = "cut_off"
    """The reply reached its cap of tokens."""
    TOO_LONG = "too_long"
    """The prompt is over the model's limit."""
    REFUSED = "refused"
    """The model declined."""
    FILTERED = "filtered"
    """The provider's filter took the reply away."""
    UNREADABLE = "unreadable"
    """There is a reply, and it is not what was asked for."""
    TIMEOUT = "timeout"
    NETWORK = "network"
    RATE_LIMITED = "rate_limited"
    QUOTA = "quota"
    """Nothing is left to pay with."""
    SERVER = "server"
    """The provider's own fault."""
    REJECTED = "rejected"
    """The provider does not take such a request."""
    UNAUTHORIZED = "unauthorized"
    DOWN = "down"
    """Not asked at all: the provider has failed too often just now."""
    BUG = "bug"
    """None of these: a fault of Baton or of a library."""


@dataclass(frozen=True)
class Usage:
    """Tokens as the provider counts them; cached ones are among those that went in."""

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.tokens_cached + other.tokens_cached,
        )


@dataclass(frozen=True)
class Ending:
    """One request that brought no reply, in words that may be logged but for `raw`."""

    kind: Kind
    cause: str
    """The class of the error, never its message: that may quote the prompt or the reply."""
    status: int | None = None
    retry_after_s: float | None = None
    request_id: str | None = None
    problems: tuple[str, ...] = ()
    """Where the reply is wrong: places and types."""
    disputed: Part | None = None
    """The part of the request that the server does not know."""
    usage: Usage | None = None
    """None: not known, so that the estimate counts as spent."""
    raw: str | None = None
    """The reply as it came, to be stored behind the workspace wall."""

    def __repr__(self) -> str:
        return f"Ending({self.kind}, {self.cause}, status={self.status})"


class ModelFault(Exception):
    """A call to a model that brought no reply, after all the tries that one call makes."""

    def __init__(self, ending: Ending, *, usage: Usage, tries: int) -> None:
        self.ending = ending
        self.usage = usage
        self.tries = tries
        where = f" {ending.status}" if ending.status else ""
        super().__init__(f"{ending.kind}: {ending.cause}{where}")

    @property
    def kind(self) -> Kind:
        """How it ended."""
        return self.ending.kind

    @property
    def retry_after_s(self) -> float | None:
        """How long the provider, or the breaker, wants to be left alone."""
        return self.ending.retry_after_s

    @property
    def request_id(self) -> str | None:
        """What the provider's support asks for."""
        return self.ending.request_id

    @property
    def raw(self) -> str | None:
        """The last reply as it came, where there was one."""
        return self.ending.raw
