"""How providers ask whether the right one is listening, and what they want to hear."""

import hmac
import json
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qs

from service.hooks.meanings import Handshake
from service.hooks.payload import Payload
from service.hooks.received import Received

_PLAIN_TOKEN: Final = re.compile(r"[A-Za-z0-9_=+/-]{1,64}")
"""No colon: `v0:{time}:{body}` is what a signature covers, and this must not make one."""
_WORD: Final = re.compile(r"[!-~]{1,512}")
_LONGEST: Final = 4_096

Answer = Callable[[Received, Payload, str], Handshake | None]
"""Takes the call, its JSON and the secret; None where it is no handshake."""


def before_signature(
    provider: str, received: Received, call: Payload, secret: str
) -> Handshake | None:
    """The answer to a call that cannot be signed yet; None for every other call."""
    answer = UNSIGNED.get(provider)
    return answer(received, call, secret) if answer else None


def after_signature(
    provider: str, received: Received, call: Payload, secret: str
) -> Handshake | None:
    """The answer to a handshake that is signed like any call."""
    answer = SIGNED.get(provider)
    return answer(received, call, secret) if answer else None


def _zoom(_: Received, call: Payload, secret: str) -> Handshake | None:
    token = call.text("payload", "plainToken") or ""
    if call.text("event") != "endpoint.url_validation" or not _PLAIN_TOKEN.fullmatch(token):
        return None
    made = hmac.new(secret.encode(), token.encode(), "sha256").hexdigest()
    return _json({"plainToken": token, "encryptedToken": made})


def _msgraph(received: Received, _: Payload, __: str) -> Handshake | None:
    """Decoded from the address, and said back as plain text."""
    query = parse_qs(received.url.partition("?")[2])
    token = query.get("validationToken", [""])[0]
    if not token or len(token) > _LONGEST or received.body:
        return None
    return Handshake(token.encode(), "text/plain")


def _ringcentral(received: Received, call: Payload, _: str) -> Handshake | None:
    token = received.header("validation-token")
    if not _WORD.fullmatch(token) or not call.is_empty:
        return None
    return Handshake(headers=(("validation-token", token),))


def _grain(_: Received, call: Payload, __: str) -> Handshake | None:
    return Handshake() if call.is_empty else None


def _slack(_: Received, call: Payload, __: str) -> Handshake | None:
    challenge = call.text("challenge")
    if call.text("type") != "url_verification" or challenge is None:
        return None
    return _json({"challenge": challenge[:_LONGEST]})


def _json(value: Mapping[str, str]) -> Handshake:
    return Handshake(json.dumps(value).encode())


UNSIGNED: Final[dict[str, Answer]] = {
    "grain": _grain,
    "msgraph": _msgraph,
    "ringcentral": _ringcentral,
    "zoom": _zoom,
}
SIGNED: Final[dict[str, Answer]] = {"slack": _slack}
