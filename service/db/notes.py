"""Runs, and the notes that they made."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from service.db.tables import Record, Transaction, note, run


async def insert_run(tx: Transaction, row: dict[str, Any]) -> None:
    """How a source was read, also when it failed."""
    await tx.execute(run.insert().values(row))


async def latest_run(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Record | None:
    """The newest run of a source."""
    chosen = (
        sa.select(run)
        .where(run.c.workspace_id == workspace_id, run.c.source_id == source_id)
        .order_by(run.c.created_at.desc(), run.c.id)
        .limit(1)
    )
    return (await tx.execute(chosen)).one_or_none()


async def next_version(tx: Transaction, workspace_id: UUID, source_id: UUID) -> int:
    """The version that the next note of this source gets, from 1."""
    of_source = sa.and_(note.c.workspace_id == workspace_id, note.c.source_id == source_id)
    highest = await tx.scalar(sa.select(sa.func.max(note.c.version)).where(of_source))
    return int(highest or 0) + 1


async def insert_note(tx: Transaction, row: dict[str, Any]) -> None:
    """One more version of a source's note."""
    await tx.execute(note.insert().values(row))


async def latest_note(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Record | None:
    """The newest version of a source's note."""
    chosen = (
        sa.select(note)
        .where(note.c.workspace_id == workspace_id, note.c.source_id == source_id)
        .order_by(note.c.version.desc())
        .limit(1)
    )
    return (await tx.execute(chosen)).one_or_none()


async def set_absent(
    tx: Transaction, workspace_id: UUID, note_id: UUID, *, absent: Mapping[str, str]
) -> None:
    """Why fields are empty, after sides have changed."""
    ours = sa.and_(note.c.workspace_id == workspace_id, note.c.id == note_id)
    await tx.execute(note.update().where(ours).values(absent=absent))
