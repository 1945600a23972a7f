"""Keys looked through, ended and replaced. Their secrets are known to nobody here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from service.actions.keys import MadeKey, insert_key
from service.db import keys as stored
from service.db.doors import Doors
from service.db.tables import Record
from service.errors import Invalid, NotFound


class KeyState(StrEnum):
    """Whether a key opens anything."""

    LIVE = "live"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class StoredKey:
    """A key without its secret."""

    id: str
    workspace: str
    label: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    state: KeyState


@dataclass(frozen=True)
class Rotated:
    """A new key, and until when the one before it works beside it."""

    made: MadeKey
    workspace: str
    expires_at: datetime | None
    replaces: str
    replaced_ends_at: datetime


async def list_keys(
    doors: Doors, *, now: datetime, workspace_id: UUID | None = None
) -> list[StoredKey]:
    """Every key of a workspace, live or not; without one those of all."""
    async with doors.system_transaction() as system:
        return [_shown(row, now) for row in await stored.list_keys(system, workspace_id)]


async def revoke_key(doors: Doors, key_id: str) -> None:
    """End a key at once; one that is revoked already stays so. Raises NotFound."""
    async with doors.system_transaction() as system:
        if await stored.find_key(system, key_id) is None:
            raise _no_key(key_id)
        await stored.revoke_key(system, key_id)


async def rotate_key(
    doors: Doors, key_id: str, *, overlap: timedelta, pepper: bytes, now: datetime
) -> Rotated:
    """A new key for the same work; the old one ends after `overlap`, or sooner if it would.

    A key that had an end gets as long a life again. Raises NotFound, and Invalid for a dead one.
    """
    async with doors.system_transaction() as system:
        old = await stored.lock_key(system, key_id)
        if old is None:
            raise _no_key(key_id)
        _require_live(old, now)
        expires_at = now + (old.expires_at - old.created_at) if old.expires_at else None
        made = await insert_key(
            system,
            old.workspace_id,
            pepper,
            scopes=old.scopes,
            label=old.label,
            expires_at=expires_at,
        )
        ends_at = min(now + overlap, old.expires_at or now + overlap)
        await stored.expire_key(system, key_id, at=ends_at)
    return Rotated(made, old.workspace, expires_at, replaces=key_id, replaced_ends_at=ends_at)


def _shown(row: Record, now: datetime) -> StoredKey:
    return StoredKey(
        id=row.id,
        workspace=row.workspace,
        label=row.label,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
        state=_state(row, now),
    )


def _state(row: Record, now: datetime) -> KeyState:
    if row.revoked_at:
        return KeyState.REVOKED
    return KeyState.EXPIRED if row.expires_at and row.expires_at <= now else KeyState.LIVE


def _require_live(row: Record, now: datetime) -> None:
    state = _state(row, now)
    if state is not KeyState.LIVE:
        raise Invalid(
            f"The key {row.id} is {state}.",
            field="id",
            mend="Make a new one: `baton keys create`.",
        )


def _no_key(key_id: str) -> NotFound:
    return NotFound(f"There is no key {key_id!r}.", field="id", mend="`baton keys list` has them.")
