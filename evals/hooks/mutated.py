"""A call that was signed, and then changed in one place that its signature has to cover."""

import random
from dataclasses import replace
from typing import Final

from service.hooks.received import Received

UNSIGNED_BODY: Final = {
    *("aircall", "assemblyai", "deepgram", "grain", "mailgun", "meetgeek", "meetingbaas"),
    *("msgraph", "otter", "postmark", "ringcentral", "sendgrid", "tldv"),
}
"""They sign no body: the word or the token is what a forger does not have."""


def mutated(provider: str, received: Received, seeded: random.Random) -> Received:
    """One bit of what is signed is turned."""
    places = [*(f"header {name}" for name in received.headers)]
    places += [f"field {name}" for name in received.fields]
    if provider not in UNSIGNED_BODY or provider == "msgraph":
        places.append("body")
    kind, _, name = seeded.choice(places).partition(" ")
    if kind == "header":
        changed = _each_word(received.headers[name], seeded)
        return replace(received, headers={**received.headers, name: changed})
    if kind == "field":
        changed = _turned(received.fields[name], seeded)
        return replace(received, fields={**received.fields, name: changed})
    return replace(received, body=_body(provider, received.body, seeded))


def _body(provider: str, body: bytes, seeded: random.Random) -> bytes:
    if provider != "msgraph":
        return _turned(body.decode("latin-1"), seeded).encode("latin-1")
    at = body.index(b'"clientState": "') + len(b'"clientState": "')  # the part that is the word
    end = body.index(b'"', at)
    return body[:at] + _turned(body[at:end].decode(), seeded).encode() + body[end:]


def _turned(text: str, seeded: random.Random) -> str:
    at = seeded.randrange(len(text))
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


def _each_word(value: str, seeded: random.Random) -> str:
    """Of several signatures one is enough, so each is turned; `Basic` itself is no part of one."""
    head, _, rest = value.partition(" ")
    if rest and head in {"Basic", "Bearer"}:
        return f"{head} {_secret_part(rest, seeded)}"
    return " ".join(_turned(one, seeded) for one in value.split())


def _secret_part(packed: str, seeded: random.Random) -> str:
    """Behind the user's name, which is nobody's business."""
    at = seeded.randrange(len("baton:") * 4 // 3 + 1, len(packed) - 4)
    return packed[:at] + chr(ord(packed[at]) ^ 1) + packed[at + 1 :]
