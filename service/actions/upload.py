"""Bytes become a source: read, then source, turns and job in one transaction."""

import asyncio
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from schemas.source import Kind, Status
from service.actions.files import ReadFile, Upload, VendorNames, as_json, read_file
from service.actions.threads import append, insert_file, order_messages
from service.db import attempts, customers, jobs, news, preferences, replays, sources, threads
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


@dataclass(frozen=True)
class Sender:
    """Who uploads, and the key under which they may send the same again."""

    workspace_id: UUID
    key_id: str
    idempotency_key: str | None = None


async def store(doors: Doors, sender: Sender, upload: Upload, *, vendor: VendorNames) -> Stored:
    """Store the upload together with its job, or find what is stored of it already.

    Raises what the parsers raise; DealCustomerClash, ConsentMissing, QueueFull, Idempotency*.
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
    with _busy_by_key(sender):
        async with doors.workspace_transaction(sender.workspace_id) as tx:
            return await _store_once(tx, sender, upload, read, vendor=known)


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
    owner = await customers.find_owner(
        tx, sender.workspace_id, customer_ref=upload.customer, deal_ref=upload.deal
    )
    stored = await _store_files(tx, sender, upload, read, owner=owner, vendor=vendor)
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
    owner: Owner,
    vendor: VendorNames,
) -> Stored:
    """The first file makes the source, or finds its twin or its thread; further ones append."""
    if read[0].parsed.kind is not Kind.EMAIL:
        return await _store_source(tx, sender, upload, read[0], owner=owner)
    await threads.lock_mail(tx, sender.workspace_id)
    messages = order_messages(read)
    ids = [one for message in messages for one in message.message_ids]
    thread = await threads.find_thread(
        tx, sender.workspace_id, ids, customer_id=owner.customer_id, deal_id=owner.deal_id
    )
    stored = None
    if thread is None:
        first, *messages = messages
        stored = await _store_source(tx, sender, upload, first, owner=owner)
        thread = await sources.lock_source(tx, sender.workspace_id, stored.source_id)
    if thread is None:
        raise Unavailable("The thread is being erased.", mend="Send it again.")
    appended = [await append(tx, thread, message, vendor=vendor) for message in messages]
    if stored is None:
        stored = await _stored_thread(tx, thread, is_new=any(appended))
    return stored


async def _stored_thread(tx: Transaction, thread: Record, *, is_new: bool) -> Stored:
    """A thread that got a message is queued; one that had it already is as it was."""
    if not is_new and thread.status != Status.FAILED:
        return Stored(source_id=thread.id, status=Status(thread.status), is_replay=True)
    await _queue_again(tx, thread.workspace_id, thread.id)
    return Stored(source_id=thread.id, status=Status.QUEUED, is_replay=not is_new)


async def _store_source(
    tx: Transaction, sender: Sender, upload: Upload, read: ReadFile, *, owner: Owner
) -> Stored:
    row: dict[str, Any] = {
        "workspace_id": sender.workspace_id,
        "id": uuid4(),
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
    return Stored(source_id=row["id"], status=Status.QUEUED, is_replay=False)


async def _replaced(tx: Transaction, sender: Sender, upload: Upload, read: ReadFile) -> UUID | None:
    """The newest source under the same external id, where its content is another."""
    if upload.external_id is None:
        return None
    old = await sources.find_external(tx, sender.workspace_id, upload.external_id)
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
    status = Status(twin.status)
    if status is Status.FAILED:
        status = Status.QUEUED
        await _queue_again(tx, row["workspace_id"], twin.id)
    return Stored(source_id=twin.id, status=status, is_replay=True)


async def _queue_again(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    await attempts.set_status(tx, workspace_id, source_id, status=Status.QUEUED)
    await _queue(tx, workspace_id, source_id)


async def _queue(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    await jobs.enqueue(tx, jobs.READ_SOURCE, workspace_id=workspace_id, source_id=source_id)
    await news.announce(tx, source_id, {"event": "queued"})
