"""The way out: 40 forms of an address inside, names that lie, and servers that misbehave."""

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_network

import httpcore2
import pytest

from service.errors import DestinationNotAllowed
from service.outgoing.client import AnswerTooLarge, NoAnswer, Outgoing
from service.outgoing.guard import Allowed, GuardedBackend, Resolve, look_up

LOOPBACK = Allowed(networks=(ip_network("127.0.0.0/8"),))
HOSTS = (
    "127.0.0.1 127.1 127.0.1 0 "
    "0.0.0.0 "
    "2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 "
    "127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 "
    "192.0.0.8 198.18.0.1 203.0.113.5 224.0.0.1 255.255.255.255 240.0.0.1 [::1] [::] "
    "[::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] "
    "[fe80::1] [fc00::1] [fd12:3456::1] [ff02::1] [2001:db8::1] [fec0::1] [5f00::1]"
)
WIDE = "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}\N{FULLWIDTH DIGIT SEVEN}.0.0.1"
URLS = [f"http://{host}:{{port}}/" for host in [*HOSTS.split(), WIDE]] + [
    "http://user@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.com/",
    "file:///etc/hosts",
    "gopher://127.0.0.1:{port}/",
    "http://127.0.0.1:22/",
    "http:///127.0.0.1/",
    "http://127.0.0.1%20:{port}/",
    "http://127.0.0.1\t:{port}/",
    "//127.0.0.1:{port}/",
    "http://[::1/",
    "http://127.0.0.1:99999/",
]
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def _listening(serve: Serve) -> AsyncIterator[int]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _get(url: str, allowed: Allowed, *, resolve: Resolve = look_up) -> bytes:
    async with Outgoing(GuardedBackend(allowed, resolve=resolve)) as outgoing:
        answer = await outgoing.send("GET", url, headers={}, deadline_s=2, most_bytes=1_000)
        return b"%d %b" % (answer.status, answer.body)


def _saying(text: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(text)
        await writer.drain()
        writer.close()

    return serve


def _ok(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


async def _as_number(host: str, _: int) -> list[str]:
    """As resolvers read the old ways to write a number, which no test may ask them for."""
    return [host if ":" in host else socket.inet_ntoa(socket.inet_aton(host))]


async def test_no_form_of_an_address_inside_is_connected_to() -> None:
    connects: list[int] = []

    async def count(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connects.append(1)
        writer.close()

    async with _listening(count) as port:
        for url in URLS:
            with pytest.raises(DestinationNotAllowed):
                await _get(url.format(port=port), Allowed(), resolve=_as_number)
    assert len(URLS) >= 40
    assert connects == []


async def test_an_allowed_network_is_reached() -> None:
    async with _listening(_saying(_ok(b"hello"))) as port:
        assert await _get(f"http://127.0.0.1:{port}/", LOOPBACK) == b"200 hello"


async def test_a_name_is_resolved_once_and_that_address_is_used() -> None:
    """The second lookup would give an address inside; there is none."""
    answers = itertools.chain([["93.184.216.34"]], itertools.repeat(["127.0.0.1"]))
    asked: list[str] = []
    connected: list[str] = []

    async def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return next(answers)

    class Recording(httpcore2.AnyIOBackend):
        async def connect_tcp(self, host: str, *_: object, **__: object) -> None:  # type: ignore[override]  # only the address is of interest
            connected.append(host)
            raise httpcore2.ConnectError("far away")

    backend = GuardedBackend(Allowed(), resolve=resolve, inner=Recording())
    async with Outgoing(backend) as outgoing:
        with pytest.raises(NoAnswer):
            await outgoing.send(
                "GET", "http://rebind.example/", headers={}, deadline_s=2, most_bytes=9
            )
        with pytest.raises(DestinationNotAllowed):
            await outgoing.send(
                "GET", "http://rebind.example/", headers={}, deadline_s=2, most_bytes=9
            )
    assert asked == ["rebind.example"] * 2
    assert connected == ["93.184.216.34"]


@pytest.mark.parametrize(
    "addresses", [["93.184.216.34", "127.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%eth0"], ["x"]]
)
async def test_one_bad_address_of_a_name_is_enough(addresses: list[str]) -> None:
    async def resolve(_: str, __: int) -> list[str]:
        return addresses

    with pytest.raises(DestinationNotAllowed):
        await _get("https://mixed.example/", Allowed(), resolve=resolve)


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 0\r\n\r\n"
    async with _listening(_saying(moved)) as port:
        assert await _get(f"http://127.0.0.1:{port}/", LOOPBACK) == b"302 "


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        (_ok(b"x" * 5_000), AnswerTooLarge),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf", NoAnswer),
        (b"no http at all\r\n\r\n", NoAnswer),
        (b"", NoAnswer),
    ],
)
async def test_a_server_that_misbehaves(said: bytes, ends: type[Exception]) -> None:
    async with _listening(_saying(said)) as port:
        with pytest.raises(ends):
            await _get(f"http://127.0.0.1:{port}/", LOOPBACK)


async def test_a_server_that_is_silent_is_left() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with _listening(silent) as port, Outgoing(GuardedBackend(LOOPBACK)) as outgoing:
        with pytest.raises(NoAnswer):
            await outgoing.send(
                "GET", f"http://127.0.0.1:{port}/", headers={}, deadline_s=0.2, most_bytes=9
            )
