"""Bringing a database to the schema of this code, and telling how far it is."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from service.errors import NotSetUp, Unavailable

ROLES = ("baton_app", "baton_system")
_LOCK = 0x6261746F6E  # "baton": two migrations at once wait for each other


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


@cache
def head() -> str:
    """The revision that this code needs; later ones sort after it."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise NotSetUp("this installation carries no migrations: install Baton again")
    return revision


def current(connection: Connection) -> str | None:
    """The revision that the database has; None before the first."""
    options = {"version_table": "migration", "version_table_schema": "public"}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate as the owner; several processes may try at once.

    Raises NotSetUp where a role or the vector extension is missing.
    """
    _move(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Go back; for tests and for an operator who knows what is lost."""
    _move(url, lambda config: command.downgrade(config, revision))


def _move(url: str, step: Callable[[Config], None]) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    try:
        with _reach(engine) as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({_LOCK})")
            _require_server(connection)
            connection.commit()
            step(_config(connection))
            connection.commit()
    finally:
        engine.dispose()


def _reach(engine: sa.Engine) -> Connection:
    try:
        return engine.connect()
    except sa.exc.OperationalError as error:
        why = str(error.orig).splitlines()[0]
        raise Unavailable(f"The database does not answer: {why}") from error


def _require_server(connection: Connection) -> None:
    roles = set(connection.scalars(sa.text("SELECT rolname FROM pg_roles")))
    missing = [role for role in ROLES if role not in roles]
    if missing:
        raise NotSetUp(f"the server lacks the roles {', '.join(missing)}: see docs/database.md")
    vector = connection.scalar(sa.text("SELECT 1 FROM pg_extension WHERE extname = 'vector'"))
    if not vector:
        raise NotSetUp("the database lacks pgvector: run CREATE EXTENSION vector as a superuser")
