"""`/v1/search`: the same question as query string or as JSON."""

from litestar import get, post

from schemas.search import Query, SearchAnswer
from service.actions.searching import search_record
from service.web.bodies import read_object
from service.web.fields import validated
from service.web.guards import caller_of
from service.web.query import read_query
from service.web.state import Call, state_of
from service.web.terms import terms


@get("/v1/search", opt=terms("read", query=Query))
async def get_search(request: Call) -> SearchAnswer:
    """Find the sentence: who said it, when, to whom."""
    return await _answer(request, read_query(request, Query))


@post("/v1/search", status_code=200, opt=terms("read", body=Query))
async def post_search(request: Call) -> SearchAnswer:
    """The same with the keys in a JSON body."""
    return await _answer(request, validated(Query, await read_object(request)))


async def _answer(request: Call, query: Query) -> SearchAnswer:
    state = state_of(request)
    workspace_id = caller_of(request).workspace_id
    return await search_record(state.doors, state.embedder, workspace_id=workspace_id, query=query)


ROUTES = (get_search, post_search)
