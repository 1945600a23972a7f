"""Every route of the API with a good call of it: what tests of all routes go through."""

from dataclasses import dataclass, field
from typing import Any

import httpx2

SEARCH = "/v1/search"
SOURCE = "/v1/sources/{source_id}"
CUSTOMER = "/v1/customers/{ref}"
CLAIM = "/v1/claims/{claim_id}"
WORKSPACE = "/v1/workspace"
HOOKS = "/v1/hooks"
HOOK = "/v1/hooks/{provider}"


@dataclass(frozen=True)
class Case:
    """A good call of a route, and the scopes of which one is enough for it."""

    scopes: frozenset[str]
    sent: dict[str, Any] = field(default_factory=dict)


QUESTION = {"q": "lost two shipments"}
_READERS = frozenset({"read", "ingest"})
_READ, _WRITE, _ADMIN = (frozenset({scope}) for scope in ("read", "write", "admin"))

_ADDED = {
    "source_id": "{source_id}",
    "field": "why_they_bought",
    "turn": 1,
    "quote": "lost two shipments",
}

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
    ("GET", f"{SOURCE}/cuts"): Case(_READERS),
    ("POST", f"{SOURCE}/runs"): Case(_WRITE),
    ("GET", f"{SOURCE}/runs"): Case(_READERS),
    ("GET", f"{SOURCE}/proposal"): Case(_READERS),
    ("POST", f"{SOURCE}/proposal/accept"): Case(_WRITE, {"json": {}}),
    ("POST", f"{SOURCE}/proposal/dismiss"): Case(_WRITE, {"json": {}}),
    ("POST", "/v1/claims"): Case(_WRITE, {"json": _ADDED}),
    ("GET", CLAIM): Case(_READ),
    ("PATCH", CLAIM): Case(_WRITE, {"json": {"version": 1, "state": "retracted"}}),
    ("DELETE", CUSTOMER): Case(_ADMIN),
    ("GET", SEARCH): Case(_READ, {"params": QUESTION}),
    ("POST", SEARCH): Case(_READ, {"json": QUESTION}),
    ("GET", HOOKS): Case(_ADMIN),
    ("PUT", HOOK): Case(_ADMIN, {"json": {}}),
    ("DELETE", HOOK): Case(_ADMIN),
    ("GET", WORKSPACE): Case(_READ | _ADMIN),
    ("PUT", WORKSPACE): Case(_ADMIN, {"json": {}}),
}
OPEN = {("GET", "/healthz"), ("GET", "/healthz/jobs"), ("GET", "/readyz"), ("GET", "/metrics")}
"""Those that ask for no key."""


def names_one(route: tuple[str, str]) -> bool:
    """Whether its path or its body names one thing, which may be nobody's; PUT makes it."""
    return ("{" in route[1] and route[0] != "PUT") or "{source_id}" in CASES[route].sent.get(
        "json", {}
    ).values()


def call(
    caller: httpx2.Client,
    route: tuple[str, str],
    source_id: str,
    *,
    ref: str = "nobody",
    claim_id: str = "nothing",
    provider: str = "fathom",
) -> httpx2.Response:
    """Make the good call of a route, with these where it names a source, a claim or a customer."""
    method, path = route
    named = {"source_id": source_id, "ref": ref, "claim_id": claim_id, "provider": provider}
    sent = dict(CASES[route].sent)
    if "json" in sent:
        sent["json"] = {key: _filled(value, named) for key, value in sent["json"].items()}
    return caller.request(method, path.format(**named), **sent)


def _filled(value: Any, named: dict[str, str]) -> Any:
    return named["source_id"] if value == "{source_id}" else value
