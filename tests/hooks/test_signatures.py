"""Every scheme: the published vectors, and what a forger would try."""

import base64
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import standardwebhooks

from service.errors import SignatureInvalid
from service.hooks.received import Received
from service.hooks.secrets import SecretUnusable
from service.hooks.signatures import SCHEMES, check_secret, require_signed

PROVIDERS = {
    "gong-jwt": "gong",
    "hubspot-v3": "hubspot",
    "standard-webhooks": "fathom",
    "svix-headers": "recall",
}
"""Providers whose name is not that of their scheme in the vectors."""
NOW = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def _vectors(shared: Path) -> list[dict[str, Any]]:
    file = shared / "samples" / "webhooks" / "signature_vectors.json"
    return list(json.loads(file.read_text(encoding="utf-8"))["vectors"])


def _received(vector: dict[str, Any]) -> Received:
    body = str(vector["body"])
    is_form = vector["scheme"] == "mailgun"
    return Received(
        method=vector.get("method", "POST"),
        url=vector.get("uri", "https://baton.example/v1/hooks/x/y"),
        headers={name.lower(): value for name, value in vector["headers"].items()},
        body=body.encode(),
        fields=json.loads(body) if is_form else {},
    )


def _accepts(provider: str, received: Received, *secrets: str, now: datetime = NOW) -> bool:
    try:
        require_signed(provider, received, known=secrets, now=now)
    except SignatureInvalid:
        return False
    return True


def test_every_vector(shared: Path) -> None:
    signed = [one for one in _vectors(shared) if one["scheme"] != "zoom-url-validation"]
    wrong = [
        (one["scheme"], one["note"])
        for one in signed
        if _accepts(
            PROVIDERS.get(one["scheme"], one["scheme"]),
            _received(one),
            one["secret"],
            now=datetime.fromtimestamp(one["now_epoch"], UTC),
        )
        is not one["valid"]
    ]
    assert len(signed) >= 27
    assert wrong == []


def test_a_mutated_call_is_refused(shared: Path) -> None:
    """10,000 calls that were signed and then changed in one byte somewhere: none is taken."""
    valid = [one for one in _vectors(shared) if one["valid"] and "zoom-url" not in one["scheme"]]
    seeded, taken = random.Random(7), 0  # noqa: S311  a seed, no secret
    for at in range(10_000):
        vector = valid[at % len(valid)]
        provider = PROVIDERS.get(vector["scheme"], vector["scheme"])
        changed = _changed(_received(vector), provider, seeded)
        now = datetime.fromtimestamp(vector["now_epoch"], UTC)
        taken += _accepts(provider, changed, vector["secret"], now=now)
    assert taken == 0


def _changed(received: Received, provider: str, seeded: random.Random) -> Received:
    """One byte of the body, or one character of a header or field that is signed."""
    if provider == "mailgun":
        name = seeded.choice(["timestamp", "token", "signature"])
        fields = {**received.fields, name: _flipped(received.fields[name], seeded)}
        return Received(received.method, received.url, received.headers, received.body, fields)
    if seeded.random() < 0.5:
        body = _flipped(received.body.decode("latin-1"), seeded).encode("latin-1")
        return Received(received.method, received.url, received.headers, body)
    name = seeded.choice([*received.headers])
    headers = {**received.headers, name: _flipped_header(received.headers[name], seeded)}
    return Received(received.method, received.url, headers, received.body)


def _flipped(text: str, seeded: random.Random) -> str:
    at = seeded.randrange(len(text))
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


def _flipped_header(value: str, seeded: random.Random) -> str:
    """A signature among several may be broken while another holds: break the part that counts."""
    return " ".join(_flipped(part, seeded) for part in value.split())


def _standard(body: bytes, *, at: datetime = NOW, id_: str = "msg_1") -> Received:
    signature = standardwebhooks.Webhook(SECRET).sign(id_, at, body.decode())
    headers = {
        "webhook-id": id_,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }
    return Received("POST", "https://baton.example/v1/hooks/fathom/h", headers, body)


def test_what_the_published_library_signs_holds() -> None:
    received = _standard(b'{"title":"x"}')
    assert _accepts("fathom", received, SECRET)
    assert not _accepts("fathom", received, "whsec_" + base64.b64encode(b"other").decode())


@pytest.mark.parametrize(("off_s", "taken"), [(0, 1), (299, 1), (-299, 1), (301, 0), (-301, 0)])
def test_the_window_is_five_minutes_both_ways(off_s: int, *, taken: int) -> None:
    received = _standard(b"{}", at=NOW + timedelta(seconds=off_s))
    assert _accepts("fathom", received, SECRET) is bool(taken)


def test_two_secrets_while_one_is_changed() -> None:
    other = "whsec_" + base64.b64encode(bytes(32)).decode()
    received = _standard(b"{}")
    assert _accepts("fathom", received, other, SECRET)
    assert not _accepts("fathom", received)


@pytest.mark.parametrize("provider", sorted(SCHEMES))
def test_an_unsigned_call_is_refused(provider: str) -> None:
    secret = SECRET if provider != "gong" else _public_key()
    bare = Received("POST", "https://baton.example/v1/hooks/x/y", {}, b'{"value": []}')
    assert not _accepts(provider, bare, secret)


DEEP = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 20_000).decode() + ".e30.e30"


@pytest.mark.parametrize(
    "value", ["\xff" * 40, "v1," + "A" * 100_000, "v1 " * 50_000, "\ud800", DEEP, "Basic \xff"]
)
def test_hostile_headers_are_refused(value: str) -> None:
    for provider, schemes in SCHEMES.items():
        names = {getattr(one, "header", "webhook-signature") for one in schemes}
        headers = dict.fromkeys([*map(str, names), "authorization", "webhook-id"], value)
        received = Received("POST", "https://baton.example/", headers, b"{}", {"signature": value})
        secret = SECRET if provider != "gong" else _public_key()
        assert not _accepts(provider, received, secret), provider


@pytest.mark.parametrize(
    ("provider", "secret"),
    [("fathom", "not base64!"), ("readai", "ä"), ("gong", "no key"), ("zoom", " "), ("otter", "ü")],
)
def test_an_unusable_secret_is_named_when_it_is_set(provider: str, secret: str) -> None:
    with pytest.raises(SecretUnusable):
        check_secret(provider, secret)


def _public_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    public = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    encoded = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return public.public_bytes(*encoded).decode()
