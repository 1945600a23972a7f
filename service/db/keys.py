"""Workspaces and their keys; behind the system door."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from service.db.local_tables import api_key, workspace
from service.db.tables import Record, Transaction


async def make_workspace(system: Transaction, name: str) -> UUID:
    """The workspace of that name, made if it is new."""
    row = {"id": uuid4(), "name": name}
    made = insert(workspace).values(row).on_conflict_do_nothing().returning(workspace.c.id)
    if found := await system.scalar(made):
        return UUID(str(found))
    named = await system.execute(sa.select(workspace.c.id).where(workspace.c.name == name))
    return UUID(str(named.scalar_one()))


async def insert_key(
    system: Transaction,
    *,
    key_id: str,
    workspace_id: UUID,
    secret_hash: bytes,
    pepper_version: int,
    scopes: Sequence[str],
    label: str,
    expires_at: datetime | None,
) -> None:
    """Store a key; its secret is not among the columns."""
    await system.execute(
        api_key.insert().values(
            id=key_id,
            workspace_id=workspace_id,
            secret_hash=secret_hash,
            pepper_version=pepper_version,
            scopes=list(scopes),
            label=label,
            expires_at=expires_at,
        )
    )


async def find_key(system: Transaction, key_id: str) -> Record | None:
    """The stored key, live or not."""
    return (await system.execute(sa.select(api_key).where(api_key.c.id == key_id))).one_or_none()


async def touch_key(system: Transaction, key_id: str) -> None:
    """Note the use, at most once a minute."""
    stale = sa.or_(
        api_key.c.last_used_at.is_(None),
        api_key.c.last_used_at < sa.func.now() - sa.text("interval '1 minute'"),
    )
    await system.execute(
        api_key.update().where(api_key.c.id == key_id, stale).values(last_used_at=sa.func.now())
    )


async def revoke_key(system: Transaction, key_id: str) -> bool:
    """End a key with the next request; False where there is none that lives."""
    live = sa.and_(api_key.c.id == key_id, api_key.c.revoked_at.is_(None))
    done = await system.execute(api_key.update().where(live).values(revoked_at=sa.func.now()))
    return bool(done.rowcount)


async def find_workspace(system: Transaction, name: str) -> UUID | None:
    """The workspace of that name; None where there is none."""
    found = await system.scalar(sa.select(workspace.c.id).where(workspace.c.name == name))
    return UUID(str(found)) if found else None


async def list_workspaces(system: Transaction) -> Sequence[Record]:
    """Every workspace with its id and name, by name."""
    return (await system.execute(sa.select(workspace).order_by(workspace.c.name))).all()


async def list_keys(system: Transaction, workspace_id: UUID | None) -> Sequence[Record]:
    """Keys with the name of their workspace, newest first; None: of every workspace."""
    here = api_key.join(workspace, workspace.c.id == api_key.c.workspace_id)
    chosen = sa.select(api_key, workspace.c.name.label("workspace")).select_from(here)
    if workspace_id is not None:
        chosen = chosen.where(api_key.c.workspace_id == workspace_id)
    newest_first = chosen.order_by(workspace.c.name, api_key.c.created_at.desc(), api_key.c.id)
    return (await system.execute(newest_first)).all()


async def lock_key(system: Transaction, key_id: str) -> Record | None:
    """The stored key with the name of its workspace, locked until the transaction ends."""
    here = api_key.join(workspace, workspace.c.id == api_key.c.workspace_id)
    chosen = sa.select(api_key, workspace.c.name.label("workspace")).select_from(here)
    locked = chosen.where(api_key.c.id == key_id).with_for_update(of=api_key)
    return (await system.execute(locked)).one_or_none()


async def expire_key(system: Transaction, key_id: str, *, at: datetime) -> None:
    """Let a key end at that time."""
    await system.execute(api_key.update().where(api_key.c.id == key_id).values(expires_at=at))


async def workspace_name(system: Transaction, workspace_id: UUID) -> str:
    """The name under which keys are made for it."""
    named = sa.select(workspace.c.name).where(workspace.c.id == workspace_id)
    return str((await system.execute(named)).scalar_one())
