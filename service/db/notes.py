"""Notes, their claims and evidence. A quote is never stored: it is read from its turn."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from service.db.tables import Record, claim, evidence, note, run, turn


async def insert_run(tx: AsyncConnection, row: dict[str, Any]) -> None:
    """How a source was read, also when it failed."""
    await tx.execute(run.insert().values(row))


async def latest_run(tx: AsyncConnection, workspace_id: UUID, source_id: UUID) -> Record | None:
    """The newest run of a source."""
    chosen = (
        sa.select(run)
        .where(run.c.workspace_id == workspace_id, run.c.source_id == source_id)
        .order_by(run.c.created_at.desc(), run.c.id)
        .limit(1)
    )
    return (await tx.execute(chosen)).one_or_none()


async def next_version(tx: AsyncConnection, workspace_id: UUID, source_id: UUID) -> int:
    """The version that the next note of this source gets, from 1."""
    of_source = sa.and_(note.c.workspace_id == workspace_id, note.c.source_id == source_id)
    highest = await tx.scalar(sa.select(sa.func.max(note.c.version)).where(of_source))
    return int(highest or 0) + 1


async def insert_note(
    tx: AsyncConnection,
    row: dict[str, Any],
    *,
    claims: Sequence[dict[str, Any]],
    spans: Sequence[dict[str, Any]],
) -> None:
    """A note with its claims and their spans."""
    await tx.execute(note.insert().values(row))
    if claims:
        await tx.execute(claim.insert().values(list(claims)))
        await tx.execute(evidence.insert().values(list(spans)))


async def latest_note(tx: AsyncConnection, workspace_id: UUID, source_id: UUID) -> Record | None:
    """The newest version of a source's note."""
    chosen = (
        sa.select(note)
        .where(note.c.workspace_id == workspace_id, note.c.source_id == source_id)
        .order_by(note.c.version.desc())
        .limit(1)
    )
    return (await tx.execute(chosen)).one_or_none()


async def list_claims(tx: AsyncConnection, workspace_id: UUID, note_id: UUID) -> Sequence[Record]:
    """The claims of a note, in the order in which they were said."""
    chosen = (
        sa.select(claim)
        .where(claim.c.workspace_id == workspace_id, claim.c.note_id == note_id)
        .order_by(claim.c.number)
    )
    return (await tx.execute(chosen)).all()


async def list_evidence(
    tx: AsyncConnection, workspace_id: UUID, claim_ids: Sequence[UUID]
) -> Sequence[Record]:
    """Each span with its turn; `text` is the whole turn, the quote is `text[start_cp:end_cp]`."""
    of_turn = sa.and_(
        turn.c.workspace_id == evidence.c.workspace_id,
        turn.c.source_id == evidence.c.source_id,
        turn.c.turn == evidence.c.turn,
    )
    said = (turn.c.speaker, turn.c.side, turn.c.start_s, turn.c.sent_at, turn.c.text)
    chosen = (
        sa.select(evidence, *said)
        .select_from(evidence.join(turn, of_turn))
        .where(evidence.c.workspace_id == workspace_id, evidence.c.claim_id.in_(claim_ids))
        .order_by(evidence.c.claim_id, evidence.c.number)
    )
    return (await tx.execute(chosen)).all()
