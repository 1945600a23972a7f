"""Who calls: keys made, read and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service import keys
from service.db import keys as stored
from service.db.doors import Doors
from service.db.tables import Transaction
from service.errors import Invalid, NotFound, ScopeMissing, Unauthorized


@dataclass(frozen=True)
class Caller:
    """A workspace and what this key may do in it; both come from the key, never from the body."""

    workspace_id: UUID
    key_id: str
    scopes: frozenset[str]

    def require(self, *scopes: str) -> None:
        """Raise ScopeMissing unless the key has one of `scopes`."""
        if self.scopes.isdisjoint(scopes):
            wanted = " or ".join(scopes)
            raise ScopeMissing(
                f"This call needs the scope {wanted}.", mend=f"Use a key with the scope {wanted}."
            )


@dataclass(frozen=True)
class MadeKey:
    """A new key; its text is shown once and never stored."""

    text: str
    id: str
    workspace_id: UUID


async def make_key(
    doors: Doors,
    *,
    workspace: str,
    scopes: Sequence[str],
    pepper: bytes,
    label: str = "",
    expires_at: datetime | None = None,
) -> MadeKey:
    """A key for the workspace of that name, which is made if it is new."""
    _require_known(scopes)
    async with doors.system_transaction() as system:
        workspace_id = await stored.make_workspace(system, workspace)
        return await insert_key(
            system, workspace_id, pepper, scopes=scopes, label=label, expires_at=expires_at
        )


async def insert_key(
    system: Transaction,
    workspace_id: UUID,
    pepper: bytes,
    *,
    scopes: Sequence[str],
    label: str,
    expires_at: datetime | None,
) -> MadeKey:
    """A key for a workspace that is there, as part of a larger change."""
    key = keys.make()
    await stored.insert_key(
        system,
        key_id=key.id,
        workspace_id=workspace_id,
        secret_hash=keys.digest(key.secret, pepper),
        pepper_version=keys.PEPPER_VERSION,
        scopes=scopes,
        label=label,
        expires_at=expires_at,
    )
    return MadeKey(text=key.text, id=key.id, workspace_id=workspace_id)


def _require_known(scopes: Sequence[str]) -> None:
    unknown = sorted(set(scopes) - set(keys.SCOPES))
    if unknown or not scopes:
        raise Invalid(
            f"Unknown scopes: {', '.join(unknown) or 'none given'}.",
            field="scopes",
            mend=f"Choose from {', '.join(keys.SCOPES)}.",
        )


async def authenticate(doors: Doors, text: str, *, pepper: bytes, now: datetime) -> Caller:
    """The caller behind a key. Every failure raises the same Unauthorized."""
    key = keys.read(text)
    if key is None:
        raise Unauthorized
    async with doors.system_transaction() as system:
        row = await stored.find_key(system, key.id)
        if not keys.is_same(key.secret, row.secret_hash if row else None, pepper):
            raise Unauthorized
        if row is None or row.revoked_at or (row.expires_at and row.expires_at <= now):
            raise Unauthorized
        await stored.touch_key(system, key.id)
    return Caller(workspace_id=row.workspace_id, key_id=row.id, scopes=frozenset(row.scopes))


async def find_workspace(doors: Doors, name: str) -> UUID:
    """The workspace of that name; a misspelt one is never made. Raises NotFound."""
    async with doors.system_transaction() as system:
        found = await stored.find_workspace(system, name)
    if found is None:
        raise NotFound(
            f"There is no workspace {name!r}.",
            field="workspace",
            mend="`baton keys create --workspace NAME` makes one; `baton keys list` shows them.",
        )
    return found
