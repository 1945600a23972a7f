"""A pile of files: what is there already, and what is read by now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from schemas.source import Status
from service.actions.upload import Stored
from service.db import arrivals
from service.db.doors import Doors

_IDS_A_QUERY = 1000


@dataclass(frozen=True)
class Failure:
    """A source that could not be read, and why."""

    source_id: UUID
    detail: str


@dataclass(frozen=True)
class Progress:
    """How far some sources are read; those that were erased count as read."""

    waiting: int
    failed: tuple[Failure, ...]


async def find_arrival(
    doors: Doors, workspace_id: UUID, *, content: bytes, deal: str | None
) -> Stored | None:
    """What an upload of these bytes would find, without reading them; None where it is new."""
    content_hash = hashlib.sha256(content).digest()
    async with doors.workspace_transaction(workspace_id) as tx:
        found = await arrivals.find_arrival(
            tx, workspace_id, content_hash=content_hash, deal_ref=deal
        )
    return Stored(found.id, Status(found.status), is_replay=True) if found else None


async def find_progress(doors: Doors, workspace_id: UUID, source_ids: Sequence[UUID]) -> Progress:
    """Where these sources stand now."""
    waiting, failed = 0, list[Failure]()
    async with doors.workspace_transaction(workspace_id) as tx:
        for start in range(0, len(source_ids), _IDS_A_QUERY):
            some = source_ids[start : start + _IDS_A_QUERY]
            for row in await arrivals.list_states(tx, workspace_id, some):
                waiting += row.status not in {Status.READY, Status.FAILED}
                if row.status == Status.FAILED:
                    failed.append(Failure(row.id, str((row.error or {}).get("detail", ""))))
    return Progress(waiting, tuple(failed))
