import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from service.db.embedded.cluster import ROLES, Cluster
from service.db.embedded.lease import Lease, acquire, remove_cluster
from service.db.embedded.postmaster import find_running
from service.db.embedded.programs import programs
from service.errors import NotSetUp


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(scope="module")
def lease(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lease]:
    data_dir = tmp_path_factory.mktemp("server") / "baton"
    with acquire(data_dir, durable=False, linger_s=0.2) as held:
        yield held
    remove_cluster(data_dir)


@pytest.fixture
def cluster(lease: Lease) -> Cluster:
    return lease.cluster


def test_a_second_lease_gets_the_same_server(cluster: Cluster) -> None:
    before = find_running(cluster.data)
    with acquire(cluster.data_dir) as again:
        assert again.cluster == cluster
        assert find_running(cluster.data) == before


@pytest.mark.parametrize("role", ROLES)
def test_each_role_connects_and_is_an_ordinary_one(cluster: Cluster, role: str) -> None:
    query = """
        SELECT rolname, rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication
        FROM pg_roles WHERE rolname = current_user"""
    with connect(cluster.url(role)) as connection:
        assert connection.execute(query).fetchone() == (role, False)


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    url = cluster.url("baton_app").replace(cluster.secrets.baton_app.get_secret_value(), "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(url)


def test_the_owner_makes_tables_and_the_app_does_not(cluster: Cluster) -> None:
    with connect(cluster.url("baton_owner")) as owner:
        owner.execute("CREATE TABLE probe (embedding vector(3))")
        owner.execute("INSERT INTO probe VALUES ('[1, 2, 3]')")
        owner.execute("DROP TABLE probe")
    with connect(cluster.url("baton_app")) as app, pytest.raises(psycopg.Error, match="denied"):
        app.execute("CREATE TABLE probe (n int)")


def test_the_server_is_set_for_durability_and_unicode(cluster: Cluster) -> None:
    query = "SELECT current_setting(name) FROM unnest(%s::text[]) AS name"
    names = ["data_checksums", "server_encoding", "listen_addresses", "timezone"]
    with connect(cluster.url("baton_app")) as connection:
        values = [value for (value,) in connection.execute(query, [names])]
        assert values == ["on", "UTF8", "", "UTC"]
        assert connection.execute("SELECT lower('ÄÇŞ'), 'a' > 'B'").fetchone() == ("äçş", True)


def test_a_failed_statement_leaves_no_text_in_the_log(cluster: Cluster) -> None:
    canary = "what-dana-said"
    with connect(cluster.url("baton_app")) as connection, pytest.raises(psycopg.DataError):
        connection.execute("SELECT %s::uuid", [canary])
    with pytest.raises(psycopg.OperationalError):
        connect(cluster.url("baton_app").replace("/baton?", "/absent?"))
    logged = log_with('"absent" does not exist', cluster)
    assert canary not in logged


def log_with(wanted: str, cluster: Cluster) -> str:
    """The log once it has this line: the collector writes a moment later."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        logged = "".join(path.read_text() for path in (cluster.folder / "log").iterdir())
        if wanted in logged:
            return logged
        time.sleep(0.05)
    pytest.fail(f"the log never had {wanted!r}")


def test_nobody_else_gets_at_socket_and_secrets(cluster: Cluster) -> None:
    assert mode(cluster.data_dir) in ({0o700, 0o710} if os.geteuid() == 0 else {0o700})
    assert mode(cluster.data_dir / "secrets.json") == 0o600
    assert mode(cluster.socket_dir) == 0o700
    assert mode(cluster.socket_dir / f".s.PGSQL.{cluster.port}") == 0o700
    assert cluster.socket_dir.owner() == cluster.data.owner()


def test_a_cluster_in_use_is_not_removed(cluster: Cluster) -> None:
    with pytest.raises(NotSetUp, match="in use"):
        remove_cluster(cluster.data_dir)
    assert find_running(cluster.data) is not None


def test_another_major_version_is_refused(cluster: Cluster) -> None:
    with pytest.raises(NotSetUp, match="made by PostgreSQL 18, and this is 16"):
        acquire(cluster.data_dir, major=16)


def test_an_unknown_role_or_version_is_refused(cluster: Cluster) -> None:
    with pytest.raises(ValueError, match="none of baton_owner"):
        cluster.url("postgres")
    with pytest.raises(NotSetUp, match="No PostgreSQL 9 here"):
        programs(9)


def test_a_url_shows_in_no_repr(cluster: Cluster) -> None:
    assert cluster.secrets.baton_app.get_secret_value() not in repr(cluster)


def test_sixteen_starts_too(tmp_path: Path) -> None:
    with acquire(tmp_path / "baton", major=16, durable=False, linger_s=0.2) as lease:
        with connect(lease.cluster.url("baton_system")) as connection:
            assert connection.info.server_version // 10_000 == 16
            found = connection.execute("SELECT lower('ÄÇŞ'), '[1]'::vector::text").fetchone()
        assert found == ("äçş", "[1]")
    remove_cluster(tmp_path / "baton")
