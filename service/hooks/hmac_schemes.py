"""Signatures that are an HMAC: one row says all in which senders differ."""

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from service.hooks import moments, secrets
from service.hooks.received import Received


@dataclass(frozen=True)
class Hmac:
    """What is signed, with which key, and where signature and time stand."""

    header: str
    signed: Callable[[Received], bytes]
    prefix: str = ""
    is_base64: bool = False
    digest: str = "sha256"
    key: Callable[[str], bytes] = secrets.plain
    time: str | None = None
    """The header with the time of signing; None where the sender sends none."""
    unit: float = 1.0
    """Seconds that one of its steps lasts."""
    in_form: bool = False
    """Signature and time are fields of the form, not headers."""
    serves_once: str | None = None
    """The field that is signed instead of the body."""

    def is_signed(self, received: Received, secret: str, now: datetime) -> bool:
        """Whether the holder of the secret sent this, just now."""
        sent = self._value(received, self.header)
        expected = self.prefix + self._digest(received, secret)
        is_same = secrets.is_same(expected, sent)
        return is_same and self._is_fresh(received, now)

    def check(self, secret: str) -> None:
        """Raises SecretUnusable where no key can be made of it."""
        self.key(secret)

    def signed_id(self, received: Received) -> str | None:
        """The token of a form, which serves once; else none but the body itself."""
        return self._value(received, self.serves_once) if self.serves_once else None

    def _is_fresh(self, received: Received, now: datetime) -> bool:
        if self.time is None:
            return True
        signed_at = moments.seconds(self._value(received, self.time), unit=self.unit)
        return moments.is_fresh(signed_at, now)

    def _digest(self, received: Received, secret: str) -> str:
        made = hmac.new(self.key(secret), self.signed(received), self.digest)
        return base64.b64encode(made.digest()).decode() if self.is_base64 else made.hexdigest()

    def _value(self, received: Received, name: str) -> str:
        return received.fields.get(name, "") if self.in_form else received.header(name)


def body(received: Received) -> bytes:
    """The body alone."""
    return received.body


def versioned(time: str) -> Callable[[Received], bytes]:
    """`v0:{time}:{body}`, as Zoom and Slack sign it."""
    return lambda received: b"v0:%b:%b" % (secrets.raw(received.header(time)), received.body)


def timed(time: str) -> Callable[[Received], bytes]:
    """`{time}.{body}`."""
    return lambda received: b"%b.%b" % (secrets.raw(received.header(time)), received.body)


def called(time: str) -> Callable[[Received], bytes]:
    """Method, address, body and time, as HubSpot signs them."""

    def signed(received: Received) -> bytes:
        head = f"{received.method}{received.url}".encode()
        return head + received.body + secrets.raw(received.header(time))

    return signed


def once(time: str, token: str) -> Callable[[Received], bytes]:
    """Time and token of a form: the rest of it is not covered, so a token serves once."""
    return lambda got: secrets.raw(got.fields.get(time, "") + got.fields.get(token, ""))
