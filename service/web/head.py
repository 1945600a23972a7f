"""What every request must pass before it is routed: a host, and a head of bounded size."""

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from service.errors import Malformed, TooLarge

URL_LIMIT = 8 * 1024
HEADERS_LIMIT = 32 * 1024
_AROUND = 4
"""Bytes of a header line beside its name and value."""


class BoundedHead(ASGIMiddleware):
    """Refuses before anything looks at the request."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Check the head, then go on."""
        if scope["type"] == ScopeType.HTTP:
            _refuse_head(scope)
        await next_app(scope, receive, send)


def _refuse_head(scope: HTTPScope) -> None:
    headers = scope["headers"]
    if not any(name == b"host" and value for name, value in headers):
        raise Malformed("The request names no host.", mend="Send the header `Host`.")
    query = scope["query_string"]
    if len(scope["raw_path"]) + bool(query) + len(query) > URL_LIMIT:
        raise TooLarge(f"The URL is over {URL_LIMIT} bytes.", mend="Send a shorter one.")
    if sum(len(name) + len(value) + _AROUND for name, value in headers) > HEADERS_LIMIT:
        raise TooLarge(f"The headers are over {HEADERS_LIMIT} bytes.", mend="Send fewer.")
