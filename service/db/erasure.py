"""Taking sources and customers away, counted before and after, table by table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from service.db.domain_tables import customer_domain
from service.db.spend_tables import spend
from service.db.tables import WALLED, Record, Transaction, customer, deal, passage, source


@dataclass(frozen=True)
class Subject:
    """What goes, by id: taken before it goes, so that what is left of it can still be counted."""

    source_ids: Sequence[UUID]
    passage_ids: Sequence[int]
    customer_id: UUID | None = None


async def lock_sources(
    tx: Transaction, workspace_id: UUID, source_ids: Sequence[UUID]
) -> list[UUID]:
    """Hold the rows, so that no attempt can write to them any more; those that exist."""
    ours = sa.and_(source.c.workspace_id == workspace_id, source.c.id.in_(source_ids))
    locked = sa.select(source.c.id).where(ours).order_by(source.c.id).with_for_update()
    return list(await tx.scalars(locked))


async def find_customer(tx: Transaction, workspace_id: UUID, ref: str) -> Record | None:
    """The customer of that reference, locked against new deals and sources."""
    named = sa.and_(customer.c.workspace_id == workspace_id, customer.c.ref == ref)
    chosen = sa.select(customer).where(named).with_for_update()
    found: Record | None = (await tx.execute(chosen)).one_or_none()
    return found


async def list_sources_of(
    tx: Transaction, workspace_id: UUID, customer_id: UUID, *, before: datetime | None = None
) -> list[UUID]:
    """Sources of a customer and of its deals; `before`: only those stored by then."""
    deals = sa.select(deal.c.id).where(
        deal.c.workspace_id == workspace_id, deal.c.customer_id == customer_id
    )
    theirs = sa.or_(source.c.customer_id == customer_id, source.c.deal_id.in_(deals))
    chosen = sa.select(source.c.id).where(source.c.workspace_id == workspace_id, theirs)
    if before is not None:
        chosen = chosen.where(source.c.created_at <= before)
    return list(await tx.scalars(chosen))


async def list_passages(
    tx: Transaction, workspace_id: UUID, source_ids: Sequence[UUID]
) -> list[int]:
    """Ids of the passages of these sources."""
    ours = sa.and_(passage.c.workspace_id == workspace_id, passage.c.source_id.in_(source_ids))
    return list(await tx.scalars(sa.select(passage.c.id).where(ours)))


async def erase(tx: Transaction, workspace_id: UUID, subject: Subject) -> None:
    """Delete the rows; what belongs to them goes with them."""
    ids = list(subject.source_ids)
    of_source = sa.and_(source.c.workspace_id == workspace_id, source.c.replaces.in_(ids))
    await tx.execute(source.update().where(of_source).values(replaces=None))
    ours = sa.and_(source.c.workspace_id == workspace_id, source.c.id.in_(ids))
    await tx.execute(source.delete().where(ours))
    if subject.customer_id is not None:
        named = sa.and_(
            customer.c.workspace_id == workspace_id, customer.c.id == subject.customer_id
        )
        await tx.execute(customer.delete().where(named))


async def count_rows(tx: Transaction, workspace_id: UUID, subject: Subject) -> dict[str, int]:
    """Rows of each table that belong to the subject."""
    counted = {}
    for table in WALLED:
        condition = _belongs(table, subject)
        if condition is not None:
            here = sa.and_(table.c.workspace_id == workspace_id, condition)
            rows = sa.select(sa.func.count()).select_from(table).where(here)
            counted[table.name] = int(await tx.scalar(rows) or 0)
    return counted


async def count_links(tx: Transaction, workspace_id: UUID, subject: Subject) -> int:
    """Rows that stay, and must not name a source that is gone: what was spent on it."""
    linked = sa.and_(
        spend.c.workspace_id == workspace_id, spend.c.subject_id.in_(subject.source_ids)
    )
    return int(await tx.scalar(sa.select(sa.func.count()).where(linked)) or 0)


def _belongs(table: sa.Table, subject: Subject) -> sa.ColumnElement[bool] | None:
    if table is source:
        return table.c.id.in_(subject.source_ids)
    if table in {customer, deal, customer_domain}:
        return _of_customer(table, subject.customer_id)
    if "source_id" in table.c:
        return table.c.source_id.in_(subject.source_ids)
    if "passage_id" in table.c:
        return table.c.passage_id.in_(subject.passage_ids)
    return None


def _of_customer(table: sa.Table, customer_id: UUID | None) -> sa.ColumnElement[bool] | None:
    """None where no customer goes: a comparison with NULL would count every deal without one."""
    if customer_id is None:
        return None
    return (table.c.id if table is customer else table.c.customer_id) == customer_id
