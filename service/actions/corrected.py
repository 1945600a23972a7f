"""What people have added and corrected, with the talk it stands in."""

from uuid import UUID

from service.actions.rows import Subject
from service.actions.subjects import load_subject
from service.db import claims
from service.db.doors import Doors


async def list_corrected(doors: Doors, workspace_id: UUID) -> tuple[Subject, ...]:
    """Each source that has a pinned claim."""
    async with doors.workspace_transaction(workspace_id) as tx:
        sources = await claims.list_corrected_sources(tx, workspace_id)
        found = [await load_subject(tx, workspace_id, source_id) for source_id in sources]
    return tuple(subject for subject in found if subject is not None)
