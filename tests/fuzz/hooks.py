"""What schemathesis cannot read off the document. It loads this file by its path."""

import os
from datetime import UTC, datetime
from http.client import BAD_REQUEST
from typing import Any

import schemathesis
from hypothesis import strategies as st
from pydantic import ValidationError
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.openapi.checks import RejectedPositiveData

from schemas.claim_forms import ClaimForm

_ZONES = st.sampled_from(["Z", "+00:00", "-08:00", "+05:30", "+13:00"])
_EARLIEST, _LATEST = (
    datetime(year, 6, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1900, 2199)
)
_TIMES = st.datetimes(_EARLIEST, _LATEST)
_PRINTABLE = st.characters(categories=["L", "M", "N", "P", "S"], exclude_characters="/\\?#.")

schemathesis.openapi.format(
    "date-time", st.builds(lambda time, zone: f"{time.isoformat()}{zone}", _TIMES, _ZONES)
)
schemathesis.openapi.format("printable", st.text(_PRINTABLE, min_size=1, max_size=200))


_STORED = {
    "source_id": os.environ["BATON_FUZZ_SOURCES"].split(),
    "claim_id": os.environ["BATON_FUZZ_CLAIMS"].split(),
}
"""Ids of what is there when the run begins."""


@schemathesis.hook
def map_path_parameters(_context: HookContext, path_parameters: Any) -> Any:
    """Most of the random ids become those of what is stored."""
    given = path_parameters or {}
    return path_parameters and given | {
        name: _stored(name, given[name])
        for name in _STORED.keys() & given.keys()
        if isinstance(given[name], str) and len(given[name]) % 4 != 1
    }


def _stored(name: str, random: str) -> str:
    ids = _STORED[name]
    return ids[sum(map(ord, random)) % len(ids)]


@schemathesis.hook
def map_body(_context: HookContext, body: Any) -> Any:
    """About half of the random texts become a talk that can be read, or a quote that stands."""
    if isinstance(body, dict) and isinstance(body.get("source_id"), str):
        return _standing(body)
    content = body.get("content") if isinstance(body, dict) else None
    if not isinstance(content, str) or len(content) % 2 or "format" in body:
        return body
    return body | {"content": f"Kim: We lost two shipments.\nDana: {content}"}


def _standing(body: dict[str, Any]) -> dict[str, Any]:
    """A claim by hand that the gate lets in, once for each source."""
    if len(body["source_id"]) % 2 or not _is_claim(body):
        return body
    return {
        "source_id": _stored("source_id", body["source_id"]),
        "field": "customer_commitments",
        "turn": 1,
        "quote": "send the plan by Friday",
    }


def _is_claim(body: dict[str, Any]) -> bool:
    """What is wrong on purpose stays wrong."""
    try:
        ClaimForm.model_validate(body)
    except ValidationError:
        return False
    return True


@schemathesis.hook
def filter_failure(
    _context: HookContext, failure: Failure, case: "Case[Any]", response: Response
) -> bool:
    """Whether it stands."""
    if not isinstance(failure, RejectedPositiveData) or response.status_code != BAD_REQUEST:
        return True
    problem = response.json()
    field, detail = problem["field"] or "", problem["detail"]
    return not (
        # Well-formed, but of another list: no schema knows that.
        (field == "cursor" and "does not belong" in detail)
        # Anywhere within `content`, whose shape is free.
        or (case.operation.path == "/v1/sources" and "A NUL character stands" in detail)
        # JSON within a part of a form; its `contentSchema` is not always followed.
        or (field.startswith("participants") and case.media_type == "multipart/form-data")
    )
