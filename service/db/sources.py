"""Sources and their turns: stored, looked up, and the attempts to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.source import Status, Turn
from service.db.tables import Record, customer, deal, original, source, turn

_ROWS_A_STATEMENT = 1000


@dataclass(frozen=True)
class Filter:
    """Which sources a list shows; None does not narrow."""

    status: str | None = None
    customer: str | None = None
    deal: str | None = None
    kind: str | None = None
    unassigned: bool | None = None
    key_id: str | None = None


async def insert_source(tx: AsyncConnection, row: dict[str, Any]) -> bool:
    """True where the row is new; False where its twin is stored already."""
    made = insert(source).values(row).on_conflict_do_nothing().returning(source.c.id)
    return (await tx.execute(made)).one_or_none() is not None


async def find_twin(
    tx: AsyncConnection, workspace_id: UUID, *, content_hash: bytes, deal_id: UUID | None
) -> Record | None:
    """The source with the same content for the same deal, locked."""
    same_deal = source.c.deal_id.is_not_distinct_from(deal_id)
    same = sa.and_(_in(workspace_id), source.c.content_hash == content_hash, same_deal)
    columns = sa.select(source.c.id, source.c.status).where(same).with_for_update()
    return (await tx.execute(columns)).one_or_none()


async def insert_content(
    tx: AsyncConnection,
    workspace_id: UUID,
    source_id: UUID,
    *,
    content: bytes,
    filename: str | None,
    turns: Sequence[Turn],
    emails: Sequence[str | None],
) -> None:
    """The bytes as they came, and the turns; `emails` has the address of each turn's speaker."""
    key = {"workspace_id": workspace_id, "source_id": source_id}
    await tx.execute(original.insert().values(key | {"content": content, "filename": filename}))
    rows = [
        key | one.model_dump() | {"email": email} for one, email in zip(turns, emails, strict=True)
    ]
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        await tx.execute(turn.insert().values(rows[start : start + _ROWS_A_STATEMENT]))


async def find_source(
    tx: AsyncConnection, workspace_id: UUID, source_id: UUID, *, key_id: str | None = None
) -> Record | None:
    """The source with the references of its customer and deal; `key_id`: only if it made it."""
    chosen = _joined(workspace_id).where(source.c.id == source_id)
    if key_id is not None:
        chosen = chosen.where(source.c.key_id == key_id)
    return (await tx.execute(chosen)).one_or_none()


