"""Hooks: their ids behind the system door; their secrets and what they brought behind the wall."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from service.db.hook_tables import announcement, hook, hook_call
from service.db.local_tables import hook_id
from service.db.tables import Record, Transaction

REMEMBERED: Final = timedelta(days=7)
"""For so long a call that comes again is known."""
OVERLAP: Final = timedelta(hours=24)
"""For so long the old secret holds beside the new one."""


async def insert_hook_id(
    system: Transaction, id_: str, *, workspace_id: UUID, provider: str
) -> None:
    """Where calls to this address belong."""
    row = {"id": id_, "workspace_id": workspace_id, "provider": provider}
    await system.execute(hook_id.insert().values(row))


async def find_hook_id(system: Transaction, id_: str, *, provider: str) -> UUID | None:
    """The workspace that the address leads to; None where there is no such hook."""
    same = sa.and_(hook_id.c.id == id_, hook_id.c.provider == provider)
    found = await system.scalar(sa.select(hook_id.c.workspace_id).where(same))
    return UUID(str(found)) if found else None


async def delete_hook_id(system: Transaction, id_: str) -> None:
    """The address leads nowhere from now on."""
    await system.execute(hook_id.delete().where(hook_id.c.id == id_))


async def find_hook(tx: Transaction, workspace_id: UUID, provider: str) -> Record | None:
    """The hook of that provider, if there is one."""
    found: Record | None = (
        await tx.execute(sa.select(hook).where(_of(workspace_id, provider)))
    ).one_or_none()
    return found


async def list_hooks(tx: Transaction, workspace_id: UUID) -> Sequence[Record]:
    """All of the workspace, by provider."""
    chosen = sa.select(hook).where(hook.c.workspace_id == workspace_id)
    return (await tx.execute(chosen.order_by(hook.c.provider))).all()


async def insert_hook(tx: Transaction, row: dict[str, Any]) -> bool:
    """False where the workspace has one of that provider."""
    made = insert(hook).values(row).on_conflict_do_nothing().returning(hook.c.id)
    return (await tx.execute(made)).one_or_none() is not None


async def change_hook(
    tx: Transaction, workspace_id: UUID, provider: str, *, values: dict[str, Any]
) -> None:
    """Write columns."""
    await tx.execute(hook.update().where(_of(workspace_id, provider)).values(values))


async def delete_hook(tx: Transaction, workspace_id: UUID, provider: str) -> None:
    """With its secrets."""
    await tx.execute(hook.delete().where(_of(workspace_id, provider)))


async def remember_call(
    tx: Transaction, workspace_id: UUID, provider: str, *, repeat_key: bytes, now: datetime
) -> bool:
    """False where this call came before."""
    row = {
        "workspace_id": workspace_id,
        "provider": provider,
        "repeat_key": repeat_key,
        "created_at": now,
    }
    made = insert(hook_call).values(row).on_conflict_do_nothing()
    return (await tx.execute(made.returning(hook_call.c.provider))).one_or_none() is not None


async def forget_calls(
    tx: Transaction, workspace_id: UUID, provider: str, *, now: datetime
) -> None:
    """What is older than a week."""
    ours = sa.and_(hook_call.c.workspace_id == workspace_id, hook_call.c.provider == provider)
    await tx.execute(hook_call.delete().where(ours, hook_call.c.created_at < now - REMEMBERED))


async def hold_call(tx: Transaction, workspace_id: UUID, external_id: str) -> None:
    """Wait for whoever stores the same call now. Raises Locked after 5 s."""
    await tx.execute(
        sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
        {"name": f"baton call {workspace_id} {external_id}"},
    )


async def insert_announcement(tx: Transaction, row: dict[str, Any]) -> None:
    """What is known of a source whose content is not taken in yet."""
    await tx.execute(announcement.insert().values(row))


async def find_announcement(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Record | None:
    """What was announced of the source; locked."""
    ours = _about(workspace_id, source_id)
    chosen = sa.select(announcement).where(ours).with_for_update()
    found: Record | None = (await tx.execute(chosen)).one_or_none()
    return found


async def list_unfetched(
    tx: Transaction, workspace_id: UUID, provider: str, *, limit: int
) -> list[UUID]:
    """Sources of which a provider has told, and whose content is not here; the oldest first."""
    theirs = sa.and_(
        announcement.c.workspace_id == workspace_id, announcement.c.provider == provider
    )
    chosen = sa.select(announcement.c.source_id).where(theirs, announcement.c.is_here.is_(False))
    oldest_first = chosen.order_by(announcement.c.created_at).limit(limit)
    return list(await tx.scalars(oldest_first))


async def change_announcement(
    tx: Transaction, workspace_id: UUID, source_id: UUID, *, values: dict[str, Any]
) -> None:
    """Write columns."""
    ours = _about(workspace_id, source_id)
    await tx.execute(announcement.update().where(ours).values(values))


def _of(workspace_id: UUID, provider: str) -> sa.ColumnElement[bool]:
    return sa.and_(hook.c.workspace_id == workspace_id, hook.c.provider == provider)


def _about(workspace_id: UUID, source_id: UUID) -> sa.ColumnElement[bool]:
    of_source = announcement.c.source_id == source_id
    return sa.and_(announcement.c.workspace_id == workspace_id, of_source)
