"""Whether a target of a socket is on this machine, and a guard that lets no other through."""

import ipaddress
import sys
from functools import cache

_WATCHED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo")


def is_local(target: object) -> bool:
    """A path of a socket, or an address or name of this machine and of nothing else."""
    host = target[0] if isinstance(target, tuple) else target
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if not isinstance(host, str):
        return False
    if host.startswith(("/", "\0")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@cache
def guard_this_process() -> None:
    """From now on, and for good: an audit hook cannot be taken away again."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _WATCHED:
        return
    target = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    if target is not None and not is_local(target):  # None: already connected, or to listen
        raise ConnectionRefusedError(f"a test looks out: {event} {target!r}")
