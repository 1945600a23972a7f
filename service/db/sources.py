"""Sources and their turns: stored, looked up, and the attempts to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from schemas.source import Status
from service.db.tables import Record, Transaction, customer, deal, note, source, turn
from service.errors import SourceClash, Unavailable


@dataclass(frozen=True)
class Filter:
    """Which sources a list shows; None does not narrow."""

    status: str | None = None
    customer: str | None = None
    deal: str | None = None
    kind: str | None = None
    unassigned: bool | None = None
    rerun: bool | None = None
    key_id: str | None = None


async def insert_source(tx: Transaction, row: dict[str, Any]) -> bool:
    """True where the row is new; False where its twin is stored already."""
    made = insert(source).values(row).on_conflict_do_nothing().returning(source.c.id)
    try:
        return (await tx.execute(made)).one_or_none() is not None
    except sa.exc.IntegrityError as error:  # its customer went between look-up and insert
        raise Unavailable(
            "The customer is being erased.", mend="Send it again.", retry_after_s=1
        ) from error


async def find_twin(
    tx: Transaction, workspace_id: UUID, *, content_hash: bytes, deal_id: UUID | None
) -> Record | None:
    """The source with the same content for the same deal, locked."""
    same_deal = source.c.deal_id.is_not_distinct_from(deal_id)
    same = sa.and_(_in(workspace_id), source.c.content_hash == content_hash, same_deal)
    columns = sa.select(source.c.id, source.c.status).where(same).with_for_update()
    return (await tx.execute(columns)).one_or_none()


async def set_participants(
    tx: Transaction,
    workspace_id: UUID,
    source_id: UUID,
    *,
    participants: list[dict[str, Any]],
    notices: list[dict[str, Any]],
) -> None:
    """Everybody of a thread after a further message, and what there is to know about it."""
    ours = sa.and_(_in(workspace_id), source.c.id == source_id)
    values = {"participants": participants, "notices": notices}
    await tx.execute(source.update().where(ours).values(values))


async def list_ids(tx: Transaction, workspace_id: UUID) -> list[UUID]:
    """Every source of the workspace."""
    return list(await tx.scalars(sa.select(source.c.id).where(_in(workspace_id))))


async def list_ready(
    tx: Transaction, workspace_id: UUID, *, customer_ref: str | None, asks_for_rerun: bool
) -> list[UUID]:
    """Ids of sources that have a note, the oldest first."""
    ready = sa.select(source.c.id).where(_in(workspace_id), source.c.status == Status.READY)
    if customer_ref is not None:
        named = sa.and_(customer.c.workspace_id == workspace_id, customer.c.ref == customer_ref)
        of_customer = sa.select(customer.c.id).where(named).scalar_subquery()
        ready = ready.where(source.c.customer_id == of_customer)
    if asks_for_rerun:
        ready = ready.where(_asks_for_a_rerun())
    return list(await tx.scalars(ready.order_by(source.c.created_at, source.c.id)))


async def lock_source(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Record | None:
    """The bare row, locked for what changes it."""
    ours = sa.and_(_in(workspace_id), source.c.id == source_id)
    locked = sa.select(source).where(ours).with_for_update()
    found: Record | None = (await tx.execute(locked)).one_or_none()
    return found


async def change_source(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, values: dict[str, Any]
) -> None:
    """Write columns. Raises SourceClash where the deal has the same content already."""
    ours = sa.and_(_in(workspace_id), source.c.id == source_id)
    try:
        await tx.execute(source.update().where(ours).values(values))
    except sa.exc.IntegrityError as error:
        raise SourceClash(
            "The same content is stored for that deal already.",
            field="deal",
            mend="Delete one of the two sources.",
        ) from error


async def find_external(tx: Transaction, workspace_id: UUID, external_id: str) -> Record | None:
    """The newest source under a caller's own id, locked."""
    same = sa.and_(_in(workspace_id), source.c.external_id == external_id)
    newest = sa.select(source).where(same).order_by(source.c.created_at.desc()).limit(1)
    found: Record | None = (await tx.execute(newest.with_for_update())).one_or_none()
    return found


async def delete_source(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """With all that belongs to it; for one whose content never came, nobody has to be told."""
    await tx.execute(source.delete().where(_in(workspace_id), source.c.id == source_id))


async def count_waiting(tx: Transaction, workspace_id: UUID, *, most: int) -> int:
    """Sources that wait to be read, counted up to `most`."""
    waiting = sa.and_(_in(workspace_id), source.c.status == Status.QUEUED)
    some = sa.select(source.c.id).where(waiting).limit(most).subquery()
    return int(await tx.scalar(sa.select(sa.func.count()).select_from(some)) or 0)


async def find_source(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, key_id: str | None = None
) -> Record | None:
    """The source with the references of its customer and deal; `key_id`: only if it made it."""
    chosen = _joined(workspace_id).where(source.c.id == source_id)
    if key_id is not None:
        chosen = chosen.where(source.c.key_id == key_id)
    return (await tx.execute(chosen)).one_or_none()


async def list_sources(
    tx: Transaction,
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
    if where.rerun is not None:
        found.append(_asks_for_a_rerun() == where.rerun)
    return found


def _asks_for_a_rerun() -> sa.ColumnElement[bool]:
    """Its newest note has something to tell of its reading."""
    newest = (
        sa.select(sa.func.jsonb_array_length(note.c.notices) > 0)
        .where(note.c.workspace_id == source.c.workspace_id, note.c.source_id == source.c.id)
        .order_by(note.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    return sa.func.coalesce(newest, sa.false())


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


def _in(workspace_id: UUID) -> sa.ColumnElement[bool]:
    return source.c.workspace_id == workspace_id
