"""Customers and deals, addressed by the caller's own references."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from service.db.tables import Transaction, customer, deal
from service.errors import DealCustomerClash


@dataclass(frozen=True)
class Owner:
    """To whom a source belongs; None where nobody said."""

    customer_id: UUID | None
    deal_id: UUID | None


async def find_owner(
    tx: Transaction,
    workspace_id: UUID,
    *,
    customer_ref: str | None,
    deal_ref: str | None,
) -> Owner:
    """The records of these references, made where they are new.

    Raises DealCustomerClash where the deal belongs to another customer.
    """
    ids = await ids_of(tx, workspace_id, [customer_ref]) if customer_ref else {}
    customer_id = ids[customer_ref] if customer_ref else None
    if deal_ref is None:
        return Owner(customer_id=customer_id, deal_id=None)
    return await _owner_of_deal(tx, workspace_id, deal_ref, customer_id=customer_id)


async def ids_of(tx: Transaction, workspace_id: UUID, refs: Collection[str]) -> dict[str, UUID]:
    """The customers of these references, made where they are new."""
    rows = [{"workspace_id": workspace_id, "id": uuid4(), "ref": ref} for ref in refs]
    await tx.execute(insert(customer).values(rows).on_conflict_do_nothing())
    named = sa.and_(customer.c.workspace_id == workspace_id, customer.c.ref.in_(refs))
    found = await tx.execute(sa.select(customer.c.ref, customer.c.id).where(named))
    return {row.ref: row.id for row in found}


async def _owner_of_deal(
    tx: Transaction, workspace_id: UUID, ref: str, *, customer_id: UUID | None
) -> Owner:
    row = {"workspace_id": workspace_id, "id": uuid4(), "ref": ref, "customer_id": customer_id}
    await tx.execute(insert(deal).values(row).on_conflict_do_nothing())
    named = sa.and_(deal.c.workspace_id == workspace_id, deal.c.ref == ref)
    columns = sa.select(deal.c.id, deal.c.customer_id).where(named).with_for_update()
    found = (await tx.execute(columns)).one()
    if customer_id and found.customer_id is None:
        await tx.execute(deal.update().where(named).values(customer_id=customer_id))
    elif customer_id and found.customer_id != customer_id:
        raise DealCustomerClash(
            f"The deal {ref!r} belongs to another customer.",
            field="customer",
            mend="Name that customer, or leave the customer out.",
        )
    return Owner(customer_id=customer_id or found.customer_id, deal_id=found.id)


async def list_refs(tx: Transaction, workspace_id: UUID) -> list[tuple[UUID, str]]:
    """Every customer: its id and its reference."""
    rows = await tx.execute(
        sa.select(customer.c.id, customer.c.ref).where(customer.c.workspace_id == workspace_id)
    )
    return [(row.id, row.ref) for row in rows]
