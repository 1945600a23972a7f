"""Taking sources and customers away, with the proof that nothing of them is left.

The ledger is written first and by hash: an erasure that is cut off is finished, and a backup that
is restored is held to it, by `replay_erasures` before the server opens.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schemas.api import Removed
from service.actions.showing import no_source, parse_id
from service.db import customers, erasure, jobs, ledger, sources
from service.db.doors import Doors
from service.db.erasure import Subject
from service.db.tables import Transaction
from service.errors import NotFound

Find = Callable[[Transaction], Awaitable[Subject | None]]


@dataclass(frozen=True)
class Eraser:
    """Who erases, where, and why; `secret` keys the hashes of the ledger."""

    workspace_id: UUID
    by: str
    secret: bytes
    reason: str | None = None

    def subject_hash(self, kind: str, subject: str) -> bytes:
        """What stands in the ledger instead of the subject."""
        return subject_hash(self.secret, self.workspace_id, kind, subject)


def subject_hash(secret: bytes, workspace_id: UUID, kind: str, subject: str) -> bytes:
    """HMAC-SHA256: without the secret nobody can test a guess against the ledger."""
    text = f"{workspace_id}/{kind}/{subject}"
    return hmac.new(b"baton erasure " + secret, text.encode(), hashlib.sha256).digest()


async def erase_source(doors: Doors, eraser: Eraser, source_id: str) -> Removed:
    """Delete a source and all that stands on it; its jobs go with it. Raises NotFound."""
    key = parse_id(source_id)

    async def find(tx: Transaction) -> Subject | None:
        return await _subject(tx, eraser.workspace_id, [key])

    removed = await _erase(doors, eraser, ("source", str(key)), find)
    if removed is None:
        raise no_source()
    return removed


async def erase_customer(doors: Doors, eraser: Eraser, ref: str) -> Removed:
    """Delete a customer, its deals and all their sources. Raises NotFound."""

    async def find(tx: Transaction) -> Subject | None:
        return await _customer(tx, eraser.workspace_id, ref)

    removed = await _erase(doors, eraser, ("customer", ref), find)
    if removed is None:
        raise NotFound("There is no such customer.")
    return removed


async def _erase(
    doors: Doors, eraser: Eraser, named: tuple[str, str], find: Find
) -> Removed | None:
    here = eraser.workspace_id
    async with doors.workspace_transaction(here) as tx:
        if await find(tx) is None:
            return None
    async with doors.system_transaction() as system:
        ledger_id = await ledger.begin_erasure(
            system,
            workspace_id=here,
            kind=named[0],
            subject_hash=eraser.subject_hash(*named),
            by=eraser.by,
            reason=eraser.reason,
        )
    removed = await _take_away(doors, here, find)
    async with doors.system_transaction() as system:
        await ledger.end_erasure(system, ledger_id, removed=removed.removed if removed else {})
    return removed


async def _take_away(doors: Doors, workspace_id: UUID, find: Find) -> Removed | None:
    async with doors.workspace_transaction(workspace_id) as tx:
        subject = await find(tx)
        if subject is None:
            return None
        before = await erasure.count_rows(tx, workspace_id, subject)
        await erasure.erase(tx, workspace_id, subject)
    async with doors.system_transaction() as system:
        before["job"] = await jobs.erase_jobs(system, source_ids=subject.source_ids)
        left = await jobs.count_jobs(system, source_ids=subject.source_ids)
    async with doors.workspace_transaction(workspace_id) as tx:
        after = await erasure.count_rows(tx, workspace_id, subject)
        left += await erasure.count_links(tx, workspace_id, subject)
    removed = {table: rows for table, rows in before.items() if rows}
    return Removed(removed=removed, residue=sum(after.values()) + left)


async def _subject(
    tx: Transaction, workspace_id: UUID, source_ids: list[UUID], customer_id: UUID | None = None
) -> Subject | None:
    locked = await erasure.lock_sources(tx, workspace_id, source_ids)
    if not locked and customer_id is None:
        return None
    passages = await erasure.list_passages(tx, workspace_id, locked)
    return Subject(source_ids=locked, passage_ids=passages, customer_id=customer_id)


async def _customer(tx: Transaction, workspace_id: UUID, ref: str) -> Subject | None:
    found = await erasure.find_customer(tx, workspace_id, ref)
    if found is None:
        return None
    ids = await erasure.list_sources_of(tx, workspace_id, found.id)
    return await _subject(tx, workspace_id, ids, customer_id=found.id)


async def replay_erasures(doors: Doors, *, secret: bytes) -> int:
    """Erase again what the ledger names and the database has: the number of subjects.

    What was stored under the same reference after the erasure is somebody's new upload and stays.
    """
    async with doors.system_transaction() as system:
        rows = await ledger.list_erasures(system)
    by_workspace: dict[UUID, dict[bytes, datetime]] = {}
    for row in rows:
        known = by_workspace.setdefault(row.workspace_id, {})
        known[bytes(row.subject_hash)] = row.begun_at
    erased = 0
    for workspace_id, known in by_workspace.items():
        erased += await _replay_workspace(doors, workspace_id, known, secret=secret)
    return erased


async def _replay_workspace(
    doors: Doors, workspace_id: UUID, known: dict[bytes, datetime], *, secret: bytes
) -> int:
    async with doors.workspace_transaction(workspace_id) as tx:
        stored = await sources.list_ids(tx, workspace_id)
        named = await customers.list_refs(tx, workspace_id)
    doomed = [
        source_id
        for source_id in stored
        if subject_hash(secret, workspace_id, "source", str(source_id)) in known
    ]
    for customer_id, ref in named:
        begun_at = known.get(subject_hash(secret, workspace_id, "customer", ref))
        if begun_at is not None:
            async with doors.workspace_transaction(workspace_id) as tx:
                doomed += await erasure.list_sources_of(
                    tx, workspace_id, customer_id, before=begun_at
                )

    async def find(tx: Transaction) -> Subject | None:
        return await _subject(tx, workspace_id, doomed)

    if doomed:
        await _take_away(doors, workspace_id, find)
    return len(doomed)
