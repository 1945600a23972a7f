"""Turns: stored once, read in order; their text never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from schemas.source import Turn, Utterance
from service.db.tables import Transaction, turn


async def insert_turns(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    turns: Sequence[Turn],
    utterances: Sequence[Utterance],
) -> None:
    """The turns, with the addresses of the utterances that they are."""
    key = {"workspace_id": workspace_id, "source_id": source_id}
    rows = [
        key | one.model_dump() | {"email": said.email, "recipients": list(said.recipients)}
        for one, said in zip(turns, utterances, strict=True)
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


@dataclass(frozen=True)
class Addressed:
    """A turn with the addresses of who wrote and got it, which are no part of the turn."""

    turn: Turn
    email: str | None
    recipients: tuple[str, ...]


async def list_addressed(tx: Transaction, workspace_id: UUID, source_id: UUID) -> list[Addressed]:
    """Every turn with its addresses."""
    ours = sa.and_(turn.c.workspace_id == workspace_id, turn.c.source_id == source_id)
    rows = await tx.execute(sa.select(turn).where(ours).order_by(turn.c.turn))
    return [
        Addressed(
            Turn.model_validate({name: row[name] for name in Turn.model_fields}),
            row["email"],
            tuple(row["recipients"]),
        )
        for row in rows.mappings()
    ]


async def set_sides(
    tx: Transaction, workspace_id: UUID, source_id: UUID, turns: Sequence[Turn]
) -> None:
    """The side of these turns, and what follows from it; their text stays."""
    ours = sa.and_(
        turn.c.workspace_id == workspace_id,
        turn.c.source_id == source_id,
        turn.c.turn == sa.bindparam("number"),
    )
    values: dict[str, Any] = {
        "side": sa.bindparam("new_side"),
        "side_rule": sa.bindparam("new_rule"),
        "is_internal": sa.bindparam("new_internal"),
    }
    rows = [
        {
            "number": one.turn,
            "new_side": one.side,
            "new_rule": one.side_rule,
            "new_internal": one.is_internal,
        }
        for one in turns
    ]
    if rows:
        await tx.execute(turn.update().where(ours).values(values), rows)


async def set_duplicates(
    tx: Transaction, workspace_id: UUID, source_id: UUID, originals: dict[int, int]
) -> None:
    """For turns that quote: the turn of the message itself, by the number of the quote."""
    ours = sa.and_(
        turn.c.workspace_id == workspace_id,
        turn.c.source_id == source_id,
        turn.c.turn == sa.bindparam("copy"),
    )
    rows = [{"copy": copy, "original": number} for copy, number in originals.items()]
    if rows:
        values: dict[str, Any] = {"duplicate_of": sa.bindparam("original")}
        await tx.execute(turn.update().where(ours).values(values), rows)
