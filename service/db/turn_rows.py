"""Turns: stored once, read in order; their text never changes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from schemas.source import Turn
from service.db.tables import Transaction, turn


async def insert_turns(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    turns: Sequence[Turn],
    emails: Sequence[str | None],
) -> None:
    """The turns; `emails` has the address of each one's speaker."""
    key = {"workspace_id": workspace_id, "source_id": source_id}
    rows = [
        key | one.model_dump() | {"email": email} for one, email in zip(turns, emails, strict=True)
    ]
    if rows:
        await tx.execute(turn.insert(), rows)


async def list_turns(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, after: int = -1, limit: int | None
) -> list[Turn]:
    """The turns behind number `after`, in order; all of them where `limit` is None."""
    chosen = (
        sa.select(*(turn.c[name] for name in Turn.model_fields))
        .where(turn.c.workspace_id == workspace_id, turn.c.source_id == source_id)
        .where(turn.c.turn > after)
        .order_by(turn.c.turn)
        .limit(limit)
    )
    return [Turn.model_validate(dict(row)) for row in (await tx.execute(chosen)).mappings()]


async def list_turn_ranges(
    tx: Transaction, workspace_id: UUID, ranges: Sequence[tuple[UUID, int, int]]
) -> dict[UUID, dict[int, Turn]]:
    """The turns of several sources, each from its first to its last, by source and number."""
    wanted = sa.or_(
        sa.false(),  # an empty list of ranges names no turn, not every one
        *(
            sa.and_(turn.c.source_id == source_id, turn.c.turn.between(first, last))
            for source_id, first, last in ranges
        ),
    )
    columns = sa.select(turn.c.source_id, *(turn.c[name] for name in Turn.model_fields))
    rows = await tx.execute(columns.where(turn.c.workspace_id == workspace_id, wanted))
    found: dict[UUID, dict[int, Turn]] = {}
    for row in rows.mappings():
        values = {name: row[name] for name in Turn.model_fields}
        found.setdefault(row["source_id"], {})[row["turn"]] = Turn.model_validate(values)
    return found


async def list_speakers(
    tx: Transaction, workspace_id: UUID, source_id: UUID
) -> list[tuple[Turn, str | None]]:
    """Each turn with the address of its speaker, which is no part of the turn."""
    ours = sa.and_(turn.c.workspace_id == workspace_id, turn.c.source_id == source_id)
    rows = await tx.execute(sa.select(turn).where(ours).order_by(turn.c.turn))
    return [
        (Turn.model_validate({name: row[name] for name in Turn.model_fields}), row["email"])
        for row in rows.mappings()
    ]


async def set_sides(
    tx: Transaction, workspace_id: UUID, source_id: UUID, turns: Sequence[Turn]
) -> None:
    """The side of these turns, and the rule that decided it; their text stays."""
    ours = sa.and_(
        turn.c.workspace_id == workspace_id,
        turn.c.source_id == source_id,
        turn.c.turn == sa.bindparam("number"),
    )
    values: dict[str, Any] = {
        "side": sa.bindparam("new_side"),
        "side_rule": sa.bindparam("new_rule"),
    }
    rows = [{"number": one.turn, "new_side": one.side, "new_rule": one.side_rule} for one in turns]
    if rows:
        await tx.execute(turn.update().where(ours).values(values), rows)
