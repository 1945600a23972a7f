"""Whose announcements are followed by a request of ours, and how often it is repeated."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Final, Protocol

from service.fetch import fathom, fireflies, gong, granola, recall, zoom
from service.fetch.wanted import Credentials, NotYet, Wanted
from service.outgoing.client import Outgoing


class Fetch(Protocol):
    """Gets one transcript; raises NotYet or GivenUp."""

    def __call__(
        self, outgoing: Outgoing, wanted: Wanted, credentials: Credentials, *, now: datetime
    ) -> Awaitable[bytes]:
        """The bytes that are read as if they had been uploaded."""


FETCHERS: Final[dict[str, Fetch]] = {
    "fathom": fathom.fetch,
    "fireflies": fireflies.fetch,
    "gong": gong.fetch,
    "granola": granola.fetch,
    "recall": recall.fetch,
    "zoom": zoom.fetch,
}
OPEN_BY_TOKEN: Final = frozenset({"zoom"})
"""Their announcement brings what opens it: no key of the workspace is needed."""

WAITS_S: Final = (30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0)
"""Between tries: some eight hours in all; a transcript that is not there then never comes."""


def wait_s(fault: NotYet, tries: int) -> float | None:
    """Before the next try, which is the provider's wish where it has one; None: no more."""
    if tries > len(WAITS_S):
        return None
    return max(fault.retry_after_s or 0.0, WAITS_S[tries - 1])
