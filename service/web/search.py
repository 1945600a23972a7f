"""`/v1/search`: the same question as query string or as JSON."""

from typing import Any

from litestar import get, post

from schemas.search import Query, SearchAnswer
from service.actions.searching import search_record
from service.web.bodies import read_json, validated
from service.web.guards import caller_of
from service.web.state import Call, state_of

_READ: dict[str, Any] = {"scopes": ("read",)}


@get("/v1/search", opt=_READ | {"query": tuple(Query.model_fields)})
async def get_search(request: Call) -> SearchAnswer:
    """Find the sentence: who said it, when, to whom."""
    return await _answer(request, dict(request.query_params))


@post("/v1/search", status_code=200, opt=_READ)
async def post_search(request: Call) -> SearchAnswer:
    """The same with the keys in a JSON body."""
    return await _answer(request, await read_json(request))


async def _answer(request: Call, asked: object) -> SearchAnswer:
    state = state_of(request)
    query = validated(Query, asked)
    workspace_id = caller_of(request).workspace_id
    return await search_record(state.doors, state.embedder, workspace_id=workspace_id, query=query)


ROUTES = (get_search, post_search)
