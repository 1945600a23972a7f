"""What every request passes before its handler: an unpacked body, the key, the scope."""

from datetime import UTC, datetime

from litestar.handlers import BaseRouteHandler

from service.actions.erasing import Eraser
from service.actions.keys import Caller, authenticate
from service.actions.showing import Reader
from service.errors import Unauthorized, UnsupportedMediaType
from service.web.state import Call, Connection, state_of

_BEARER = "bearer "


async def require_key(connection: Connection, handler: BaseRouteHandler) -> None:
    """Find the caller behind the key and check that it has one of the handler's scopes.

    OPTIONS only lists the methods of a path, as /schema does.
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    header = connection.headers.get("authorization", "")
    if not header.lower().startswith(_BEARER):
        raise Unauthorized
    state = state_of(connection)
    text = header[len(_BEARER) :].strip()
    caller = await authenticate(state.doors, text, pepper=state.pepper, now=datetime.now(UTC))
    caller.require(*handler.opt["scopes"])
    connection.scope["auth"] = caller


def require_plain_body(connection: Connection, _: BaseRouteHandler) -> None:
    """A packed body could unpack to any size."""
    if connection.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType(
            "A request with a Content-Encoding is not read.", mend="Send the body unpacked."
        )


def caller_of(request: Call) -> Caller:
    """Who `require_key` found."""
    caller = request.scope["auth"]
    if not isinstance(caller, Caller):
        raise Unauthorized
    return caller


def eraser_of(request: Call) -> Eraser:
    """Who erases, for the ledger."""
    caller = caller_of(request)
    return Eraser(caller.workspace_id, by=caller.key_id, secret=state_of(request).pepper)


def reader_of(request: Call) -> Reader:
    """A key that may only upload reads only what it uploaded."""
    caller = caller_of(request)
    only = None if "read" in caller.scopes else caller.key_id
    return Reader(workspace_id=caller.workspace_id, only_key_id=only)
