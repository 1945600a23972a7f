"""Every scheme: the published vectors, and what a forger would try."""

import base64
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import standardwebhooks

from evals.hooks.measure import NOW, accepts, rows, wrong_vectors
from evals.hooks.senders import SENDERS, secrets_of
from service.errors import SecretUnusable
from service.hooks.received import Received
from service.hooks.signatures import SCHEMES, check_secret

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def test_every_published_vector_is_judged_rightly(shared: Path) -> None:
    count, wrong = wrong_vectors(shared)
    assert count >= 27
    assert wrong == []


def test_signed_calls_are_taken_and_no_other() -> None:
    """10,000 calls that were signed and then changed in one bit are among the others."""
    measured = rows(10_000, seed=7)
    assert {row.provider for row in measured} == SCHEMES.keys() == SENDERS.keys()
    assert sum(row.mutated for row in measured) >= 10_000
    assert [row.provider for row in measured if not row.is_met] == []


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
    assert accepts("fathom", received, SECRET)
    assert not accepts("fathom", received, "whsec_" + base64.b64encode(b"other").decode())


@pytest.mark.parametrize(("off_s", "taken"), [(0, 1), (299, 1), (-299, 1), (301, 0), (-301, 0)])
def test_the_window_is_five_minutes_both_ways(off_s: int, *, taken: int) -> None:
    received = _standard(b"{}", at=NOW + timedelta(seconds=off_s))
    assert accepts("fathom", received, SECRET) is bool(taken)


def test_two_secrets_while_one_is_changed() -> None:
    other = "whsec_" + base64.b64encode(bytes(32)).decode()
    received = _standard(b"{}")
    assert accepts("fathom", received, other, SECRET)
    assert not accepts("fathom", received)


@pytest.mark.parametrize("provider", sorted(SCHEMES))
def test_an_unsigned_call_is_refused(provider: str) -> None:
    secret = secrets_of(provider)[0]
    bare = Received("POST", "https://baton.example/v1/hooks/x/y", {}, b'{"value": []}')
    assert not accepts(provider, bare, secret)


DEEP = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 20_000).decode() + ".e30.e30"


@pytest.mark.parametrize(
    "value", ["\xff" * 40, "v1," + "A" * 100_000, "v1 " * 50_000, "\ud800", DEEP, "Basic \xff"]
)
def test_hostile_headers_are_refused(value: str) -> None:
    for provider, schemes in SCHEMES.items():
        names = {getattr(one, "header", "webhook-signature") for one in schemes}
        headers = dict.fromkeys([*map(str, names), "authorization", "webhook-id"], value)
        received = Received("POST", "https://baton.example/", headers, b"{}", {"signature": value})
        secret = secrets_of(provider)[0]
        assert not accepts(provider, received, secret), provider


@pytest.mark.parametrize(
    ("provider", "secret"),
    [("fathom", "not base64!"), ("readai", "ä"), ("gong", "no key"), ("zoom", " "), ("otter", "ü")],
)
def test_an_unusable_secret_is_named_when_it_is_set(provider: str, secret: str) -> None:
    with pytest.raises(SecretUnusable):
        check_secret(provider, secret)
