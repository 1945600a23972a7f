from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from live import Database

from service.db import migrate
from service.db.columns import metadata
from service.db.embedded.lease import acquire, remove_cluster
from service.errors import NotSetUp


def _difference(url: str) -> list[object]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        options = {"include_schemas": True, "include_name": _is_ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    del parents
    return name == "app" if kind == "schema" else True


def test_migrations_make_the_tables_that_the_code_means(database: Database) -> None:
    assert _difference(database.url("baton_owner")) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate.upgrade(database.url("baton_owner"))
    assert _difference(database.url("baton_owner")) == []


def test_down_and_up_again(make_database: Callable[[], Database]) -> None:
    url = make_database().url("baton_owner")
    migrate.downgrade(url, "base")
    migrate.upgrade(url)
    assert _difference(url) == []


def test_migrations_run_on_postgresql_16(tmp_path: Path) -> None:
    with acquire(tmp_path / "sixteen", major=16, durable=False) as lease:
        migrate.upgrade(lease.cluster.url("baton_owner"))
        assert _difference(lease.cluster.url("baton_owner")) == []
    remove_cluster(tmp_path / "sixteen")


def test_a_server_without_pgvector_is_told_so(make_database: Callable[[], Database]) -> None:
    database = make_database()
    with database.connect() as connection:
        connection.execute("DROP EXTENSION vector CASCADE")
    with pytest.raises(NotSetUp, match="CREATE EXTENSION vector"):
        migrate.upgrade(database.url("baton_owner"))
