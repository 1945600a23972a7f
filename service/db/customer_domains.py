"""By which mail domain a workspace knows which customer."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from service.db import customers
from service.db.domain_tables import customer_domain
from service.db.tables import Transaction, customer


async def list_domains(tx: Transaction, workspace_id: UUID) -> dict[str, str]:
    """The reference of the customer, by domain."""
    same = sa.and_(
        customer.c.workspace_id == customer_domain.c.workspace_id,
        customer.c.id == customer_domain.c.customer_id,
    )
    chosen = (
        sa.select(customer_domain.c.domain, customer.c.ref)
        .select_from(customer_domain.join(customer, same))
        .where(customer_domain.c.workspace_id == workspace_id)
        .order_by(customer_domain.c.domain)
    )
    return {row.domain: row.ref for row in await tx.execute(chosen)}


async def set_domains(tx: Transaction, workspace_id: UUID, refs: Mapping[str, str]) -> None:
    """Replace them; customers that are new are made."""
    here = customer_domain.c.workspace_id == workspace_id
    await tx.execute(customer_domain.delete().where(here))
    if not refs:
        return
    ids = await customers.ids_of(tx, workspace_id, set(refs.values()))
    rows = [
        {"workspace_id": workspace_id, "domain": domain, "customer_id": ids[ref]}
        for domain, ref in refs.items()
    ]
    await tx.execute(customer_domain.insert(), rows)
