"""Bytes become a source: read, then source, turns and job in one transaction."""

import asyncio
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from schemas.source import Kind, Notice, Status
from service.actions.awaited import take_place
from service.actions.estimating import estimate_reading
from service.actions.files import ReadFile, Upload, VendorNames, as_json, read_file
from service.actions.owning import Owned, find_owner
from service.actions.spending import Purse, reserve
from service.actions.thread_search import Belonging, find_thread
from service.actions.threads import append, assign, insert_file, order_messages
from service.db import attempts, jobs, news, preferences, replays, sources, threads
from service.db.customers import Owner
from service.db.doors import Doors
from service.db.tables import Record, Transaction
from service.errors import (
    ConsentMissing,
    IdempotencyKeyBusy,
    IdempotencyKeyReused,
    Invalid,
    Locked,
    QueueFull,
    Unavailable,
)

MOST_WAITING = 10_000
"""Sources of one workspace that may wait to be read."""


@dataclass(frozen=True)
class Stored:
    """The source of an upload, and whether it was there before."""

    source_id: UUID
    status: Status
    is_replay: bool
    was_queued: bool = False
    """Whether this upload has it read, for the first time or again: that costs."""


@dataclass(frozen=True)
class Sender:
    """Who uploads, and the key under which they may send the same again."""

    workspace_id: UUID
    key_id: str
    idempotency_key: str | None = None


async def store(
    doors: Doors, sender: Sender, upload: Upload, *, vendor: VendorNames, purse: Purse | None
) -> Stored:
    """Store the upload together with its job, or find what is stored of it already.

    Raises what the parsers raise; DealCustomerClash, ConsentMissing, QueueFull, BudgetExhausted,
    Idempotency*.
    """
    async with doors.workspace_transaction(sender.workspace_id) as tx:
        if replay := await _find_replay(tx, sender, upload):
            return replay
        chosen = await preferences.find_preferences(tx, sender.workspace_id)
        await _refuse(tx, sender, upload, chosen)
    known = VendorNames(
        domains=vendor.domains + chosen.vendor_domains, names=vendor.names + chosen.vendor_names
    )
    read = [await asyncio.to_thread(read_file, file, upload, known) for file in upload.files]
    _require_one_thread(read)
    cost_usd = await asyncio.to_thread(_cost, read, purse)
    with _busy_by_key(sender):
        async with doors.workspace_transaction(sender.workspace_id) as tx:
            stored = await _store_once(tx, sender, upload, read, vendor=known)
            if stored.was_queued and purse is not None:
                await reserve(tx, purse, sender.workspace_id, stored.source_id, cost_usd=cost_usd)
            return stored


def _cost(read: Sequence[ReadFile], purse: Purse | None) -> float:
    """What a model asks for reading all of it, at most."""
    if purse is None:
        return 0.0
    turns = [turn for one in read for turn in one.turns]
    names = {person.name for one in read for person in one.participants if person.name}
    return purse.cost(estimate_reading(turns, purse.terms, names=names).usage)


async def _refuse(
    tx: Transaction, sender: Sender, upload: Upload, chosen: preferences.Preferences
) -> None:
    """What can be refused before anything is read."""
    if chosen.requires_consent and not upload.consent:
        raise ConsentMissing(
            "This workspace takes no source without consent.",
            field="consent",
            mend="Send `consent: true` once everybody recorded has agreed.",
        )
    if await sources.count_waiting(tx, sender.workspace_id, most=MOST_WAITING) >= MOST_WAITING:
        raise QueueFull(
            f"{MOST_WAITING} sources wait to be read.", mend="Send later.", retry_after_s=60
        )


def _require_one_thread(read: Sequence[ReadFile]) -> None:
    if len(read) > 1 and any(one.parsed.kind is not Kind.EMAIL for one in read):
        raise Invalid(
            "Only the messages of one mail thread may come together.",
            field="file",
            mend="Send each call or contract by itself.",
        )


@contextmanager
def _busy_by_key(sender: Sender) -> Iterator[None]:
    try:
        yield
    except Locked as error:
        if sender.idempotency_key is None:
            raise
        raise IdempotencyKeyBusy(mend="Ask again.", retry_after_s=1) from error


async def _store_once(
    tx: Transaction,
    sender: Sender,
    upload: Upload,
    read: Sequence[ReadFile],
    *,
    vendor: VendorNames,
) -> Stored:
    if sender.idempotency_key is not None:
        await replays.hold_key(tx, sender.workspace_id, sender.idempotency_key)
        if replay := await _find_replay(tx, sender, upload):
            return replay
    owned = await find_owner(tx, sender.workspace_id, upload, read)
    stored = await _store_files(tx, sender, upload, read, owned=owned, vendor=vendor)
    if sender.idempotency_key is not None:
        await replays.insert_key(
            tx,
            sender.workspace_id,
            sender.idempotency_key,
            request_hash=_request_hash(upload),
            source_id=stored.source_id,
        )
    return stored


async def _find_replay(tx: Transaction, sender: Sender, upload: Upload) -> Stored | None:
    if sender.idempotency_key is None:
        return None
    found = await replays.find_replay(tx, sender.workspace_id, sender.idempotency_key)
    if found is None:
        return None
    if found.request_hash != _request_hash(upload):
        raise IdempotencyKeyReused(
            "This idempotency key came with another body.",
            field="Idempotency-Key",
            mend="Use a new key for a new upload.",
        )
    return Stored(source_id=found.id, status=Status(found.status), is_replay=True)


