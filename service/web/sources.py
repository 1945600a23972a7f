"""`/v1/sources`: upload, look, erase."""

import json
from collections.abc import AsyncIterator
from typing import cast
from urllib.parse import quote

from litestar import Response, delete, get, patch, post
from litestar.datastructures import ResponseHeader
from litestar.openapi import ResponseSpec
from litestar.params import FromPath
from litestar.response import ServerSentEvent, ServerSentEventMessage

from schemas.api import Accepted, FileCuts, Page, PageQuery, Removed, SourceQuery, SourceView
from schemas.note import Note
from schemas.source import Turn
from schemas.upload import SourceBody, SourceChange, SourceForm
from service import errors
from service.actions import showing, upload
from service.actions.amending import amend_source
from service.actions.cuts import list_cuts
from service.actions.erasing import erase_source
from service.actions.following import follow, wait_for
from service.actions.showing import Reader
from service.db.news import Event
from service.db.sources import Filter
from service.web.bodies import MULTIPART_LIMIT, named_as_sent, read_object, read_upload
from service.web.fields import validated
from service.web.guards import caller_of, eraser_of, reader_of
from service.web.headers import IDEMPOTENCY_KEY, PREFER, read_idempotency_key, read_wait
from service.web.query import read_query
from service.web.state import Call, state_of
from service.web.terms import terms

_READERS = ("read", "ingest")
_LOCATION = ResponseHeader(
    "Location", documentation_only=True, description="Where the source is found."
)
_REPLAYED = ResponseHeader(
    "Idempotency-Replayed",
    documentation_only=True,
    description="`true` where the content was known, or the idempotency key was used before.",
)
_ATTACHMENT = ResponseHeader(
    "Content-Disposition", documentation_only=True, description="`attachment`, with the file name."
)


@post(
    "/v1/sources",
    status_code=202,
    request_max_body_size=MULTIPART_LIMIT,
    opt=terms(
        "ingest",
        body=SourceBody,
        form=SourceForm,
        headers=(IDEMPOTENCY_KEY, PREFER),
        raises=(
            errors.BudgetExhausted,
            errors.ConsentMissing,
            errors.DealCustomerClash,
            errors.FormatUnknown,
            errors.IdempotencyKeyBusy,
            errors.IdempotencyKeyInvalid,
            errors.IdempotencyKeyReused,
            errors.NoContent,
            errors.ParseLimit,
            errors.QueueFull,
            errors.SeveralThreads,
        ),
        makes="source_id",
    ),
    response_headers=[_LOCATION, _REPLAYED],
    responses={
        200: ResponseSpec(
            cast("type[SourceView]", Accepted | SourceView),
            description="Known already: where it is found; or the finished source, if awaited",
        ),
        202: ResponseSpec(Accepted, description="Source and job are stored together"),
    },
)
async def post_source(request: Call) -> Response[Accepted] | Response[SourceView]:
    """Take a call, a mail thread or a contract.

    A file of at most 25 MiB, or JSON of at most 10 MiB. What cannot be read is refused here. 202
    once source and job are stored together; 200 where the content is known already, or where the
    caller waits and the source is ready or failed in time.
    """
    state, caller = state_of(request), caller_of(request)
    sender = upload.Sender(
        workspace_id=caller.workspace_id,
        key_id=caller.key_id,
        idempotency_key=read_idempotency_key(request),
    )
    sent = await read_upload(request)
    with named_as_sent(request):
        stored = await upload.store(
            state.doors, sender, sent, vendor=state.vendor, purse=state.purse
        )
    return await _answer(request, stored, Reader(caller.workspace_id, caller.key_id))


async def _answer(
    request: Call, stored: upload.Stored, reader: Reader
) -> Response[Accepted] | Response[SourceView]:
    """The finished source where the caller waits for it, else where it will be found."""
    state, source_id = state_of(request), str(stored.source_id)
    url = f"/v1/sources/{source_id}"
    headers = {"Location": url}
    if stored.is_replay:
        headers["Idempotency-Replayed"] = "true"
    if seconds := read_wait(request):
        view = await wait_for(state.doors, state.news, reader, source_id, seconds=seconds)
        if view is not None:
            return Response(view, status_code=200, headers=headers)
    accepted = Accepted(id=source_id, status=stored.status, url=url)
    return Response(accepted, status_code=200 if stored.is_replay else 202, headers=headers)


