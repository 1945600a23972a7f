"""Sources that were announced: content that comes takes their place, and keeps their id."""

from uuid import UUID

from schemas.source import Status
from service.db import hooks, sources
from service.db.tables import Record, Transaction

_OPEN = frozenset({Status.PENDING, Status.FAILED})


async def find_awaited(tx: Transaction, workspace_id: UUID, external_id: str | None) -> UUID | None:
    """The source that waits for the content of this id, also one that was given up."""
    if external_id is None:
        return None
    known = await sources.find_external(tx, workspace_id, external_id)
    if known is None or not await is_awaited(tx, known):
        return None
    return UUID(str(known.id))


async def is_awaited(tx: Transaction, source: Record) -> bool:
    """Whether nothing of it is here but what its provider said."""
    if Status(source.status) not in _OPEN:
        return False
    return await hooks.find_announcement(tx, source.workspace_id, source.id) is not None


async def take_place(tx: Transaction, workspace_id: UUID, external_id: str | None) -> UUID | None:
    """Clear the place of the source that waits for this content; the id to go on with."""
    found = await find_awaited(tx, workspace_id, external_id)
    if found is not None:
        await sources.delete_source(tx, workspace_id, found)
    return found
