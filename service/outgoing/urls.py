"""Addresses of others, as far as they can be judged without asking anybody."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from service.errors import DestinationNotAllowed

_FIRST_FREE_PORT: Final = 1024
_LONGEST: Final = 8_192
USUAL_PORTS: Final = {"http": 80, "https": 443}
_KEPT: Final = "/%?&=:@!$'()*+,;~-._[]"
_MEND: Final = "Give an address like https://example.com/path."


@dataclass(frozen=True)
class Target:
    """Where a request goes; the host is a name or a number, not resolved yet."""

    scheme: str
    host: str
    port: int
    path: str


def target(url: str) -> Target:
    """Raises DestinationNotAllowed for what is no plain address of the web."""
    parts = _split(url)
    scheme = parts.scheme.lower()
    if scheme not in USUAL_PORTS:
        raise _refused("Only http and https are spoken.")
    if "@" in parts.netloc:
        raise _refused("The address holds a user or a password.")
    host = parts.hostname or ""
    if not host or any(char in host for char in "\\%/?# "):
        raise _refused("The address names no host.")
    port = _port(parts) or USUAL_PORTS[scheme]
    if port not in USUAL_PORTS.values() and port < _FIRST_FREE_PORT:
        raise _refused("The port is not one of the web.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=scheme, host=_ascii(host), port=port, path=quote(path, safe=_KEPT))


def _split(url: str) -> SplitResult:
    """Characters that one parser drops and another keeps are how guards are passed."""
    if len(url) > _LONGEST or not url.isprintable() or any(char.isspace() for char in url):
        raise _refused("The address is too long, or holds blanks or controls.")
    try:
        return urlsplit(url)
    except ValueError as error:
        raise _refused("The address cannot be read.") from error


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise _refused("The port is no number.") from error


def _ascii(host: str) -> str:
    """The name as it is resolved."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise _refused("The host is no name.") from error


def _refused(detail: str) -> DestinationNotAllowed:
    return DestinationNotAllowed(detail, field="url", mend=_MEND)
