"""What a database says of itself, to whoever comes in by a URL."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from schemas.source import Status
from service.db import migrate
from service.db.tables import WALLED, Transaction, source
from service.errors import Unavailable

_REACH_S = 5


@dataclass(frozen=True)
class Look:
    """A server and a role as that role sees them."""

    role: str
    is_superuser: bool
    passes_wall: bool
    makes_roles: bool
    owns_tables: bool
    reads_text: bool
    version: str
    version_number: int
    vector: str | None
    revision: str | None
    unwalled: tuple[str, ...]
    now: datetime


async def look(url: str) -> Look:
    """Connect once and ask. Raises Unavailable with the server's own reason."""
    try:
        engine = create_async_engine(
            url,
            poolclass=sa.NullPool,
            hide_parameters=True,
            connect_args={"prepare_threshold": None, "connect_timeout": _REACH_S},
        )
    except sa.exc.ArgumentError as error:
        raise Unavailable("The URL cannot be read.") from error
    try:
        async with engine.connect() as connection:
            return await _look(connection)
    except (sa.exc.DBAPIError, OSError) as error:
        raise Unavailable(_first_line(error)) from error
    finally:
        await engine.dispose()


async def _look(connection: Transaction) -> Look:
    revision = await connection.run_sync(migrate.current)
    walled = [table.name for table in WALLED]
    row = (await connection.execute(sa.text(_LOOK), {"walled": walled})).one()
    found = row._asdict() | {"unwalled": tuple(row.unwalled)}
    return Look(**found, revision=revision)


def _first_line(error: Exception) -> str:
    """What the driver says; it never holds a password."""
    said = str(getattr(error, "orig", None) or type(error).__name__).strip()
    return said.splitlines()[0] if said else type(error).__name__


_LOOK = """
    SELECT
        current_user AS role,
        r.rolsuper AS is_superuser,
        r.rolbypassrls AS passes_wall,
        r.rolcreaterole AS makes_roles,
        EXISTS (
            SELECT FROM pg_class c WHERE c.relnamespace = to_regnamespace('app')
            AND pg_has_role(c.relowner, 'MEMBER')
        ) AS owns_tables,
        coalesce(has_table_privilege(to_regclass('app.turn'), 'SELECT'), false) AS reads_text,
        current_setting('server_version') AS version,
        current_setting('server_version_num')::int AS version_number,
        (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS vector,
        ARRAY(
            SELECT c.relname::text FROM pg_class c
            WHERE c.relnamespace = to_regnamespace('app') AND c.relname = ANY(:walled)
            AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1
        ) AS unwalled,
        clock_timestamp() AS now
    FROM pg_roles r WHERE r.rolname = current_user
"""


async def find_heartbeat_age(system: Transaction) -> float | None:
    """Seconds since any worker said that it lives; None where there is none at all."""
    age = sa.text(
        "SELECT extract(epoch FROM now() - max(last_heartbeat))::float8 FROM procrastinate_workers"
    )
    found: float | None = await system.scalar(age)
    return found


async def count_failed(tx: Transaction, workspace_id: UUID) -> int:
    """Sources of a workspace that could not be read."""
    failed = sa.and_(source.c.workspace_id == workspace_id, source.c.status == Status.FAILED)
    return int(await tx.scalar(sa.select(sa.func.count()).where(failed)) or 0)


async def allow_minutes(tx: Transaction) -> None:
    """For a look at every row of a workspace."""
    await tx.execute(sa.text("SET LOCAL statement_timeout = '10min'"))
