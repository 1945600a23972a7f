"""Claims and their evidence. A quote is never stored: it is read from its turn."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from schemas.claim import ClaimState
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
    values = {
        "state": ClaimState.RETRACTED,
        "state_rule": rule,
        "version": claim.c.version + 1,
    }
    await tx.execute(claim.update().where(standing).values(values))


async def change_claim(
    tx: Transaction, workspace_id: UUID, claim_id: UUID, *, values: Mapping[str, Any]
) -> None:
    """One more version of a claim."""
    ours = sa.and_(claim.c.workspace_id == workspace_id, claim.c.id == claim_id)
    changed = {**values, "version": claim.c.version + 1}
    await tx.execute(claim.update().where(ours).values(changed))


async def list_claims(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Sequence[Record]:
    """All claims of a source, in the order in which they were found."""
    chosen = (
        sa.select(claim, note.c.version.label("note_version"))
        .select_from(claim.join(note, _OF_NOTE))
        .where(claim.c.workspace_id == workspace_id, claim.c.source_id == source_id)
        .order_by(note.c.version, claim.c.number)
    )
    return (await tx.execute(chosen)).all()


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
