"""Requests to others: one connection pool behind the guard, without redirects, cookies, proxies."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

import httpcore2

from service.outgoing.guard import GuardedBackend
from service.outgoing.urls import USUAL_PORTS, Target, target

CONNECT_S: Final = 5.0
MOST_CONNECTIONS: Final = 16


class NoAnswer(Exception):
    """The other side could not be reached, broke off, or was too slow."""


class AnswerTooLarge(Exception):
    """The other side sends more than was asked for."""


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case; of a name that repeats, the last."""
    body: bytes = field(repr=False)


class Outgoing:
    """The one client of a process for everything that is neither a model nor a database."""

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=MOST_CONNECTIONS,
            network_backend=backend,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.aclose()

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        deadline_s: float,
        most_bytes: int,
        content: bytes = b"",
    ) -> Answer:
        """Raises DestinationNotAllowed, NoAnswer, AnswerTooLarge; a redirect is an answer."""
        to = target(url)
        sent = [("host", _host(to)), ("accept-encoding", "identity"), *headers.items()]
        if content or method != "GET":
            sent.append(("content-length", str(len(content))))
        request = httpcore2.Request(
            method,
            httpcore2.URL(scheme=to.scheme, host=to.host, port=to.port, target=to.path),
            headers=sent,
            content=content,
            extensions={"timeout": {"connect": CONNECT_S, "pool": deadline_s}},
        )
        try:
            async with asyncio.timeout(deadline_s):
                return await self._answer(request, most_bytes)
        except (TimeoutError, OSError, httpcore2.ProtocolError, *_BROKEN) as error:
            raise NoAnswer(type(error).__name__) from error

    async def _answer(self, request: httpcore2.Request, most_bytes: int) -> Answer:
        response = await self._pool.handle_async_request(request)
        try:
            body = bytearray()
            async for chunk in response.aiter_stream():
                body += chunk
                if len(body) > most_bytes:
                    raise AnswerTooLarge
        finally:
            await response.aclose()
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }
        return Answer(response.status, headers, bytes(body))


_BROKEN: Final = (httpcore2.NetworkError, httpcore2.TimeoutException)


def _host(to: Target) -> str:
    """With its port where that is not the usual one; an IPv6 number in brackets."""
    name = f"[{to.host}]" if ":" in to.host else to.host
    return name if to.port == USUAL_PORTS[to.scheme] else f"{name}:{to.port}"
