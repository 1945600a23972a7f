"""Calls as each provider signs them, written apart from what verifies them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from service.hooks.received import Received

URL: Final = "https://baton.example/v1/hooks/provider/hook"
PACKED: Final = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OTHER: Final = "whsec_" + base64.b64encode(bytes(32)).decode()
"""Both are a text, and Base64: every scheme with a secret of its own takes them."""


class Asked(NamedTuple):
    """What a sender signs: with which secret, when, and under which id."""

    secret: str
    body: bytes
    now: datetime
    id: UUID
    url: str = URL
    """The address that is called: some sign it too."""

    @property
    def seconds(self) -> str:
        """Of its moment, as headers carry them."""
        return str(int(self.now.timestamp()))

    def hex(self, signed: bytes, digest: str = "sha256") -> str:
        """HMAC of what is signed, under the secret as text."""
        return hmac.new(self.secret.encode(), signed, digest).hexdigest()


@dataclass(frozen=True)
class Signed:
    """What a sender adds to its body."""

    headers: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    """Where the sender puts something into it."""


Sign = Callable[[Asked], Signed]


def call(provider: str, asked: Asked) -> Received:
    """One call of that provider."""
    signed = SENDERS[provider](asked)
    sent = asked.body if signed.body is None else signed.body
    return Received("POST", asked.url, signed.headers, sent, signed.fields)


def secrets_of(provider: str) -> tuple[str, str]:
    """One that the provider could have, and another."""
    return (_key_pair(1)[1], _key_pair(2)[1]) if provider == "gong" else (PACKED, OTHER)


def _standard(family: str) -> Sign:
    """Standard Webhooks, under the names of either family."""

    def sign(asked: Asked) -> Signed:
        name, at = f"msg_{asked.id.hex}", asked.seconds
        key = base64.b64decode(asked.secret.removeprefix("whsec_"))
        made = hmac.new(key, f"{name}.{at}.".encode() + asked.body, "sha256").digest()
        packed = f"v1,{base64.b64encode(made).decode()}"
        names = {"id": name, "timestamp": at, "signature": packed}
        return Signed({f"{family}-{key}": value for key, value in names.items()})

    return sign


def _versioned(signature: str, time: str) -> Sign:
    """Zoom and Slack."""

    def sign(asked: Asked) -> Signed:
        made = asked.hex(f"v0:{asked.seconds}:".encode() + asked.body)
        return Signed({time: asked.seconds, signature: f"v0={made}"})

    return sign


def _over_body(header: str, *, prefix: str = "", digest: str = "sha256") -> Sign:
    return lambda asked: Signed({header: prefix + asked.hex(asked.body, digest)})


def _word(header: str) -> Sign:
    """No signature: the secret comes along."""
    return lambda asked: Signed({header: asked.secret})


def _password(asked: Asked) -> Signed:
    """As a client sends what stands in `https://baton:SECRET@host/`."""
    packed = base64.b64encode(f"baton:{asked.secret}".encode()).decode()
    return Signed({"authorization": f"Basic {packed}"})


def _read_ai(asked: Asked) -> Signed:
    key = base64.b64decode(asked.secret.removeprefix("whsec_"))
    return Signed({"x-read-signature": hmac.new(key, asked.body, "sha256").hexdigest()})


def _hubspot(asked: Asked) -> Signed:
    at = str(int(asked.now.timestamp() * 1000))
    signed = b"POST" + asked.url.encode() + asked.body + at.encode()
    made = hmac.new(asked.secret.encode(), signed, "sha256").digest()
    packed = base64.b64encode(made).decode()
    return Signed({"x-hubspot-request-timestamp": at, "x-hubspot-signature-v3": packed})


def _vexa(asked: Asked) -> Signed:
    made = asked.hex(f"{asked.seconds}.".encode() + asked.body)
    names = {"x-webhook-timestamp": asked.seconds, "x-webhook-signature": f"sha256={made}"}
    return Signed(names)


def _mailgun(asked: Asked) -> Signed:
    token = asked.id.hex
    made = asked.hex((asked.seconds + token).encode())
    return Signed(fields={"timestamp": asked.seconds, "token": token, "signature": made})


def _msgraph(asked: Asked) -> Signed:
    notification = {"clientState": asked.secret, "text": asked.body.decode()}
    return Signed(body=json.dumps({"value": [notification]}).encode())


def _gong(asked: Asked) -> Signed:
    claims = {
        "webhook_url": asked.url,
        "body_sha256": hashlib.sha256(asked.body).hexdigest(),
        "exp": int(asked.now.timestamp()) + 60,
    }
    token = jwt.encode(claims, _key_pair(1)[0], algorithm="RS256")
    return Signed({"authorization": token})


@lru_cache
def _key_pair(number: int) -> tuple[bytes, str]:
    """Private and public; of each number one pair a process."""
    del number
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, public.decode()


SENDERS: Final[dict[str, Sign]] = {
    "aircall": _password,
    "assemblyai": _word("x-baton-token"),
    "circleback": _over_body("x-signature"),
    "deepgram": _word("dg-token"),
    "fathom": _standard("webhook"),
    "fireflies": _over_body("x-hub-signature", prefix="sha256="),
    "gong": _gong,
    "grain": _password,
    "granola": _standard("webhook"),
    "hubspot": _hubspot,
    "mailgun": _mailgun,
    "meetgeek": _password,
    "meetingbaas": _password,
    "msgraph": _msgraph,
    "otter": _password,
    "postmark": _password,
    "readai": _read_ai,
    "recall": _standard("svix"),
    "ringcentral": _word("verification-token"),
    "sendgrid": _password,
    "slack": _versioned("x-slack-signature", "x-slack-request-timestamp"),
    "tldv": _word("x-baton-token"),
    "vexa": _vexa,
    "webex": _over_body("x-spark-signature", digest="sha1"),
    "zoom": _versioned("x-zm-signature", "x-zm-request-timestamp"),
}
