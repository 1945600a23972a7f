"""Around every request: its id, and one line of log when it has ended."""

import logging
import time
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from service.actions.keys import Caller
from service.web.state import Connection

log = logging.getLogger("baton.access")

_METHODS = frozenset(method.value for method in HttpMethod)
_CUT_OFF = 499
"""What is logged where the caller went away before the answer began."""


def log_requests(app: ASGIApp) -> ASGIApp:
    """The whole app with its router, so that a path that leads nowhere has its line as well."""

    async def logged(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            await _log_request(app, scope, receive, send)
        else:
            await app(scope, receive, send)

    return logged


async def _log_request(app: ASGIApp, scope: HTTPScope, receive: Receive, send: Send) -> None:
    # Never the caller's own id: what stands in the log is not theirs to write.
    request_id = scope["state"]["request_id"] = str(uuid4())
    status, started = _CUT_OFF, time.monotonic()

    async def send_with_id(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            MutableScopeHeaders.from_message(message)["X-Request-Id"] = request_id
        await send(message)

    try:
        await app(scope, receive, send_with_id)
    finally:
        ms = round((time.monotonic() - started) * 1000, 1)
        log.info("request", extra={"fields": _fields(scope, status=status, ms=ms)})


def _fields(scope: HTTPScope, *, status: int, ms: float) -> dict[str, Any]:
    """Ids and measures; of the path its template alone, for any other word is the caller's."""
    caller = scope.get("auth")
    known = caller if isinstance(caller, Caller) else None
    return {
        "request": scope["state"]["request_id"],
        "method": scope["method"] if scope["method"] in _METHODS else None,
        "route": scope.get("path_template"),
        "status": status,
        "ms": ms,
        "workspace": str(known.workspace_id) if known else None,
        "key": known.key_id if known else None,
        "source": _source(scope),
    }


def _source(scope: HTTPScope) -> str | None:
    """The id in the path where it has the form of one: else it is any text."""
    with suppress(KeyError, ValueError):
        return str(UUID(str(scope["path_params"]["source_id"])))
    return None


def request_id_of(connection: Connection) -> str:
    """The id that the answer carries and the log has."""
    return str(connection.scope["state"]["request_id"])
