"""The one way out: a name is resolved once, judged, and only what was judged is connected to.

A check before the connection is none: the name may mean another address a moment later.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

import httpcore2

from service.errors import DestinationNotAllowed
from service.outgoing.addresses import Address, Network, is_outside, parse

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Takes a host and a port, gives the addresses that the name has now."""


@dataclass(frozen=True)
class Allowed:
    """What the operator opens beside the world outside."""

    networks: tuple[Network, ...] = ()
    hosts: frozenset[str] = frozenset()
    """Names that may mean any address."""


async def look_up(host: str, port: int) -> list[str]:
    """Through the resolver of this machine; a number is its own address."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections to the world outside and to nothing else."""

    def __init__(
        self,
        allowed: Allowed,
        *,
        resolve: Resolve = look_up,
        inner: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._inner = inner or httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the signature of the library
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """To the address that was judged; raises DestinationNotAllowed."""
        async with asyncio.timeout(timeout):
            address = self._judged(host, await self._addresses(host, port))
        return await self._inner.connect_tcp(
            str(address), port, timeout, local_address, socket_options
        )

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109  the signature of the library
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Never: a socket of this machine is inside."""
        del path, timeout, socket_options
        raise DestinationNotAllowed("A socket of this machine is no destination.")

    async def sleep(self, seconds: float) -> None:
        """As the library waits between tries."""
        await asyncio.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            return [parse(one) for one in await self._resolve(host, port)]
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError("The name cannot be resolved.") from error
        except ValueError as error:
            raise DestinationNotAllowed("The name has an address that cannot be read.") from error

    def _judged(self, host: str, addresses: Sequence[Address]) -> Address:
        """The first; one bad address among good ones is bad, or a name could mix them."""
        if not addresses:
            raise httpcore2.ConnectError("The name has no address.")
        is_open = host.lower() in self._allowed.hosts
        networks = self._allowed.networks
        if not (is_open or all(is_outside(one, allowed=networks) for one in addresses)):
            raise DestinationNotAllowed(
                "The address lies inside a private or reserved network.",
                field="url",
                mend="Name a host of the public internet, or have the operator allow this one "
                "(BATON_OUTGOING_ALLOW).",
            )
        return addresses[0]
