"""`/v1/hooks`: made by a workspace, called by its recorders and mail gateways."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, delete, get, post, put
from litestar.params import FromPath

from schemas.api import Page
from schemas.hook import HookForm, HookView
from service import errors
from service.actions import hooks
from service.actions.hooks import HookPlace
from service.actions.receiving import receive
from service.web.bodies import read_object
from service.web.fields import validated
from service.web.guards import caller_of
from service.web.hook_bodies import MAIL_LIMIT, read_call
from service.web.state import Call, state_of
from service.web.terms import terms


def _place(request: Call) -> HookPlace:
    """Behind a proxy the public address is the operator's to say; else it is the one called."""
    state = state_of(request)
    return HookPlace(
        doors=state.doors,
        seal=state.seal,
        public_url=state.public_url or str(request.base_url).rstrip("/"),
    )


@put(
    "/v1/hooks/{provider:str}",
    opt=terms("admin", body=HookForm, raises=(errors.DestinationNotAllowed, errors.SecretUnusable)),
)
async def put_hook(request: Call, provider: FromPath[str]) -> HookView:
    """Make the hook of a provider, or change its secret or credentials.

    A secret that is made here is shown in this answer and never again. After a change the old one
    holds for 24 hours.
    """
    form = validated(HookForm, await read_object(request))
    here = caller_of(request).workspace_id
    return await hooks.put_hook(_place(request), here, provider, form, now=datetime.now(UTC))


@get("/v1/hooks", opt=terms("admin"))
async def list_hooks(request: Call) -> Page[HookView]:
    """The hooks of the workspace, without their secrets."""
    found = await hooks.list_hooks(_place(request), caller_of(request).workspace_id)
    return Page[HookView](items=tuple(found), next_cursor=None)


@delete("/v1/hooks/{provider:str}", status_code=200, opt=terms("admin"))
async def delete_hook(request: Call, provider: FromPath[str]) -> HookView:
    """End a hook: its address answers as if it had never been."""
    return await hooks.delete_hook(_place(request), caller_of(request).workspace_id, provider)


@post(
    "/v1/hooks/{provider:str}/{hook_id:str}",
    status_code=200,
    request_max_body_size=MAIL_LIMIT,
    include_in_schema=False,
    opt=terms(),
)
async def call_hook(
    request: Request[Any, Any, Any], provider: FromPath[str], hook_id: FromPath[str]
) -> Response[bytes]:
    """What a provider calls; its bodies are those of its own documents."""
    place = _place(request)
    received = await read_call(request, provider, public_url=place.public_url)
    taken = await receive(place, provider, hook_id, received, now=datetime.now(UTC))
    if taken.handshake is not None:
        said = taken.handshake
        return Response(said.body, media_type=said.media_type, headers=dict(said.headers))
    return Response(b'{"ok": true}', media_type="application/json")


ROUTES = (put_hook, list_hooks, delete_hook)
CALLED = (call_hook,)
"""Without a key: a signature takes its place."""
