"""Gong's signature: a token that only Gong's private key can have made, over address and body."""

import hashlib
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from service.hooks.received import Received
from service.hooks.secrets import is_same, raw, unusable

ALGORITHM: Final = "RS256"
"""The only one: a token may not choose how it is checked."""
_NEEDED: Final = ("exp", "webhook_url", "body_sha256")
_NO_KEY: Final = "The key of this provider is a public key, as PEM or bare Base64."
_LINE: Final = 64


class SignedToken:
    """The secret is no secret here: it is the sender's public key, as PEM or bare Base64."""

    def is_signed(self, received: Received, secret: str, now: datetime) -> bool:
        """Whether the token is of that key, not expired, and about this very call."""
        claims = _claims(received.header("authorization"), pem(secret))
        if claims is None or not _is_running(claims["exp"], now):
            return False
        digest = hashlib.sha256(received.body).hexdigest()
        is_body = is_same(digest, str(claims["body_sha256"]))
        called = _address(received.url)
        return is_body and called is not None and _address(str(claims["webhook_url"])) == called

    def signed_id(self, received: Received) -> str | None:
        """None: the body is all that names the call."""
        del received
        return None

    def check(self, secret: str) -> None:
        """Raises SecretUnusable where it is no public RSA key."""
        try:
            load_pem_public_key(pem(secret).encode())
        except ValueError as error:
            raise unusable(_NO_KEY) from error


def pem(secret: str) -> str:
    """With the lines around it that a key is known by."""
    bare = secret.strip()
    if bare.startswith("-----BEGIN PUBLIC KEY-----"):
        return bare
    packed = "".join(bare.split())
    if not packed or "-----" in packed:
        raise unusable(_NO_KEY)
    lines = [packed[at : at + _LINE] for at in range(0, len(packed), _LINE)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----"])


def _claims(authorization: str, key: str) -> dict[str, object] | None:
    """Its claims where its signature holds; the time is judged by our own clock."""
    token = authorization.removeprefix("Bearer ").strip()
    options: jwt.types.Options = {"require": [*_NEEDED], "verify_exp": False, "verify_nbf": False}
    try:
        return jwt.decode(raw(token), key, algorithms=[ALGORITHM], options=options)
    except (jwt.InvalidTokenError, RecursionError):
        return None


def _is_running(expires: object, now: datetime) -> bool:
    is_number = isinstance(expires, int | float) and not isinstance(expires, bool)
    return is_number and now.timestamp() < float(str(expires))


def _address(url: str) -> tuple[str, str, str] | None:
    """Scheme, host and path: what both sides know of it; None where it is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/")
