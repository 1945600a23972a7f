"""`/v1/sources`: upload, look, erase."""

from typing import Any

from litestar import Response, delete, get, post
from litestar.params import FromPath

from schemas.api import Accepted, Page, PageQuery, Removed, SourceQuery, SourceView
from schemas.note import Note
from schemas.source import Turn
from service.actions import erasing, showing, upload
from service.db.sources import Filter
from service.web.bodies import MULTIPART_LIMIT, named_as_sent, read_upload
from service.web.guards import caller_of, reader_of
from service.web.query import asking, read_query
from service.web.state import Call, state_of

_READERS: dict[str, Any] = {"scopes": ("read", "ingest")}
_ASKED_SOURCES, _ASKED_PAGE = asking(SourceQuery), asking(PageQuery)


@post(
    "/v1/sources",
    status_code=202,
    request_max_body_size=MULTIPART_LIMIT,
    opt={"scopes": ("ingest",)},
)
async def post_source(request: Call) -> Response[Accepted]:
    """Take a call, a mail thread or a contract; 202 once source and job are stored together."""
    state, caller = state_of(request), caller_of(request)
    sent = await read_upload(request)
    with named_as_sent(request):
        stored = await upload.store(
            state.doors, caller.workspace_id, sent, key_id=caller.key_id, vendor=state.vendor
        )
    url = f"/v1/sources/{stored.source_id}"
    accepted = Accepted(id=str(stored.source_id), status=stored.status, url=url)
    if stored.is_replay:
        return Response(accepted, status_code=200, headers={"Idempotency-Replayed": "true"})
    return Response(accepted, status_code=202, headers={"Location": url})


@get(
    "/v1/sources",
    opt=_READERS | {"query": _ASKED_SOURCES.names},
    operation_class=_ASKED_SOURCES.operation,
)
async def list_sources(request: Call) -> Page[SourceView]:
    """Sources, newest first."""
    doors, reader = state_of(request).doors, reader_of(request)
    asked = read_query(request, SourceQuery)
    where = Filter(
        **asked.model_dump(exclude={"limit", "cursor"}),
        key_id=reader.only_key_id,
    )
    return await showing.list_sources(
        doors, reader, where=where, after=asked.cursor, limit=asked.limit
    )


@get("/v1/sources/{source_id:str}", opt=_READERS)
async def get_source(request: Call, source_id: FromPath[str]) -> SourceView:
    """One source: where it stands, who spoke, how it was read."""
    return await showing.show_source(state_of(request).doors, reader_of(request), source_id)


@get(
    "/v1/sources/{source_id:str}/turns",
    opt=_READERS | {"query": _ASKED_PAGE.names},
    operation_class=_ASKED_PAGE.operation,
)
async def get_turns(request: Call, source_id: FromPath[str]) -> Page[Turn]:
    """The turns of a source, in order."""
    doors, reader = state_of(request).doors, reader_of(request)
    asked = read_query(request, PageQuery)
    return await showing.list_turns(doors, reader, source_id, after=asked.cursor, limit=asked.limit)


@get("/v1/sources/{source_id:str}/note", opt=_READERS)
async def get_note(request: Call, source_id: FromPath[str]) -> Note:
    """The note of a source: its claims, each on its quotes."""
    return await showing.show_note(state_of(request).doors, reader_of(request), source_id)


@delete("/v1/sources/{source_id:str}", status_code=200, opt={"scopes": ("admin",)})
async def delete_source(request: Call, source_id: FromPath[str]) -> Removed:
    """Erase a source, and count what is left of it."""
    doors, workspace_id = state_of(request).doors, caller_of(request).workspace_id
    return await erasing.erase_source(doors, workspace_id=workspace_id, source_id=source_id)


ROUTES = (post_source, list_sources, get_source, get_turns, get_note, delete_source)
