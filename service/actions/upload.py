"""Bytes become a source: read, sides decided, then source, turns and job in one transaction."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from schemas.model import Model
from schemas.source import Kind, StatedParticipant, Status, Turn
from service import parsing
from service.db import customers, jobs, sources
from service.db.doors import Doors
from service.db.tables import Transaction
from service.errors import Unavailable
from service.intake.sides import decide
from service.intake.turns import join


@dataclass(frozen=True)
class Upload:
    """What a caller sends: the content, and what they say about it."""

    content: bytes
    filename: str | None = None
    kind: Kind | None = None
    format: str | None = None
    customer: str | None = None
    deal: str | None = None
    title: str | None = None
    occurred_at: datetime | None = None
    participants: tuple[StatedParticipant, ...] = ()
    external_id: str | None = None


@dataclass(frozen=True)
class VendorNames:
    """How a workspace's own people are known."""

    domains: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Stored:
    """The source of an upload, and whether it was there before."""

    source_id: UUID
    status: Status
    is_replay: bool


async def store(
    doors: Doors, workspace_id: UUID, upload: Upload, *, key_id: str, vendor: VendorNames
) -> Stored:
    """Store the upload together with its job, or find the twin that is stored already.

    Raises what the parsers raise, and DealCustomerClash.
    """
    read = await asyncio.to_thread(_read, upload, vendor)
    async with doors.workspace_transaction(workspace_id) as tx:
        owner = await customers.find_owner(
            tx, workspace_id, customer_ref=upload.customer, deal_ref=upload.deal
        )
        row = {
            "workspace_id": workspace_id,
            "id": uuid4(),
            "key_id": key_id,
            "status": Status.QUEUED,
            "customer_id": owner.customer_id,
            "deal_id": owner.deal_id,
            **read.described,
        }
        if await sources.insert_source(tx, row):
            return await _store_new(tx, row, upload, read)
        return await _find_twin(tx, row)


@dataclass(frozen=True)
class _Read:
    """A parsed upload as it will be stored."""

    described: dict[str, Any]
    turns: tuple[Turn, ...]
    emails: tuple[str | None, ...]


def _read(upload: Upload, vendor: VendorNames) -> _Read:
    parsed = parsing.parse(upload.content, format=upload.format, kind=upload.kind)
    utterances = join(parsed)
    participants, turns = decide(
        utterances,
        stated=upload.participants,
        named=parsed.participants,
        vendor_domains=vendor.domains,
        vendor_names=vendor.names,
    )
    described = {
        "kind": parsed.kind,
        "format": parsed.format,
        "title": upload.title or parsed.title,
        "occurred_at": upload.occurred_at or parsed.occurred_at,
        "external_id": upload.external_id,
        "content_hash": hashlib.sha256(upload.content).digest(),
        "stated": _as_json(upload.participants),
        "participants": _as_json(participants),
        "notices": _as_json(parsed.notices),
    }
    emails = tuple(utterance.email for utterance in utterances)
    return _Read(described=described, turns=turns, emails=emails)


def _as_json(models: Sequence[Model]) -> list[dict[str, Any]]:
    return [model.model_dump(mode="json") for model in models]


async def _store_new(tx: Transaction, row: dict[str, Any], upload: Upload, read: _Read) -> Stored:
    await sources.insert_content(
        tx,
        row["workspace_id"],
        row["id"],
        content=upload.content,
        filename=upload.filename,
        turns=read.turns,
        emails=read.emails,
    )
    await jobs.enqueue_reading(tx, workspace_id=row["workspace_id"], source_id=row["id"])
    return Stored(source_id=row["id"], status=Status.QUEUED, is_replay=False)


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
        await sources.set_status(tx, row["workspace_id"], twin.id, status=status)
        await jobs.enqueue_reading(tx, workspace_id=row["workspace_id"], source_id=twin.id)
    return Stored(source_id=twin.id, status=status, is_replay=True)
