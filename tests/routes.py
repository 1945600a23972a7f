"""Every route of the API with a good call of it: what tests of all routes go through."""

from dataclasses import dataclass, field
from typing import Any

import httpx2

SEARCH = "/v1/search"
SOURCE = "/v1/sources/{source_id}"
CUSTOMER = "/v1/customers/{ref}"
WORKSPACE = "/v1/workspace"


@dataclass(frozen=True)
class Case:
    """A good call of a route, and the scopes of which one is enough for it."""

    scopes: frozenset[str]
    sent: dict[str, Any] = field(default_factory=dict)


QUESTION = {"q": "lost two shipments"}
_READERS = frozenset({"read", "ingest"})
_READ, _WRITE, _ADMIN = (frozenset({scope}) for scope in ("read", "write", "admin"))

CASES = {
    ("POST", "/v1/sources"): Case(frozenset({"ingest"}), {"json": {"content": "Hello there."}}),
    ("GET", "/v1/sources"): Case(_READERS),
    ("GET", SOURCE): Case(_READERS),
    ("PATCH", SOURCE): Case(_WRITE, {"json": {"title": "Another"}}),
    ("DELETE", SOURCE): Case(_ADMIN),
    ("GET", f"{SOURCE}/turns"): Case(_READERS),
    ("GET", f"{SOURCE}/note"): Case(_READERS),
    ("GET", f"{SOURCE}/events"): Case(_READERS),
    ("GET", f"{SOURCE}/original"): Case(_READERS),
    ("DELETE", CUSTOMER): Case(_ADMIN),
    ("GET", SEARCH): Case(_READ, {"params": QUESTION}),
    ("POST", SEARCH): Case(_READ, {"json": QUESTION}),
    ("GET", WORKSPACE): Case(_READ | _ADMIN),
    ("PUT", WORKSPACE): Case(_ADMIN, {"json": {}}),
}
OPEN = {("GET", "/healthz"), ("GET", "/healthz/jobs"), ("GET", "/readyz"), ("GET", "/metrics")}
"""Those that ask for no key."""


def call(
    caller: httpx2.Client, route: tuple[str, str], source_id: str, *, ref: str = "nobody"
) -> httpx2.Response:
    """Make the good call of a route, with these where its path names a source or a customer."""
    method, path = route
    filled = path.format(source_id=source_id, ref=ref)
    return caller.request(method, filled, **CASES[route].sent)
