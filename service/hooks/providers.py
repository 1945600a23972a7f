"""The one table of those who call: what their calls mean, and by what a repeat is known."""

import hashlib
from collections.abc import Callable
from typing import Final, NamedTuple

from schemas.source import Kind
from service.hooks import meetings
from service.hooks.meanings import Carried, Meaning, Nothing
from service.hooks.payload import Payload
from service.hooks.received import Received


class Provider(NamedTuple):
    """A row of the table."""

    means: Callable[[Payload], Meaning]
    repeats: tuple[tuple[str, ...], ...] = ()
    """Where a call has an id of its own, by which its repeat is known."""
    tool: str | None = None
    """As readers of files call it, where that is another name."""
    files: tuple[str, ...] = ()
    """Where a body lists files, and the key under which each has its content: not kept."""
    is_mail: bool = False
    """A gateway: its bodies are large and hold attachments."""


def _mail(_: Payload) -> Meaning:
    return Carried(kind=Kind.EMAIL)


def _no_source(_: Payload) -> Meaning:
    return Nothing("No event of this provider brings a transcript.")


PROVIDERS: Final[dict[str, Provider]] = {
    "aircall": Provider(meetings.aircall),
    "assemblyai": Provider(meetings.assemblyai),
    "circleback": Provider(meetings.circleback),
    "deepgram": Provider(meetings.deepgram),
    "fathom": Provider(meetings.fathom),
    "fireflies": Provider(meetings.fireflies),
    "gong": Provider(meetings.gong),
    "grain": Provider(meetings.grain),
    "granola": Provider(meetings.granola, repeats=(("event_id",),)),
    "hubspot": Provider(_no_source),
    "mailgun": Provider(_mail, is_mail=True),
    "meetgeek": Provider(meetings.meetgeek),
    "meetingbaas": Provider(meetings.meetingbaas, tool="meeting-baas"),
    "msgraph": Provider(meetings.msgraph),
    "otter": Provider(meetings.otter, tool="otter-webhook"),
    "postmark": Provider(
        _mail, repeats=(("MessageID",),), files=("Attachments", "Content"), is_mail=True
    ),
    "readai": Provider(meetings.readai, tool="read-ai"),
    "recall": Provider(meetings.recall),
    "ringcentral": Provider(meetings.ringcentral, repeats=(("uuid",),), tool="ringsense"),
    "sendgrid": Provider(_mail, is_mail=True),
    "slack": Provider(_no_source),
    "tldv": Provider(meetings.tldv, repeats=(("id",),)),
    "vexa": Provider(meetings.vexa, repeats=(("event_id",),)),
    "webex": Provider(meetings.webex, repeats=(("id",),)),
    "zoom": Provider(meetings.zoom),
}


def call_id(provider: str, id_: str) -> str:
    """The provider's own id of a call, as a file of that call names it too."""
    return f"{PROVIDERS[provider].tool or provider}:{id_}"


def bare_id(external_id: str) -> str:
    """As the provider knows it."""
    return external_id.partition(":")[2]


def carried_body(provider: str, received: Received, call: Payload) -> bytes:
    """What is kept of a call that carries its content: all but the files of a mail."""
    *path, key = PROVIDERS[provider].files or ("",)
    return call.packed_without(key, *path) if path and not received.fields else received.body


def repeat_key(provider: str, received: Received, call: Payload, *, signed_id: str | None) -> bytes:
    """32 bytes that a second delivery of the same call has too.

    By an id that the signature covers, in a header or in the body; else by the body. An id that
    nobody signed would let an old call pass as a new one.
    """
    ids = [signed_id, *(call.id(*path) for path in PROVIDERS[provider].repeats)]
    known = next((one for one in ids if one), None)
    return hashlib.sha256(known.encode() if known else received.body).digest()
