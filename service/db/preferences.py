"""What a workspace has set for itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from service.db.tables import Transaction, preference


@dataclass(frozen=True)
class Preferences:
    """Whose people are the vendor, whether a source needs consent, what a day may cost."""

    vendor_domains: tuple[str, ...] = ()
    vendor_names: tuple[str, ...] = ()
    requires_consent: bool = False
    budget_day_usd: float | None = None


async def find_preferences(tx: Transaction, workspace_id: UUID) -> Preferences:
    """What is set, or the defaults."""
    chosen = sa.select(preference).where(preference.c.workspace_id == workspace_id)
    row = (await tx.execute(chosen)).one_or_none()
    if row is None:
        return Preferences()
    return Preferences(
        vendor_domains=tuple(row.vendor_domains),
        vendor_names=tuple(row.vendor_names),
        requires_consent=row.requires_consent,
        budget_day_usd=row.budget_day_usd,
    )


async def set_preferences(
    tx: Transaction,
    workspace_id: UUID,
    *,
    vendor_domains: Sequence[str],
    vendor_names: Sequence[str],
    requires_consent: bool,
    budget_day_usd: float | None,
) -> None:
    """Replace what is set."""
    values = {
        "vendor_domains": list(vendor_domains),
        "vendor_names": list(vendor_names),
        "requires_consent": requires_consent,
        "budget_day_usd": budget_day_usd,
    }
    new = insert(preference).values(workspace_id=workspace_id, **values)
    await tx.execute(new.on_conflict_do_update(index_elements=["workspace_id"], set_=values))
