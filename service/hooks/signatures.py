"""Which provider signs how: the one table, and the one question asked of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from service.errors import SignatureInvalid
from service.hooks import hmac_schemes as of
from service.hooks import secrets
from service.hooks.hmac_schemes import Hmac
from service.hooks.received import Received
from service.hooks.signed_token import SignedToken
from service.hooks.standard_webhooks import StandardWebhooks
from service.hooks.tokens import OWN_HEADER, KnownWord, in_client_state, in_header, in_password


class Scheme(Protocol):
    """One way to show that a call comes from the holder of a secret."""

    def is_signed(self, received: Received, secret: str, now: datetime) -> bool:
        """Whether it does."""

    def check(self, secret: str) -> None:
        """Raises SecretUnusable where the secret can never verify anything."""

    def signed_id(self, received: Received) -> str | None:
        """The id of this call that the signature covers, where it covers one."""


_STANDARD: Final = (StandardWebhooks("webhook"), StandardWebhooks("svix"))
_WORD: Final = (KnownWord((in_header(OWN_HEADER), in_password)),)
_SLACK: Final = Hmac(
    "x-slack-signature",
    of.versioned("x-slack-request-timestamp"),
    prefix="v0=",
    time="x-slack-request-timestamp",
)
_MAILGUN: Final = Hmac(
    "signature", of.once("timestamp", "token"), time="timestamp", in_form=True, serves_once="token"
)
_ZOOM_TIME: Final = "x-zm-request-timestamp"
_HUBSPOT_TIME: Final = "x-hubspot-request-timestamp"
_VEXA_TIME: Final = "x-webhook-timestamp"

SCHEMES: Final[dict[str, tuple[Scheme, ...]]] = {
    "aircall": _WORD,
    "assemblyai": _WORD,
    "circleback": (
        Hmac("x-signature", of.body),
        Hmac("x-circleback-signature", of.body, prefix="sha256="),
    ),
    "deepgram": (KnownWord((in_header("dg-token"), in_password)),),
    "fathom": _STANDARD,
    "fireflies": (Hmac("x-hub-signature", of.body, prefix="sha256="),),
    "gong": (SignedToken(),),
    "grain": _WORD,
    "granola": _STANDARD,
    "hubspot": (
        Hmac(
            "x-hubspot-signature-v3",
            of.called(_HUBSPOT_TIME),
            is_base64=True,
            time=_HUBSPOT_TIME,
            unit=0.001,
        ),
    ),
    "mailgun": (_MAILGUN,),
    "meetgeek": _WORD,
    "meetingbaas": _WORD,
    "msgraph": (KnownWord((in_client_state,)),),
    "otter": _WORD,
    "postmark": _WORD,
    "readai": (Hmac("x-read-signature", of.body, key=secrets.decoded),),
    "recall": _STANDARD,
    "ringcentral": (KnownWord((in_header("verification-token"),)),),
    "sendgrid": _WORD,
    "slack": (_SLACK,),
    "tldv": _WORD,
    "vexa": (Hmac("x-webhook-signature", of.timed(_VEXA_TIME), prefix="sha256=", time=_VEXA_TIME),),
    "webex": (Hmac("x-spark-signature", of.body, digest="sha1"),),
    "zoom": (Hmac("x-zm-signature", of.versioned(_ZOOM_TIME), prefix="v0=", time=_ZOOM_TIME),),
}
"""By provider; where there are several, one that holds is enough."""


def refusal() -> SignatureInvalid:
    """One and the same, whatever was wrong: who forges learns nothing."""
    return SignatureInvalid(mend="Compare address, secret and clock of both sides.")


def require_signed(
    provider: str, received: Received, *, known: Sequence[str], now: datetime
) -> str | None:
    """The id of the call that its signature covers, if any.

    Raises SignatureInvalid, one and the same for every failure. `known` holds one secret, or two
    while it is being changed.
    """
    holding = [
        scheme
        for scheme in SCHEMES[provider]
        for secret in known
        if scheme.is_signed(received, secret, now)
    ]
    if not holding:
        raise refusal()
    return holding[0].signed_id(received)


def is_word(provider: str) -> bool:
    """Whether the secret itself comes along, so that it may have to stand in an address."""
    return all(isinstance(scheme, KnownWord) for scheme in SCHEMES[provider])


def check_secret(provider: str, secret: str) -> None:
    """Raises SecretUnusable where a secret can never verify anything of this provider."""
    if not secret.strip():
        raise secrets.unusable("The secret is empty.")
    for scheme in SCHEMES[provider]:
        scheme.check(secret)
