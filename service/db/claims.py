"""Claims and their evidence. A quote is never stored: it is read from its turn."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from schemas.claim import ClaimState
from service.db.claim_changes import Change, insert_change
from service.db.tables import Record, Transaction, claim, evidence, note, turn

_OF_NOTE = sa.and_(note.c.workspace_id == claim.c.workspace_id, note.c.id == claim.c.note_id)


async def insert_claims(
    tx: Transaction, rows: Sequence[dict[str, Any]], spans: Sequence[dict[str, Any]]
) -> None:
    """New claims with their spans."""
    if rows:
        await tx.execute(claim.insert(), rows)
        await tx.execute(evidence.insert(), spans)


async def retract_claims(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, rule: str
) -> None:
    """All claims of a source were wrong, by that rule."""
    standing = sa.and_(
        claim.c.workspace_id == workspace_id,
        claim.c.source_id == source_id,
        claim.c.state != ClaimState.RETRACTED,
    )
    rows = (await tx.execute(sa.select(claim).where(standing).with_for_update())).all()
    for row in rows:
        values = {"state": ClaimState.RETRACTED, "state_rule": rule}
        await change_claim(tx, row, values=values, change=Change(rule))


async def change_claim(
    tx: Transaction,
    row: Record,
    *,
    values: Mapping[str, Any],
    change: Change,
    spans: Sequence[dict[str, Any]] | None = None,
) -> None:
    """One more version of a claim; what it was before is kept, and its spans where they change."""
    before = {name: old for name in values if (old := getattr(row, name)) != values[name]}
    if spans is not None:
        before["spans"] = spans
    ours = sa.and_(claim.c.workspace_id == row.workspace_id, claim.c.id == row.id)
    changed = {**values, "version": row.version + 1}
    await tx.execute(claim.update().where(ours).values(changed))
    await insert_change(tx, row, version=row.version + 1, before=before, change=change)


async def replace_evidence(tx: Transaction, row: Record, spans: Sequence[dict[str, Any]]) -> None:
    """Other spans for a claim; its change keeps the ones before."""
    ours = sa.and_(evidence.c.workspace_id == row.workspace_id, evidence.c.claim_id == row.id)
    await tx.execute(evidence.delete().where(ours))
    await tx.execute(evidence.insert(), spans)


async def find_claim(tx: Transaction, workspace_id: UUID, claim_id: UUID) -> Record | None:
    """The claim of that id."""
    ours = sa.and_(claim.c.workspace_id == workspace_id, claim.c.id == claim_id)
    found: Record | None = (await tx.execute(sa.select(claim).where(ours))).one_or_none()
    return found


async def next_number(tx: Transaction, workspace_id: UUID, note_id: UUID) -> int:
    """Where one more claim stands in its note."""
    of_note = sa.and_(claim.c.workspace_id == workspace_id, claim.c.note_id == note_id)
    highest = await tx.scalar(sa.select(sa.func.max(claim.c.number)).where(of_note))
    return 0 if highest is None else int(highest) + 1


async def list_claims(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Sequence[Record]:
    """All claims of a source, in the order in which they were found."""
    chosen = (
        sa.select(claim, note.c.version.label("note_version"))
        .select_from(claim.join(note, _OF_NOTE))
        .where(claim.c.workspace_id == workspace_id, claim.c.source_id == source_id)
        .order_by(note.c.version, claim.c.number)
    )
    return (await tx.execute(chosen)).all()


async def list_corrected_sources(tx: Transaction, workspace_id: UUID) -> Sequence[UUID]:
    """Sources of which a person has added or corrected a claim."""
    theirs = sa.and_(claim.c.workspace_id == workspace_id, claim.c.pinned)
    chosen = sa.select(claim.c.source_id).where(theirs).distinct().order_by(claim.c.source_id)
    return (await tx.execute(chosen)).scalars().all()


async def list_evidence(
    tx: Transaction, workspace_id: UUID, claim_ids: Sequence[UUID]
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
