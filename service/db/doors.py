"""The two doors to the database: one into a workspace, one to keys and jobs.

Behind the first, row-level security shows the rows of that workspace only; without entering one
the same role sees nothing. The second has a role of its own that cannot read a single row of text.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from service.db import migrate
from service.errors import Locked, NotSetUp, Unavailable

_BOUNDS = (
    "SET LOCAL statement_timeout = '30s'; SET LOCAL lock_timeout = '5s';"
    " SET LOCAL idle_in_transaction_session_timeout = '30s'"
)
_REACH_S = 1.5
"""So that an answer of 503 leaves within 2 s."""

_ROWS_A_STATEMENT = 100
"""Of an insert: psycopg's search for placeholders is quadratic in the length of a statement."""

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
        """Give every connection back, also those that come too late."""
        if _LATE:
            await asyncio.wait(set(_LATE), timeout=_REACH_S)
        await self.app.dispose()
        await self.system.dispose()


@asynccontextmanager
async def _transaction(engine: AsyncEngine, settings: str) -> AsyncIterator[AsyncConnection]:
    try:
        connection = await _reach(engine, settings)
        try:
            yield connection
            await connection.commit()
        finally:
            await asyncio.shield(asyncio.create_task(connection.close()))
    except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
        if isinstance(getattr(error, "orig", None), psycopg.errors.LockNotAvailable):
            raise Locked(mend="Try again shortly.", retry_after_s=1) from error
        if not _is_outage(error):
            raise
        raise _away() from error


async def _reach(engine: AsyncEngine, settings: str) -> AsyncConnection:
    """A connection in a transaction, which closing it rolls back; Unavailable where none comes.

    A driver that waits for a silent server cannot be cancelled, so it is left waiting: what it
    still gets goes back to the pool.
    """
    entering = asyncio.create_task(_enter(engine, settings))
    try:
        await asyncio.wait({entering}, timeout=_REACH_S)
    except BaseException:  # cancelled, perhaps in the moment in which it came
        _leave(entering)
        raise
    if entering.done():
        return entering.result()
    _leave(entering)
    raise _away()


def _leave(entering: asyncio.Task[AsyncConnection]) -> None:
    late = asyncio.create_task(_give_back(entering))
    _LATE.add(late)
    late.add_done_callback(_LATE.discard)


async def _enter(engine: AsyncEngine, settings: str) -> AsyncConnection:
    connection = await engine.connect()
    try:
        await connection.exec_driver_sql(settings)
    except BaseException:  # cancelled as well: it goes back to the pool, and the error goes on
        await connection.close()
        raise
    return connection


async def _give_back(entering: asyncio.Task[AsyncConnection]) -> None:
    with suppress(sa.exc.DBAPIError, sa.exc.TimeoutError):
        await (await entering).close()


_LATE: set[asyncio.Task[None]] = set()
"""Connections that came too late for who asked; the event loop itself keeps no task alive."""


def _away() -> Unavailable:
    """What is said of a database that is not there."""
    return Unavailable("The database does not answer.", mend="Try again shortly.", retry_after_s=5)


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
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=2,
        pool_pre_ping=True,
        hide_parameters=True,
        insertmanyvalues_page_size=_ROWS_A_STATEMENT,
        connect_args={"prepare_threshold": None, "connect_timeout": 2},
    )
    # One by one, each row is a statement that the server parses and plans by itself.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


async def require_current(doors: Doors) -> None:
    """Refuse a database that is behind the code, or a role that the wall does not stop."""
    try:
        async with _transaction(doors.app, _BOUNDS) as connection:
            found = await connection.run_sync(migrate.current)
            role = (await connection.execute(sa.text(_ROLE))).one()
    except Unavailable as error:
        why = str(error.__cause__ or error).splitlines()[0]
        raise Unavailable(f"The database does not answer: {why}") from error
    if found != migrate.head():
        raise NotSetUp(f"the database is at {found}, the code at {migrate.head()}: baton migrate")
    if role.rolsuper or role.rolbypassrls:
        raise NotSetUp("the app's role passes row-level security: use the role baton_app")


_ROLE = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"


async def require_migrated(doors: Doors) -> None:
    """The schema is this code's, or a newer one: while a fleet is upgraded, its old part goes on.

    Raises Unavailable where it is behind.
    """
    async with _transaction(doors.app, _BOUNDS) as connection:
        found = await connection.scalar(sa.text("SELECT version_num FROM public.migration"))
    if found is None or found < migrate.head():
        raise Unavailable("The database is behind the code.", mend="Run `baton migrate`.")


async def require_open(doors: Doors) -> None:
    """Both doors answer. Raises Unavailable."""
    for door in (doors.app, doors.system):
        async with _transaction(door, _BOUNDS) as connection:
            await connection.execute(sa.text("SELECT 1"))
