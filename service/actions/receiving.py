"""A call of a hook: verified, understood, remembered, and its source stored with its job."""

import asyncio
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from schemas.source import Notice, Status
from service.actions.awaited import find_awaited
from service.actions.hooks import HookPlace, owner_of, queue_intake, reopen
from service.db import hooks as stored
from service.db import originals, sources
from service.db.tables import Record, Transaction
from service.errors import Malformed
from service.fetch.providers import FETCHERS
from service.hooks import handshakes, payload
from service.hooks.meanings import Announced, Carried, Handshake, Meaning, Nothing, Several
from service.hooks.providers import PROVIDERS, call_id, carried_body, repeat_key
from service.hooks.received import Received
from service.hooks.signatures import SCHEMES, refusal, require_signed

KEY_ID: Final = "hook:{provider}"
"""Who made a source that nobody uploaded."""
_A_MINUTE: Final = timedelta(minutes=1)
_SMALL: Final = 4_096
"""Bytes of a handshake, which is read before anything is verified."""


@dataclass(frozen=True)
class Taken:
    """What became of a call; a provider needs no more than that it was taken."""

    taken: bool
    why: str = ""
    handshake: Handshake | None = None


@dataclass(frozen=True)
class _Call:
    """A call whose signature holds."""

    place: HookPlace
    hook: Record
    received: Received
    now: datetime

    @property
    def workspace_id(self) -> UUID:
        return UUID(str(self.hook.workspace_id))

    @property
    def provider(self) -> str:
        return str(self.hook.provider)


async def receive(
    place: HookPlace, provider: str, hook_id: str, received: Received, *, now: datetime
) -> Taken:
    """Answer a provider. Raises SignatureInvalid, one and the same for all; Malformed."""
    hook = await _find(place, provider, hook_id)
    secrets = _open(place, hook, now=now)
    if len(received.body) <= _SMALL:
        early = _early(provider, received, secrets[0])
        if early is not None:
            return Taken(taken=False, why="handshake", handshake=early)
    signed_id = require_signed(provider, received, known=secrets, now=now)
    said = await asyncio.to_thread(payload.of, received)
    if late := handshakes.after_signature(provider, received, said, secrets[0]):
        return Taken(taken=False, why="handshake", handshake=late)
    meaning = PROVIDERS[provider].means(said)
    if isinstance(meaning, Nothing):
        return Taken(taken=False, why=meaning.why)
    key = repeat_key(provider, received, said, signed_id=signed_id)
    if isinstance(meaning, Carried):
        body = await asyncio.to_thread(carried_body, provider, received, said)
        received = replace(received, body=body)
    return await _store(_Call(place, hook, received, now), meaning, key=key)


async def _find(place: HookPlace, provider: str, hook_id: str) -> Record:
    """The hook behind an address."""
    if provider not in SCHEMES:
        raise refusal()
    async with place.doors.system_transaction() as system:
        workspace_id = await stored.find_hook_id(system, hook_id, provider=provider)
    if workspace_id is None:
        raise refusal()
    async with place.doors.workspace_transaction(workspace_id) as tx:
        row = await stored.find_hook(tx, workspace_id, provider)
    if row is None or row.id != hook_id:
        raise refusal()
    return row


def _open(place: HookPlace, row: Record, *, now: datetime) -> list[str]:
    """The secrets that hold, the newest first."""
    owner = owner_of(row.workspace_id, row.provider)
    found = [place.seal.open(row.secret, owner=owner)]
    if row.old_secret is not None and row.old_until is not None and now < row.old_until:
        found.append(place.seal.open(row.old_secret, owner=owner))
    return found


def _early(provider: str, received: Received, secret: str) -> Handshake | None:
    if provider not in handshakes.UNSIGNED:
        return None
    try:
        said = payload.read(received.body)
    except Malformed:  # said to nobody whose signature does not hold
        return None
    return handshakes.before_signature(provider, received, said, secret)


async def _store(call: _Call, meaning: Meaning, *, key: bytes) -> Taken:
    here, provider = call.workspace_id, call.provider
    async with call.place.doors.workspace_transaction(here) as tx:
        if not await stored.remember_call(tx, here, provider, repeat_key=key, now=call.now):
            return Taken(taken=False, why="It came before.")
        await _note(tx, call)
        if isinstance(meaning, Carried):
            await _keep(tx, call, meaning)
        for one in _announced(meaning):
            await _announce(tx, call, one)
    return Taken(taken=True)


