"""Looking over what is stored: what the checks of the tables cannot see."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from service.db.tables import Transaction, evidence, turn


@dataclass(frozen=True)
class BadSpan:
    """Evidence whose quote cannot be read: its span reaches beyond the text of its turn."""

    claim_id: UUID
    number: int
    source_id: UUID
    turn: int
    start_cp: int
    end_cp: int
    length: int
    """Code points of the turn."""


async def find_bad_spans(tx: Transaction, workspace_id: UUID) -> list[BadSpan]:
    """All of a workspace, by claim; no constraint can see them: each would have to read a turn."""
    length = sa.func.length(turn.c.text)  # of a UTF-8 database: code points
    of_turn = sa.and_(
        turn.c.workspace_id == evidence.c.workspace_id,
        turn.c.source_id == evidence.c.source_id,
        turn.c.turn == evidence.c.turn,
    )
    outside = sa.or_(
        evidence.c.start_cp < 0,
        evidence.c.start_cp >= evidence.c.end_cp,
        evidence.c.end_cp > length,
    )
    names = ("claim_id", "number", "source_id", "turn", "start_cp", "end_cp")
    found = (
        sa.select(*(evidence.c[name] for name in names), length.label("length"))
        .select_from(evidence.join(turn, of_turn))
        .where(evidence.c.workspace_id == workspace_id, outside)
        .order_by(evidence.c.claim_id, evidence.c.number)
    )
    return [BadSpan(**row) for row in (await tx.execute(found)).mappings()]