@get(
    "/v1/sources/{source_id:str}/events",
    media_type="text/event-stream",
    opt=terms(*_READERS),
)
async def get_events(request: Call, source_id: FromPath[str]) -> ServerSentEvent:
    """Each step of a source as it happens; ready or failed closes the stream."""
    state = state_of(request)
    steps = follow(state.doors, state.news, reader_of(request), source_id)
    first = await anext(steps)
    return ServerSentEvent(_messages(first, steps))


async def _messages(
    first: Event, steps: AsyncIterator[Event]
) -> AsyncIterator[ServerSentEventMessage]:
    yield _message(first)
    async for step in steps:
        yield _message(step)


def _message(event: Event) -> ServerSentEventMessage:
    said = {name: value for name, value in event.items() if name != "event"}
    return ServerSentEventMessage(event=str(event["event"]), data=json.dumps(said))


@get(
    "/v1/sources/{source_id:str}/original",
    media_type="application/octet-stream",
    opt=terms(*_READERS),
    response_headers=[_ATTACHMENT],
)
async def get_original(request: Call, source_id: FromPath[str]) -> Response[bytes]:
    """The bytes as they came; the messages of a thread as a zip archive."""
    found = await showing.show_original(state_of(request).doors, reader_of(request), source_id)
    disposition = f"attachment; filename*=UTF-8''{quote(found.filename, safe='')}"
    return Response(
        found.content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": disposition,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


@get("/v1/sources/{source_id:str}/cuts", opt=terms(*_READERS, query=PageQuery))
async def get_cuts(request: Call, source_id: FromPath[str]) -> Page[FileCuts]:
    """What of a mail thread is no turn: quoted history and signatures, file by file."""
    doors, reader = state_of(request).doors, reader_of(request)
    asked = read_query(request, PageQuery)
    return await list_cuts(doors, reader, source_id, after=asked.cursor, limit=asked.limit)


@get("/v1/sources", opt=terms(*_READERS, query=SourceQuery))
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


@get("/v1/sources/{source_id:str}", opt=terms(*_READERS))
async def get_source(request: Call, source_id: FromPath[str]) -> SourceView:
    """One source: where it stands, who spoke, how it was read."""
    return await showing.show_source(state_of(request).doors, reader_of(request), source_id)


@get("/v1/sources/{source_id:str}/turns", opt=terms(*_READERS, query=PageQuery))
async def get_turns(request: Call, source_id: FromPath[str]) -> Page[Turn]:
    """The turns of a source, in order."""
    doors, reader = state_of(request).doors, reader_of(request)
    asked = read_query(request, PageQuery)
    return await showing.list_turns(doors, reader, source_id, after=asked.cursor, limit=asked.limit)


@get(
    "/v1/sources/{source_id:str}/note",
    opt=terms(*_READERS, raises=(errors.NotReady, errors.RunFailed)),
)
async def get_note(request: Call, source_id: FromPath[str]) -> Note:
    """The note of a source: its claims, each on its quotes."""
    return await showing.show_note(state_of(request).doors, reader_of(request), source_id)


@patch(
    "/v1/sources/{source_id:str}",
    opt=terms("write", body=SourceChange, raises=(errors.DealCustomerClash, errors.SourceClash)),
)
async def patch_source(request: Call, source_id: FromPath[str]) -> SourceView:
    """Correct a source; its claims are checked again without a model."""
    state, reader = state_of(request), Reader(caller_of(request).workspace_id)
    change = validated(SourceChange, await read_object(request))
    return await amend_source(state.doors, reader, source_id, change, vendor=state.vendor)


@delete("/v1/sources/{source_id:str}", status_code=200, opt=terms("admin"))
async def delete_source(request: Call, source_id: FromPath[str]) -> Removed:
    """Erase a source, and count what is left of it."""
    return await erase_source(state_of(request).doors, eraser_of(request), source_id)


ROUTES = (
    patch_source,
    post_source,
    list_sources,
    get_source,
    get_turns,
    get_note,
    delete_source,
    get_events,
    get_original,
    get_cuts,
)
