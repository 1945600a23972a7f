"""Senders that sign nothing: a word that both sides know comes along with the call."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from service.hooks.received import Received
from service.hooks.secrets import is_same, unusable

OWN_HEADER = "x-baton-token"
"""The header to name where a sender lets its user choose one."""


@dataclass(frozen=True)
class KnownWord:
    """The secret itself, in one of the places where a call may have it."""

    places: tuple[Callable[[Received], str], ...]

    def is_signed(self, received: Received, secret: str, now: datetime) -> bool:
        """Whether the word that came is the secret; the time is not known."""
        del now
        found = [is_same(secret, place(received)) for place in self.places]
        return any(found)

    def signed_id(self, received: Received) -> str | None:
        """None: the body is all that names the call."""
        del received
        return None

    def check(self, secret: str) -> None:
        """Raises SecretUnusable where it could not travel in a header."""
        if not (secret.isascii() and secret.isprintable()):
            raise unusable("The secret is printable ASCII.")


def in_header(name: str) -> Callable[[Received], str]:
    """The value of that header."""
    return lambda received: received.header(name)


def in_password(received: Received) -> str:
    """The password of basic authentication: how `https://baton:SECRET@host/` arrives."""
    kind, _, packed = received.header("authorization").partition(" ")
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(packed, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def in_client_state(received: Received) -> str:
    """What Microsoft Graph sends back in each notification: all of them must say the same."""
    try:
        notifications = json.loads(received.body)["value"]
        said = {one["clientState"] for one in notifications}
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return str(said.pop()) if len(said) == 1 else ""
