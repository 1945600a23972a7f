"""Hooks made, changed and ended; a new secret holds beside the old one for a day."""

import base64
import json
import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from schemas.hook import CredentialsForm, HookForm, HookView
from schemas.source import Notice, Status
from service.db import hooks as stored
from service.db import jobs, sources
from service.db.doors import Doors
from service.db.tables import Record, Transaction
from service.errors import DestinationNotAllowed, NotFound, SecretUnusable
from service.fetch.providers import FETCHERS, OPEN_BY_TOKEN
from service.hooks.secrets import PREFIX, unusable
from service.hooks.signatures import SCHEMES, check_secret, is_word
from service.outgoing.urls import target
from service.sealing import Seal

_BYTES: Final = 32
_MOST_AGAIN: Final = 1_000
_NO_KEY: Final = Notice(
    code="credentials-missing",
    detail="This provider only announces transcripts; without a key they are not fetched.",
    mend="Send `credentials`, or upload the transcripts.",
)


@dataclass(frozen=True)
class HookPlace:
    """Where hooks are made: behind which doors, under which seal, at which public address."""

    doors: Doors
    seal: Seal
    public_url: str

    def url(self, provider: str, hook_id: str) -> str:
        """What the provider is told to call."""
        return f"{self.public_url}/v1/hooks/{provider}/{hook_id}"


def owner_of(workspace_id: UUID, provider: str) -> str:
    """To whom a sealed secret of this hook belongs."""
    return f"hook {workspace_id} {provider}"


async def put_hook(
    place: HookPlace, workspace_id: UUID, provider: str, form: HookForm, *, now: datetime
) -> HookView:
    """Make the hook, or change what the form names; raises NotFound, Invalid."""
    require_provider(provider)
    made = None if form.secret else _make_secret(provider)
    _check(provider, form)
    owner = owner_of(workspace_id, provider)
    async with place.doors.workspace_transaction(workspace_id) as tx:
        known = await stored.find_hook(tx, workspace_id, provider)
    if known is None:
        secret = form.secret or made
        if secret is None:
            raise unusable(f"{provider} makes the secret: send the one that it shows.")
        hook_id = await _insert(place, workspace_id, provider, secret=secret)
    else:
        hook_id, made = known.id, None
    async with place.doors.workspace_transaction(workspace_id) as tx:
        values = _changes(form, place.seal, owner=owner)
        if known is not None and form.secret:
            values |= {"old_secret": known.secret, "old_until": now + stored.OVERLAP}
        if values:
            await stored.change_hook(tx, workspace_id, provider, values=values)
        row = await stored.find_hook(tx, workspace_id, provider)
        if form.credentials is not None and provider in FETCHERS:
            await _fetch_again(tx, workspace_id, provider)
    if row is None:
        raise NotFound("The hook was ended meanwhile.", field="provider")
    return _view(place, row, secret=made if hook_id == row.id else None)


async def list_hooks(place: HookPlace, workspace_id: UUID) -> Sequence[HookView]:
    """All of the workspace; no secret is among them."""
    async with place.doors.workspace_transaction(workspace_id) as tx:
        rows = await stored.list_hooks(tx, workspace_id)
    return [_view(place, row) for row in rows]


async def delete_hook(place: HookPlace, workspace_id: UUID, provider: str) -> HookView:
    """Its address leads nowhere from now on; what it was. Raises NotFound."""
    async with place.doors.workspace_transaction(workspace_id) as tx:
        row = await stored.find_hook(tx, workspace_id, provider)
        if row is None:
            raise NotFound(f"There is no hook of {provider}.", field="provider")
        await stored.delete_hook(tx, workspace_id, provider)
    async with place.doors.system_transaction() as system:
        await stored.delete_hook_id(system, row.id)
    return _view(place, row)


