"""How often a key may ask, and how long an answer may take."""

import asyncio

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.middleware.rate_limit import RateLimitConfig, get_remote_address
from litestar.types import ASGIApp, Receive, Scope, Send

from service import keys
from service.errors import Unavailable
from service.web.state import Call

DEADLINE_S = 35
"""More than the longest wait that a caller may wish for, and than reading one file takes."""


def rate_limit(requests_a_minute: int) -> RateLimitConfig:
    """So many requests a minute and key in each process; without a key, by address."""
    return RateLimitConfig(
        rate_limit=("minute", requests_a_minute), identifier_for_request=_identify
    )


def _identify(request: Call) -> str:
    """The id of a well-formed key; whether it is a live one is found out later."""
    text = request.headers.get("authorization", "").rpartition(" ")[2]
    key = keys.read(text)
    return f"key {key.id}" if key else f"address {get_remote_address(request)}"


class Deadline(ASGIMiddleware):
    """Ends what takes too long; a stream of events may last."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Answer in time, or say that it was not possible."""
        if scope["path"].endswith("/events"):
            await next_app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(DEADLINE_S):
                await next_app(scope, receive, send)
        except TimeoutError as error:
            raise Unavailable(
                f"The answer took over {DEADLINE_S} s.", mend="Try again later.", retry_after_s=10
            ) from error