async def list_sources(
    tx: AsyncConnection,
    workspace_id: UUID,
    *,
    where: Filter,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[Record]:
    """Newest first; `after` is the last row of the page before."""
    chosen = _joined(workspace_id).where(*_conditions(where))
    if after:
        chosen = chosen.where(sa.tuple_(source.c.created_at, source.c.id) < sa.tuple_(*after))
    newest_first = chosen.order_by(source.c.created_at.desc(), source.c.id.desc())
    return (await tx.execute(newest_first.limit(limit))).all()


def _conditions(where: Filter) -> list[sa.ColumnElement[bool]]:
    equal = (
        (source.c.status, where.status),
        (customer.c.ref, where.customer),
        (deal.c.ref, where.deal),
        (source.c.kind, where.kind),
        (source.c.key_id, where.key_id),
    )
    found = [column == value for column, value in equal if value is not None]
    if where.unassigned is not None:
        found.append(source.c.customer_id.is_(None) == where.unassigned)
    return found


def _joined(workspace_id: UUID) -> sa.Select[*tuple[Any, ...]]:
    turns = (
        sa.select(sa.func.count())
        .where(turn.c.workspace_id == workspace_id, turn.c.source_id == source.c.id)
        .scalar_subquery()
    )
    of_customer = sa.and_(
        customer.c.workspace_id == source.c.workspace_id, customer.c.id == source.c.customer_id
    )
    of_deal = sa.and_(deal.c.workspace_id == source.c.workspace_id, deal.c.id == source.c.deal_id)
    return (
        sa.select(
            source, customer.c.ref.label("customer"), deal.c.ref.label("deal"), turns.label("turns")
        )
        .select_from(source.outerjoin(customer, of_customer).outerjoin(deal, of_deal))
        .where(_in(workspace_id))
    )


async def list_turns(
    tx: AsyncConnection, workspace_id: UUID, source_id: UUID, *, after: int = -1, limit: int | None
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
    tx: AsyncConnection, workspace_id: UUID, ranges: Sequence[tuple[UUID, int, int]]
) -> dict[UUID, dict[int, Turn]]:
    """The turns of several sources, each from its first to its last, by source and number."""
    wanted = sa.or_(
        sa.false(),  # an empty list of ranges names no turn, not every one
        *(
            sa.and_(turn.c.source_id == source_id, turn.c.turn.between(first, last))
            for source_id, first, last in ranges
        )
    )
    columns = sa.select(turn.c.source_id, *(turn.c[name] for name in Turn.model_fields))
    rows = await tx.execute(columns.where(turn.c.workspace_id == workspace_id, wanted))
    found: dict[UUID, dict[int, Turn]] = {}
    for row in rows.mappings():
        values = {name: row[name] for name in Turn.model_fields}
        found.setdefault(row["source_id"], {})[row["turn"]] = Turn.model_validate(values)
    return found


async def begin_attempt(
    tx: AsyncConnection, workspace_id: UUID, source_id: UUID, *, attempt: UUID
) -> Record | None:
    """Take the source for this attempt; any older attempt can no longer write.

    None where the source is gone or done.
    """
    waiting = source.c.status.in_([Status.QUEUED, Status.RUNNING])
    taken = (
        source.update()
        .where(_in(workspace_id), source.c.id == source_id, waiting)
        .values(status=Status.RUNNING, attempt=attempt, attempts=source.c.attempts + 1)
        .returning(source)
    )
    found: Record | None = (await tx.execute(taken)).one_or_none()
    return found


async def hold_attempt(
    tx: AsyncConnection, workspace_id: UUID, source_id: UUID, *, attempt: UUID
) -> bool:
    """Lock the source for writing; False where it is gone or another attempt has taken it."""
    ours = sa.and_(_in(workspace_id), source.c.id == source_id, source.c.attempt == attempt)
    locked = sa.select(source.c.id).where(ours).with_for_update()
    return (await tx.execute(locked)).one_or_none() is not None


async def fail_unfinished(
    tx: AsyncConnection, workspace_id: UUID, source_id: UUID, *, error: dict[str, str]
) -> None:
    """Fail a source that waits or runs; one that is ready stays so."""
    unfinished = source.c.status.in_([Status.QUEUED, Status.RUNNING])
    await tx.execute(
        source.update()
        .where(_in(workspace_id), source.c.id == source_id, unfinished)
        .values(status=Status.FAILED, error=error, attempt=None)
    )


async def end_attempt(
    tx: AsyncConnection,
    workspace_id: UUID,
    source_id: UUID,
    *,
    attempt: UUID,
    error: dict[str, str],
    most: int,
) -> bool:
    """Queue the source again, or fail it after `most` attempts. True where it waits for a job.

    An attempt that lost the source to another one changes nothing.
    """
    ours = sa.and_(_in(workspace_id), source.c.id == source_id)
    columns = sa.select(source.c.status, source.c.attempt, source.c.attempts)
    row = (await tx.execute(columns.where(ours).with_for_update())).one_or_none()
    if row is None or row.status not in {Status.QUEUED, Status.RUNNING}:
        return False
    if row.status == Status.QUEUED:
        return True
    if row.attempt != attempt:
        return False
    status = Status.FAILED if row.attempts >= most else Status.QUEUED
    values = {"status": status, "error": error, "attempt": None}
    await tx.execute(source.update().where(ours).values(values))
    return status is Status.QUEUED


async def set_status(
    tx: AsyncConnection,
    workspace_id: UUID,
    source_id: UUID,
    *,
    status: Status,
    error: dict[str, str] | None = None,
) -> None:
    """End an attempt, or queue the source again; the attempt's token is gone with it."""
    values: dict[str, Any] = {"status": status, "error": error, "attempt": None}
    if status is Status.QUEUED:
        values["attempts"] = 0
    await tx.execute(
        source.update().where(_in(workspace_id), source.c.id == source_id).values(values)
    )


def _in(workspace_id: UUID) -> sa.ColumnElement[bool]:
    return source.c.workspace_id == workspace_id