def _request_hash(upload: Upload) -> bytes:
    """What makes two requests the same: the bytes, and everything said about them."""
    said = {
        name: getattr(upload, name)
        for name in ("kind", "format", "customer", "deal", "title", "external_id", "consent")
    }
    said["occurred_at"] = upload.occurred_at and upload.occurred_at.isoformat()
    said["participants"] = as_json(upload.participants)
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    for file in upload.files:
        digest.update(hashlib.sha256(file.content).digest())
    return digest.digest()


async def _store_files(
    tx: Transaction,
    sender: Sender,
    upload: Upload,
    read: Sequence[ReadFile],
    *,
    owned: Owned,
    vendor: VendorNames,
) -> Stored:
    """The first file makes the source, or finds its twin or its thread; further ones append."""
    if read[0].parsed.kind is not Kind.EMAIL:
        call = _with_notices(read[0], owned.notices)
        return await _store_source(tx, sender, upload, call, owner=owned.owner)
    await threads.lock_mail(tx, sender.workspace_id)
    messages = order_messages(read)
    joined = await find_thread(tx, sender.workspace_id, messages, owner=owned.stated)
    if joined.thread is not None:
        await assign(tx, joined.thread, owned.owner)
        return await _append_all(tx, joined.thread, messages, joined=joined, vendor=vendor)
    first = _with_notices(messages[0], (*joined.notices, *owned.notices))
    stored = await _store_source(tx, sender, upload, first, owner=owned.owner)
    thread = await sources.lock_source(tx, sender.workspace_id, stored.source_id)
    if thread is None:
        raise Unavailable("The thread is being erased.", mend="Send it again.")
    for message in messages[1:]:
        await append(tx, thread, message, vendor=vendor)
    return stored


async def _append_all(
    tx: Transaction,
    thread: Record,
    messages: Sequence[ReadFile],
    *,
    joined: Belonging,
    vendor: VendorNames,
) -> Stored:
    new = [await append(tx, thread, one, vendor=vendor, joined=joined) for one in messages]
    return await _stored_thread(tx, thread, is_new=any(new))


def _with_notices(read: ReadFile, notices: tuple[Notice, ...]) -> ReadFile:
    parsed = read.parsed.model_copy(update={"notices": (*read.parsed.notices, *notices)})
    return replace(read, parsed=parsed)


async def _stored_thread(tx: Transaction, thread: Record, *, is_new: bool) -> Stored:
    """A thread that got a message is queued; one that had it already is as it was."""
    if not is_new and thread.status != Status.FAILED:
        return Stored(source_id=thread.id, status=Status(thread.status), is_replay=True)
    await _queue_again(tx, thread.workspace_id, thread.id)
    return Stored(thread.id, Status.QUEUED, is_replay=not is_new, was_queued=True)


async def _store_source(
    tx: Transaction, sender: Sender, upload: Upload, read: ReadFile, *, owner: Owner
) -> Stored:
    awaited = await take_place(tx, sender.workspace_id, read.external_id(upload))
    row: dict[str, Any] = {
        "workspace_id": sender.workspace_id,
        "id": awaited or uuid4(),
        "key_id": sender.key_id,
        "status": Status.QUEUED,
        "customer_id": owner.customer_id,
        "deal_id": owner.deal_id,
        "replaces": await _replaced(tx, sender, upload, read),
        **read.described(upload),
    }
    if not await sources.insert_source(tx, row):
        return await _find_twin(tx, row)
    await insert_file(tx, row, read, number=0, turns=read.turns, utterances=read.utterances)
    await _queue(tx, sender.workspace_id, row["id"])
    return Stored(row["id"], Status.QUEUED, is_replay=False, was_queued=True)


async def _replaced(tx: Transaction, sender: Sender, upload: Upload, read: ReadFile) -> UUID | None:
    """The newest source under the same external id, where its content is another."""
    external_id = read.external_id(upload)
    if external_id is None:
        return None
    old = await sources.find_external(tx, sender.workspace_id, external_id)
    if old is None or old.content_hash == read.content_hash:
        return None
    return UUID(str(old.id))


async def _find_twin(tx: Transaction, row: dict[str, Any]) -> Stored:
    """The same content for the same deal; one that failed is queued again."""
    twin = await sources.find_twin(
        tx, row["workspace_id"], content_hash=row["content_hash"], deal_id=row["deal_id"]
    )
    if twin is None:
        raise Unavailable("The same source is being erased.", mend="Send it again.")
    if twin.status != Status.FAILED:
        return Stored(source_id=twin.id, status=Status(twin.status), is_replay=True)
    await _queue_again(tx, row["workspace_id"], twin.id)
    return Stored(twin.id, Status.QUEUED, is_replay=True, was_queued=True)


async def _queue_again(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    await attempts.set_status(tx, workspace_id, source_id, status=Status.QUEUED)
    await _queue(tx, workspace_id, source_id)


async def _queue(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    await jobs.enqueue(tx, jobs.READ_SOURCE, workspace_id=workspace_id, source_id=source_id)
    await news.announce(tx, source_id, {"event": "queued"})
