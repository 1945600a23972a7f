"""Re-runs and what they propose: at most one of a source is worked off at a time."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from schemas.proposal import ProposalState
from service.db.proposal_tables import proposal
from service.db.tables import Record, Transaction


async def insert_proposal(tx: Transaction, row: Mapping[str, Any]) -> Record:
    """A re-run that was asked for."""
    made: Record = (await tx.execute(proposal.insert().values(row).returning(proposal))).one()
    return made


async def latest_proposal(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Record | None:
    """The newest of a source, in whatever state."""
    newest = sa.select(proposal).where(_of(workspace_id, source_id))
    newest = newest.order_by(proposal.c.created_at.desc(), proposal.c.id).limit(1)
    return (await tx.execute(newest)).one_or_none()


async def list_open(tx: Transaction, workspace_id: UUID) -> dict[UUID, UUID]:
    """The open proposal of each source that has one."""
    those = sa.and_(_in(workspace_id), proposal.c.state == ProposalState.OPEN)
    chosen = sa.select(proposal.c.source_id, proposal.c.id).where(those)
    return {row.source_id: row.id for row in await tx.execute(chosen)}


async def list_states(
    tx: Transaction, workspace_id: UUID, proposal_ids: Sequence[UUID]
) -> Sequence[Record]:
    """Where some re-runs stand; those that were erased are left out."""
    columns = sa.select(proposal.c.id, proposal.c.state)
    those = sa.and_(_in(workspace_id), proposal.c.id.in_(proposal_ids))
    return (await tx.execute(columns.where(those))).all()


async def count_in(
    tx: Transaction,
    workspace_id: UUID,
    *,
    state: ProposalState,
    most: int,
    beside: UUID | None = None,
) -> int:
    """Re-runs of the workspace in that state without this one, counted up to `most`."""
    others = proposal.c.id.is_distinct_from(beside)
    those = sa.and_(_in(workspace_id), proposal.c.state == state, others)
    some = sa.select(proposal.c.id).where(those).limit(most).subquery()
    return int(await tx.scalar(sa.select(sa.func.count()).select_from(some)) or 0)


async def begin_attempt(tx: Transaction, row: Record, *, attempt: UUID) -> None:
    """Take the re-run for this attempt; any older attempt can no longer write."""
    values = {
        "state": ProposalState.RUNNING,
        "attempt": attempt,
        "attempts": row.attempts + 1,
    }
    await change_proposal(tx, row.workspace_id, row.id, values=values)


async def hold_attempt(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, attempt: UUID
) -> Record | None:
    """The re-run, locked for writing; None where it is gone or another attempt has taken it."""
    ours = sa.and_(_of(workspace_id, source_id), proposal.c.attempt == attempt)
    locked = sa.select(proposal).where(ours).with_for_update()
    found: Record | None = (await tx.execute(locked)).one_or_none()
    return found


async def close_open(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """What a newer one takes the place of can be accepted no more."""
    still_open = sa.and_(_of(workspace_id, source_id), proposal.c.state == ProposalState.OPEN)
    await tx.execute(proposal.update().where(still_open).values(state=ProposalState.STALE))


async def change_proposal(
    tx: Transaction, workspace_id: UUID, proposal_id: UUID, *, values: Mapping[str, Any]
) -> None:
    """Write columns."""
    ours = sa.and_(_in(workspace_id), proposal.c.id == proposal_id)
    await tx.execute(proposal.update().where(ours).values(values))


def _of(workspace_id: UUID, source_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(_in(workspace_id), proposal.c.source_id == source_id)


def _in(workspace_id: UUID) -> sa.ColumnElement[bool]:
    return proposal.c.workspace_id == workspace_id
