"""Standard Webhooks, which Svix wrote first under header names of its own.

Source: the specification in `standard-webhooks/standard-webhooks`, `spec/standard-webhooks.md`.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from service.hooks import moments, secrets
from service.hooks.received import Received

VERSION: Final = "v1"
_MOST: Final = 10
"""Signatures of one call that are looked at: one for each secret in use."""


@dataclass(frozen=True)
class StandardWebhooks:
    """The scheme under one family of header names: `webhook` or `svix`."""

    family: str = "webhook"

    def is_signed(self, received: Received, secret: str, now: datetime) -> bool:
        """Whether one of its signatures is made with this secret, just now."""
        if not received.header(f"{self.family}-id"):
            return False
        expected = self._expected(received, secret)
        sent = received.header(f"{self.family}-signature").split()[:_MOST]
        is_same = [secrets.is_same(expected, one) for one in sent]
        return any(is_same) and moments.is_fresh(moments.seconds(self._time(received)), now)

    def check(self, secret: str) -> None:
        """Raises SecretUnusable where it is no Base64."""
        secrets.decoded(secret)

    def signed_id(self, received: Received) -> str | None:
        """Stable over the tries of one delivery."""
        return received.header(f"{self.family}-id")

    def _expected(self, received: Received, secret: str) -> str:
        head = f"{received.header(f'{self.family}-id')}.{self._time(received)}."
        made = hmac.new(secrets.decoded(secret), secrets.raw(head) + received.body, "sha256")
        return f"{VERSION},{base64.b64encode(made.digest()).decode()}"

    def _time(self, received: Received) -> str:
        return received.header(f"{self.family}-timestamp")