def _announced(meaning: Meaning) -> tuple[Announced, ...]:
    """In one order for all, so that no two calls wait for each other."""
    if isinstance(meaning, Several):
        return tuple(sorted(meaning.announced, key=lambda one: one.external_id))
    return (meaning,) if isinstance(meaning, Announced) else ()


async def _note(tx: Transaction, call: _Call) -> None:
    """When the hook was last called, to the minute; what is too old to come again is forgotten."""
    called_at = call.hook.called_at
    if called_at is None or call.now - called_at >= _A_MINUTE:
        values = {"called_at": call.now}
        await stored.change_hook(tx, call.workspace_id, call.provider, values=values)
        await stored.forget_calls(tx, call.workspace_id, call.provider, now=call.now)


async def _keep(tx: Transaction, call: _Call, meaning: Carried) -> None:
    """What was carried is the original of a source that is pending until it is read."""
    here, content = call.workspace_id, call.received.body
    external_id = meaning.external_id and call_id(call.provider, meaning.external_id)
    source_id = await _find_place(tx, here, external_id)
    if source_id is None:
        source_id = await _insert(tx, call, meaning, values={"is_here": True})
    else:
        await reopen(tx, here, source_id, values={"is_here": True})
        await originals.delete_originals(tx, here, source_id)
    await originals.insert_original(
        tx,
        here,
        source_id,
        content=content,
        content_hash=hashlib.sha256(content).digest(),
        filename=None,
        number=0,
    )
    await queue_intake(tx, here, source_id)


async def _announce(tx: Transaction, call: _Call, meaning: Announced) -> None:
    """A source without content, and a job that gets it where the provider's API is known."""
    here = call.workspace_id
    external_id = call_id(call.provider, meaning.external_id)
    source_id = await _find_place(tx, here, external_id)
    if source_id is None:
        known = await sources.find_external(tx, here, external_id)
        if known is not None and not meaning.is_change:
            return
        source_id = await _insert(tx, call, meaning, values={"is_here": False})
    owner = announced_owner(here, source_id)
    seal = call.place.seal
    values = {
        "link": seal.close(meaning.link, owner=owner) if meaning.link else None,
        "token": seal.close(meaning.token, owner=owner) if meaning.token else None,
    }
    await reopen(tx, here, source_id, values=values)
    has_key = bool(call.hook.credentials) or bool(meaning.token)
    if is_fetched(call.provider, has_key=has_key):
        await queue_intake(tx, here, source_id)


async def _find_place(tx: Transaction, workspace_id: UUID, external_id: str | None) -> UUID | None:
    """The source that waits for this content; two calls that tell of one call make one."""
    if external_id is not None:
        await stored.hold_call(tx, workspace_id, external_id)
    return await find_awaited(tx, workspace_id, external_id)


def is_fetched(provider: str, *, has_key: bool) -> bool:
    """Whether a job can get what this provider only announces."""
    return provider in FETCHERS and has_key


def announced_owner(workspace_id: UUID, source_id: UUID) -> str:
    """To whom a sealed link or token belongs."""
    return f"announcement {workspace_id} {source_id}"


async def _insert(
    tx: Transaction, call: _Call, meaning: Carried | Announced, *, values: dict[str, Any]
) -> UUID:
    """Its hash is of nothing but itself: two calls that are announced are no twins."""
    source_id, provider = uuid4(), call.provider
    key = {"workspace_id": call.workspace_id}
    row: dict[str, Any] = key | {
        "id": source_id,
        "key_id": KEY_ID.format(provider=provider),
        "kind": meaning.kind,
        "format": provider,
        "status": Status.PENDING,
        "external_id": meaning.external_id and call_id(provider, meaning.external_id),
        "content_hash": hashlib.sha256(source_id.bytes).digest(),
    }
    if isinstance(meaning, Announced):
        row |= {
            "title": meaning.title,
            "occurred_at": meaning.occurred_at,
            "notices": [_missing(provider, meaning).model_dump(mode="json")],
        }
    await sources.insert_source(tx, row)
    about = key | {"source_id": source_id, "provider": provider}
    await stored.insert_announcement(tx, about | values)
    return source_id


def _missing(provider: str, meaning: Announced) -> Notice:
    return Notice(
        code="content-missing",
        detail=f"{provider} has announced it; missing is {meaning.what}.",
        mend=_mend(provider, meaning),
    )


def _mend(provider: str, meaning: Announced) -> str:
    upload = f"upload it with `external_id` {call_id(provider, meaning.external_id)}"
    if provider in FETCHERS:
        return f"It is fetched where the hook has credentials; else {upload}."
    return f"{upload[0].upper()}{upload[1:]}."
