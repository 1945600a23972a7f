"""`/v1/sources`: upload, look, erase."""

from litestar import Response, delete, get, post
from litestar.params import FromPath, FromQuery

from schemas.api import Accepted, Page, Removed, SourceView
from schemas.note import Note
from schemas.source import Kind, Status, Turn
from schemas.text import Reference
from service.actions import erasing, showing, upload
from service.db.sources import Filter
from service.web.bodies import MULTIPART_LIMIT, read_upload
from service.web.guards import caller_of, reader_of
from service.web.paging import Cursor, Limit
from service.web.state import Call, state_of

_READERS = {"scopes": ("read", "ingest")}


@post(
    "/v1/sources",
    status_code=202,
    request_max_body_size=MULTIPART_LIMIT,
    opt={"scopes": ("ingest",)},
)
async def post_source(request: Call) -> Response[Accepted]:
    """Take a call, a mail thread or a contract; 202 once source and job are stored together."""
    state, caller = state_of(request), caller_of(request)
    stored = await upload.store(
        state.doors,
        caller.workspace_id,
        await read_upload(request),
        key_id=caller.key_id,
        vendor=state.vendor,
    )
    url = f"/v1/sources/{stored.source_id}"
    accepted = Accepted(id=str(stored.source_id), status=stored.status, url=url)
    if stored.is_replay:
        return Response(accepted, status_code=200, headers={"Idempotency-Replayed": "true"})
    return Response(accepted, status_code=202, headers={"Location": url})


@get(
    "/v1/sources",
    opt=_READERS
    | {"query": ("status", "customer", "deal", "kind", "unassigned", "limit", "cursor")},
)
async def list_sources(
    request: Call,
    limit: Limit = 50,
    cursor: Cursor = None,
    status: FromQuery[Status | None] = None,
    customer: FromQuery[Reference | None] = None,
    deal: FromQuery[Reference | None] = None,
    kind: FromQuery[Kind | None] = None,
    unassigned: FromQuery[bool | None] = None,
) -> Page[SourceView]:
    """Sources, newest first."""
    reader = reader_of(request)
    where = Filter(
        status=status,
        customer=customer,
        deal=deal,
        kind=kind,
        unassigned=unassigned,
        key_id=reader.only_key_id,
    )
    doors = state_of(request).doors
    return await showing.list_sources(doors, reader, where=where, after=cursor, limit=limit)


@get("/v1/sources/{source_id:str}", opt=_READERS)
async def get_source(request: Call, source_id: FromPath[str]) -> SourceView:
    """One source: where it stands, who spoke, how it was read."""
    return await showing.show_source(state_of(request).doors, reader_of(request), source_id)


@get("/v1/sources/{source_id:str}/turns", opt=_READERS | {"query": ("limit", "cursor")})
async def get_turns(
    request: Call, source_id: FromPath[str], limit: Limit = 50, cursor: Cursor = None
) -> Page[Turn]:
    """The turns of a source, in order."""
    doors, reader = state_of(request).doors, reader_of(request)
    return await showing.list_turns(doors, reader, source_id, after=cursor, limit=limit)


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
