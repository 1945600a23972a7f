"""What is to be got from a provider, with which credentials, and how that can end."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wanted:
    """A transcript that a provider has announced."""

    external_id: str
    link: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    """Came with the announcement and opens the link."""


@dataclass(frozen=True)
class Credentials:
    """What a workspace has at a provider; where its API lies, if not at the usual place."""

    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    base_url: str | None = None


class NotYet(Exception):
    """It may be there later: not ready, too many requests, no answer."""

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after_s = retry_after_s
        """How long the provider asks to be left alone."""


class GivenUp(Exception):
    """Trying again changes nothing; a person has to."""

    def __init__(self, reason: str, *, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend
