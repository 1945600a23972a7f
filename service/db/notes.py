"""Runs, and the notes that they made."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from schemas.proposal import ProposalState
from service.db.proposal_tables import proposal
from service.db.tables import Record, Transaction, note, run


async def insert_run(tx: Transaction, row: dict[str, Any]) -> None:
    """How a source was read, also when it failed."""
    await tx.execute(run.insert().values(row))


async def latest_run(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Record | None:
    """The newest run of a source, without those whose proposal is not in the note.

    With the notices of the newest note that it made.
    """
    of_run = sa.and_(note.c.workspace_id == run.c.workspace_id, note.c.run_id == run.c.id)
    proposed = sa.exists().where(
        proposal.c.workspace_id == workspace_id,
        proposal.c.run_id == run.c.id,
        proposal.c.state != ProposalState.ACCEPTED,
    )
    chosen = (
        sa.select(run, note.c.notices)
        .select_from(run.outerjoin(note, of_run))
        .where(run.c.workspace_id == workspace_id, run.c.source_id == source_id, ~proposed)
        .order_by(run.c.created_at.desc(), run.c.id, note.c.version.desc().nulls_last())
        .limit(1)
    )
    return (await tx.execute(chosen)).one_or_none()


async def find_run(tx: Transaction, workspace_id: UUID, run_id: UUID) -> Record | None:
    """The run of that id."""
    named = sa.and_(run.c.workspace_id == workspace_id, run.c.id == run_id)
    return (await tx.execute(sa.select(run).where(named))).one_or_none()


async def list_runs(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[Record]:
    """Every run of a source, newest first; `after` is the last row of the page before."""
    chosen = sa.select(run).where(run.c.workspace_id == workspace_id, run.c.source_id == source_id)
    if after:
        chosen = chosen.where(sa.tuple_(run.c.created_at, run.c.id) < sa.tuple_(*after))
    newest_first = chosen.order_by(run.c.created_at.desc(), run.c.id.desc())
    return (await tx.execute(newest_first.limit(limit))).all()


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