def require_provider(provider: str) -> None:
    """Raises NotFound, which names those that are known."""
    if provider not in SCHEMES:
        raise NotFound(
            "No such provider is known.",
            field="provider",
            mend=f"Known: {', '.join(sorted(SCHEMES))}.",
        )


async def _insert(place: HookPlace, workspace_id: UUID, provider: str, *, secret: str) -> str:
    """Its address first: one that leads to no hook is refused like any unknown one."""
    hook_id = random.token_urlsafe(24)
    async with place.doors.system_transaction() as system:
        await stored.insert_hook_id(system, hook_id, workspace_id=workspace_id, provider=provider)
    row = {
        "workspace_id": workspace_id,
        "provider": provider,
        "id": hook_id,
        "secret": place.seal.close(secret, owner=owner_of(workspace_id, provider)),
    }
    async with place.doors.workspace_transaction(workspace_id) as tx:
        is_new = await stored.insert_hook(tx, row)
    if not is_new:  # made at the same time by another request
        async with place.doors.system_transaction() as system:
            await stored.delete_hook_id(system, hook_id)
    return hook_id


async def _fetch_again(tx: Transaction, workspace_id: UUID, provider: str) -> None:
    """With a key at last, or with a better one: all that was announced and is not here."""
    found = await stored.list_unfetched(tx, workspace_id, provider, limit=_MOST_AGAIN)
    for source_id in found:
        await reopen(tx, workspace_id, source_id, values={})
        await queue_intake(tx, workspace_id, source_id)


async def reopen(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, values: dict[str, Any]
) -> None:
    """Pending, and with all its tries, also where it was given up; `values` are newly known."""
    known = values | {"tries": 0}
    await stored.change_announcement(tx, workspace_id, source_id, values=known)
    status: dict[str, Any] = {"status": Status.PENDING, "error": None}
    await sources.change_source(tx, workspace_id, source_id, values=status)


async def queue_intake(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """Have the content of a pending source taken in."""
    await jobs.enqueue(tx, jobs.TAKE_IN_SOURCE, workspace_id=workspace_id, source_id=source_id)


def _changes(form: HookForm, seal: Seal, *, owner: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if form.secret:
        values["secret"] = seal.close(form.secret, owner=owner)
    if form.credentials is not None:
        values["credentials"] = seal.close(form.credentials.model_dump_json(), owner=owner)
    if form.consent is not None:
        values["consent"] = form.consent
    return values


def _make_secret(provider: str) -> str | None:
    """None where only the provider's own will do: a public key is not made here."""
    if is_word(provider):
        return random.token_urlsafe(_BYTES)
    made = PREFIX + base64.b64encode(random.token_bytes(_BYTES)).decode()
    try:
        check_secret(provider, made)
    except SecretUnusable:
        return None
    return made


def _check(provider: str, form: HookForm) -> None:
    if form.secret is not None:
        check_secret(provider, form.secret)
    if form.credentials is not None and form.credentials.base_url is not None:
        try:
            target(form.credentials.base_url)
        except DestinationNotAllowed as error:
            error.field = "credentials.base_url"
            raise


def _view(place: HookPlace, row: Record, *, secret: str | None = None) -> HookView:
    lacks_key = row.provider in FETCHERS.keys() - OPEN_BY_TOKEN and row.credentials is None
    return HookView(
        provider=row.provider,
        hook_id=row.id,
        url=place.url(row.provider, row.id),
        secret=secret,
        has_credentials=row.credentials is not None,
        consent=row.consent,
        created_at=row.created_at,
        called_at=row.called_at,
        notices=(_NO_KEY,) if lacks_key else (),
    )


def read_credentials(place: HookPlace, row: Record) -> CredentialsForm:
    """What is stored, opened; empty where nothing is."""
    if row.credentials is None:
        return CredentialsForm()
    text = place.seal.open(row.credentials, owner=owner_of(row.workspace_id, row.provider))
    return CredentialsForm.model_validate(json.loads(text))
