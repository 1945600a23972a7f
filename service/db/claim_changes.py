"""What changes of claims replaced, version by version: nothing is overwritten without a trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from service.db.proposal_tables import claim_change
from service.db.tables import Record, Transaction


@dataclass(frozen=True)
class Change:
    """Why a claim changes: by a rule of ours, or because a person said so."""

    rule: str
    by: str | None = None
    comment: str | None = None
    key_id: str | None = None


async def insert_change(
    tx: Transaction, row: Record, *, version: int, before: Mapping[str, Any], change: Change
) -> None:
    """`row` is the claim as it was; `before` has the values that the change replaced."""
    await insert_changes(tx, [change_row(row, version=version, before=before, change=change)])


async def insert_changes(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Several at once."""
    if rows:
        await tx.execute(claim_change.insert(), rows)


def change_row(
    row: Record, *, version: int, before: Mapping[str, Any], change: Change
) -> dict[str, Any]:
    """One change of a claim, as it is stored."""
    return {
        "workspace_id": row.workspace_id,
        "claim_id": row.id,
        "version": version,
        "source_id": row.source_id,
        "rule": change.rule,
        "by": change.by,
        "comment": change.comment,
        "key_id": change.key_id,
        "before": {name: _plain(value) for name, value in before.items()},
    }


def _plain(value: object) -> object:
    """As JSON has it."""
    return value.isoformat() if isinstance(value, date) else value


async def list_changes(tx: Transaction, workspace_id: UUID, claim_id: UUID) -> Sequence[Record]:
    """Of one claim, the oldest first."""
    ours = sa.and_(claim_change.c.workspace_id == workspace_id, claim_change.c.claim_id == claim_id)
    chosen = sa.select(claim_change).where(ours).order_by(claim_change.c.version)
    return (await tx.execute(chosen)).all()
