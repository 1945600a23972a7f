"""Taking a source away, with the proof that nothing of it is left."""

from uuid import UUID

from schemas.api import Removed
from service.actions.showing import no_source, parse_id
from service.db import erasure, jobs
from service.db.doors import Doors


async def erase_source(doors: Doors, *, workspace_id: UUID, source_id: str) -> Removed:
    """Delete a source and all that stands on it; its jobs go with it. Raises NotFound."""
    key = parse_id(source_id)
    async with doors.workspace_transaction(workspace_id) as tx:
        if not await erasure.lock_source(tx, workspace_id, key):
            raise no_source()
        passages = await erasure.list_passages(tx, workspace_id, key)
        before = await erasure.count_rows(tx, workspace_id, key, passage_ids=passages)
        await erasure.erase_source(tx, workspace_id, key)
    async with doors.system_transaction() as system:
        erased_jobs = await jobs.erase_jobs(system, source_id=key)
        jobs_left = await jobs.count_jobs(system, source_id=key)
    async with doors.workspace_transaction(workspace_id) as tx:
        after = await erasure.count_rows(tx, workspace_id, key, passage_ids=passages)
    removed = {table: n for table, n in (before | {"job": erased_jobs}).items() if n}
    return Removed(removed=removed, residue=sum(after.values()) + jobs_left)
