"""The two doors to the database: one into a workspace, one to keys and jobs.

Behind the first, row-level security shows the rows of that workspace only; without entering one
the same role sees nothing. The second has a role of its own that cannot read a single row of text.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from service.db import migrate
from service.errors import NotSetUp, Unavailable

_BOUNDS = (
    "SET LOCAL statement_timeout = '30s'; SET LOCAL lock_timeout = '5s';"
    " SET LOCAL idle_in_transaction_session_timeout = '30s'"
)
_AWAY_STATES = ("08", "53", "57P")  # connection, resources, shutdown: SQLSTATE classes


@dataclass(frozen=True)
class Doors:
    """The engines of a process, made once by `open_doors` and closed by `close`."""

    app: AsyncEngine
    system: AsyncEngine

    @asynccontextmanager
    async def workspace_transaction(self, workspace_id: UUID) -> AsyncIterator[AsyncConnection]:
        """One transaction inside one workspace: committed at the end, rolled back on an error."""
        enter = f"SET LOCAL app.workspace_id = '{UUID(str(workspace_id))}'"  # checked, so a literal
        async with _transaction(self.app, f"{_BOUNDS}; {enter}") as connection:
            yield connection

    @asynccontextmanager
    async def system_transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction on keys and jobs."""
        async with _transaction(self.system, _BOUNDS) as connection:
            yield connection

    async def close(self) -> None:
        """Give every connection back."""
        await self.app.dispose()
        await self.system.dispose()


@asynccontextmanager
async def _transaction(engine: AsyncEngine, settings: str) -> AsyncIterator[AsyncConnection]:
    try:
        async with engine.connect() as connection, connection.begin():
            await connection.exec_driver_sql(settings)
            yield connection
    except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
        if not _is_outage(error):
            raise
        raise Unavailable(
            "The database does not answer.", mend="Try again shortly.", retry_after_s=5
        ) from error


def _is_outage(error: sa.exc.DBAPIError | sa.exc.TimeoutError) -> bool:
    """A wrong or slow statement is our fault; no connection, or no free one, is an outage."""
    if isinstance(error, sa.exc.TimeoutError):
        return True
    original = error.orig
    if not isinstance(original, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    return original.sqlstate is None or original.sqlstate.startswith(_AWAY_STATES)


def open_doors(app_url: str, system_url: str, *, size: int = 10) -> Doors:
    """Engines only; nothing connects yet."""
    return Doors(app=_engine(app_url, size=size), system=_engine(system_url, size=size))


def _engine(url: str, *, size: int) -> AsyncEngine:
    # Statements are not prepared on the server: from its sixth use on, a prepared one may get a
    # generic plan, and a filtered vector search then returns too few rows.
    return create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=2,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"prepare_threshold": None, "connect_timeout": 2},
    )


async def require_current(doors: Doors) -> None:
    """Refuse a database that is behind the code, or a role that the wall does not stop."""
    async with doors.app.connect() as connection:
        found = await connection.run_sync(migrate.current)
        role = (await connection.execute(sa.text(_ROLE))).one()
    if found != migrate.head():
        raise NotSetUp(f"the database is at {found}, the code at {migrate.head()}: baton migrate")
    if role.rolsuper or role.rolbypassrls:
        raise NotSetUp("the app's role passes row-level security: use the role baton_app")


_ROLE = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"


async def require_open(doors: Doors) -> None:
    """Both doors answer. Raises Unavailable."""
    for door in (doors.app, doors.system):
        async with _transaction(door, _BOUNDS) as connection:
            await connection.execute(sa.text("SELECT 1"))
