"""What is accepted of every provider's calls: a row each."""

import json
import random
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from evals.hooks.mutated import mutated
from evals.hooks.senders import Asked, call, secrets_of
from service.errors import SignatureInvalid
from service.fetch.providers import FETCHERS
from service.hooks.handshakes import SIGNED, UNSIGNED
from service.hooks.received import Received
from service.hooks.signatures import SCHEMES, require_signed

NOW: Final = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)
_TIMED: Final = (
    *("fathom", "gong", "granola", "hubspot", "mailgun"),
    *("recall", "slack", "vexa", "zoom"),
)
"""They say when they signed; of the others a repeat is known by its body."""
_BODY: Final = json.dumps({"event": "transcript.done", "text": "Grüße, ünd mehr"}).encode()
_OTHER_NAMES: Final = {
    "gong-jwt": "gong",
    "hubspot-v3": "hubspot",
    "standard-webhooks": "fathom",
    "svix-headers": "recall",
}


@dataclass(frozen=True)
class Row:
    """How often each kind of call was accepted."""

    provider: str
    signed: bool
    unsigned: bool
    another_secret: bool
    too_old: bool | None
    """None: the provider says no time."""
    mutated: int
    mutated_accepted: int
    handshake: bool
    fetched: bool

    @property
    def is_met(self) -> bool:
        """Signed calls are taken, all others are not."""
        wrong = self.unsigned or self.another_secret or self.too_old or self.mutated_accepted
        return self.signed and not wrong

    def as_json(self) -> dict[str, Any]:
        """With the verdict."""
        return asdict(self) | {"is_met": self.is_met}


def rows(mutations: int, *, seed: int) -> list[Row]:
    """One for each provider, in all with so many mutated calls."""
    seeded = random.Random(seed)  # noqa: S311  a seed, no secret
    each = -(-mutations // len(SCHEMES))
    return [_row(provider, each, seeded) for provider in sorted(SCHEMES)]


def _row(provider: str, count: int, seeded: random.Random) -> Row:
    secret, another = secrets_of(provider)
    received = call(provider, Asked(secret, _BODY, NOW, UUID(int=7)))
    bare = Received("POST", received.url, {}, _BODY)
    later = NOW + timedelta(minutes=6)
    changed = [mutated(provider, received, seeded) for _ in range(count)]
    return Row(
        provider=provider,
        signed=accepts(provider, received, secret),
        unsigned=accepts(provider, bare, secret),
        another_secret=accepts(provider, received, another),
        too_old=accepts(provider, received, secret, now=later) if provider in _TIMED else None,
        mutated=count,
        mutated_accepted=sum(accepts(provider, one, secret) for one in changed),
        handshake=provider in UNSIGNED | SIGNED,
        fetched=provider in FETCHERS,
    )


def accepts(provider: str, received: Received, *known: str, now: datetime = NOW) -> bool:
    """Whether the call is taken."""
    try:
        require_signed(provider, received, known=known, now=now)
    except SignatureInvalid:
        return False
    return True


def wrong_vectors(shared: Path) -> tuple[int, list[str]]:
    """How many published vectors there are, and those that are judged wrongly."""
    file = shared / "samples" / "webhooks" / "signature_vectors.json"
    found = json.loads(file.read_text(encoding="utf-8"))["vectors"]
    signed = [one for one in found if one["scheme"] != "zoom-url-validation"]
    return len(signed), [
        f"{one['scheme']}: {one['note']}" for one in signed if _judged(one) is not one["valid"]
    ]


def _judged(vector: dict[str, Any]) -> bool:
    body = str(vector["body"])
    received = Received(
        method=vector.get("method", "POST"),
        url=vector.get("uri", "https://baton.example/"),
        headers={name.lower(): value for name, value in vector["headers"].items()},
        body=body.encode(),
        fields=json.loads(body) if vector["scheme"] == "mailgun" else {},
    )
    provider = _OTHER_NAMES.get(vector["scheme"], vector["scheme"])
    now = datetime.fromtimestamp(vector["now_epoch"], UTC)
    return accepts(provider, received, vector["secret"], now=now)
