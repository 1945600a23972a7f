"""What tests stand on: a real PostgreSQL, a real server with its worker, callers of workspaces."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from live import Caller, Database, Server, serving
from loopback import guard_this_process

from service.db import migrate
from service.db.doors import Doors, open_doors
from service.db.embedded.cluster import Cluster
from service.db.embedded.lease import acquire, remove_cluster

hypothesis.settings.register_profile(
    # A busy machine is slow; what is too slow by itself is found by the tests of linear time.
    "baton",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("baton")

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
"""Each process that a test starts would compile all of Baton anew: half a second of its start."""

REQUIRED = frozenset(filter(None, os.environ.get("BATON_REQUIRE", "").split(",")))


def skip_or_fail(what: str, why: str) -> None:
    """A part named in BATON_REQUIRE must be there; elsewhere its tests are skipped."""
    if what in REQUIRED:
        pytest.fail(f"BATON_REQUIRE names {what!r}: {why}")
    pytest.skip(why)


SLOWEST = (
    "tests/web/test_openapi_fuzz.py",
    "tests/jobs/test_worker_kill.py",
    "tests/actions/test_replay_erasures.py",
    "tests/jobs/test_worker_model.py",
    "tests/evals/test_bench.py",
)
"""Files whose tests wait for minutes: begun first, they are not what a run ends with."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whole files go to a process at a time, in this order."""
    names = [str(config.rootpath / name) for name in SLOWEST]
    items.sort(key=lambda item: str(item.path) not in names)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> None:
    """No test reaches beyond this machine."""
    guard_this_process()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real samples and labelled data, which is no part of the project."""
    default = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("BATON_SHARED", default))
    if not folder.is_dir():
        skip_or_fail("shared", f"no folder of samples at {folder}")
    return folder


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One server for the whole run; a power cut may lose it."""
    data_dir = tmp_path_factory.mktemp("server") / "data"
    with acquire(data_dir, durable=False) as lease:
        migrate.upgrade(lease.cluster.url("baton_owner"))
        yield lease.cluster
    remove_cluster(data_dir)


@pytest.fixture(scope="session")
def make_database(cluster: Cluster) -> Callable[[], Database]:
    """Clone the migrated database; a clone takes a tenth of a second, a migration a whole one."""

    def make() -> Database:
        name = f"test_{uuid4().hex[:12]}"
        url = cluster.superuser_url("postgres").replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE baton OWNER baton_owner")
        return Database(cluster, name)

    return make


@pytest.fixture(scope="session")
def database(make_database: Callable[[], Database]) -> Database:
    """The database that most tests share: each works in workspaces of its own."""
    return make_database()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def doors(database: Database) -> AsyncIterator[Doors]:
    opened = open_doors(database.url("baton_app"), database.url("baton_system"), size=5)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def server(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The server that most tests call, with its worker and the real embedder.

    On a database of its own: its worker would take the jobs of tests that want none.
    """
    data = str(tmp_path_factory.mktemp("serve"))
    settings = {
        "BATON_DATA_DIR": data,
        "BATON_VENDOR_DOMAINS": "wayfold.example",
        "BATON_OUTGOING_ALLOW": "127.0.0.0/8",  # where scripted recorders are
    }
    with serving(make_database(), **settings) as running:
        yield running


@pytest.fixture
def alice(server: Server) -> Iterator[Caller]:
    """Owns a workspace of her own, with every scope."""
    with server.caller() as caller:
        yield caller


@pytest.fixture
def charlie(server: Server) -> Iterator[Caller]:
    """A stranger: every scope, another workspace."""
    with server.caller() as caller:
        yield caller
