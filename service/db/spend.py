"""What requests to models cost: one row each, there before it and settled after it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from schemas.proposal import ProposalState
from schemas.source import Status
from service.db.proposal_tables import proposal
from service.db.spend_tables import spend
from service.db.tables import Transaction, source
from service.errors import NotFound


@dataclass(frozen=True)
class Spent:
    """Requests, their tokens and their price in USD, added up."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float = 0.0


async def lock_spend(tx: Transaction, workspace_id: UUID) -> None:
    """One at a time, until the transaction ends: who looks at the sum also adds to it."""
    await tx.execute(
        sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
        {"name": f"baton spend {workspace_id}"},
    )


async def hold_source(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """It stays until the transaction ends. Raises NotFound where it is gone.

    Always before `lock_spend`: whoever adds to a thread holds its row first, too.
    """
    ours = sa.and_(source.c.workspace_id == workspace_id, source.c.id == source_id)
    held = sa.select(source.c.id).where(ours).with_for_update(read=True, key_share=True)
    if await tx.scalar(held) is None:
        raise NotFound("The source was erased while it was read.")


async def insert_spend(tx: Transaction, row: dict[str, Any]) -> None:
    """A row that is not settled yet."""
    await tx.execute(spend.insert().values(row))


async def settle_spend(
    tx: Transaction, workspace_id: UUID, spend_id: UUID, *, values: dict[str, Any]
) -> None:
    """Put what was counted in the place of the estimate."""
    row = sa.and_(spend.c.workspace_id == workspace_id, spend.c.id == spend_id)
    await tx.execute(spend.update().where(row).values(values))


async def assign_spend(tx: Transaction, workspace_id: UUID, source_id: UUID, run_id: UUID) -> None:
    """From now on the open rows of the source are those of this run."""
    ours = _open(workspace_id, source_id)
    await tx.execute(spend.update().where(ours).values(run_id=run_id))


async def sum_open(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Spent:
    """What the run costs that is still to be stored, with attempts that were killed."""
    return await _sum(tx, _open(workspace_id, source_id))


async def sum_between(
    tx: Transaction, workspace_id: UUID, since: datetime, until: datetime
) -> Spent:
    """What the workspace has spent in that time; `until` is no part of it."""
    inside = sa.and_(spend.c.created_at >= since, spend.c.created_at < until)
    return await _sum(tx, sa.and_(spend.c.workspace_id == workspace_id, inside))


async def set_aside(tx: Transaction, workspace_id: UUID, source_id: UUID, usd: float) -> float:
    """Add to what the run of a queued source may cost in all, paid parts too; the sum."""
    ours = sa.and_(source.c.workspace_id == workspace_id, source.c.id == source_id)
    paid = (await sum_open(tx, workspace_id, source_id)).cost_usd
    begun = sa.case((source.c.estimated_usd > 0, source.c.estimated_usd), else_=paid)
    added = source.update().where(ours).values(estimated_usd=begun + usd)
    return float(await tx.scalar(added.returning(source.c.estimated_usd)) or 0)


async def sum_waiting(tx: Transaction, workspace_id: UUID) -> float:
    """What sources and re-runs that wait or are worked on may still cost, in USD."""
    reading = sa.and_(
        source.c.workspace_id == workspace_id,
        source.c.status.in_([Status.QUEUED, Status.RUNNING]),
        source.c.estimated_usd > 0,
    )
    again = sa.and_(
        proposal.c.workspace_id == workspace_id,
        proposal.c.state.in_([ProposalState.QUEUED, ProposalState.RUNNING]),
        proposal.c.estimated_usd > 0,
    )
    columns = ((source.c.id, source, reading), (proposal.c.source_id, proposal, again))
    sums = [await tx.scalar(_left(workspace_id, *which)) for which in columns]
    return float(sum(one or 0 for one in sums))


def _left(
    workspace_id: UUID,
    source_id: sa.Column[Any],
    table: sa.Table,
    waiting: sa.ColumnElement[bool],
) -> sa.Select[Any]:
    """What was set aside, without what is paid of it."""
    paid = sa.select(sa.func.coalesce(sa.func.sum(spend.c.cost_usd), 0)).where(
        spend.c.workspace_id == workspace_id,
        spend.c.subject_id == source_id,
        spend.c.run_id.is_(None),
    )
    left = sa.func.greatest(table.c.estimated_usd - paid.scalar_subquery(), 0)
    return sa.select(sa.func.sum(left)).where(waiting)


async def _sum(tx: Transaction, rows: sa.ColumnElement[bool]) -> Spent:
    columns = (spend.c.tokens_in, spend.c.tokens_out, spend.c.cost_usd)
    sums = (sa.func.coalesce(sa.func.sum(column), 0) for column in columns)
    found = (await tx.execute(sa.select(sa.func.count(), *sums).where(rows))).one()
    return Spent(int(found[0]), int(found[1]), int(found[2]), float(found[3]))


def _open(workspace_id: UUID, source_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(
        spend.c.workspace_id == workspace_id,
        spend.c.subject_id == source_id,
        spend.c.run_id.is_(None),
    )
