from collections.abc import Callable, Iterator

import pytest
from live import Caller, Database, Server, serving
from wire import CALL


@pytest.fixture(scope="session")
def idle(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server without a worker: what is uploaded stays queued."""
    data = str(tmp_path_factory.mktemp("idle"))
    settings = {"BATON_DATA_DIR": data, "BATON_EMBEDDER": "tiny"}
    with serving(make_database(), "--no-worker", **settings) as running:
        yield running


@pytest.fixture
def waiting(idle: Server) -> Iterator[Caller]:
    """Owns a workspace whose sources are never read."""
    with idle.caller() as caller:
        yield caller


@pytest.fixture
def mallory(idle: Server) -> Iterator[Caller]:
    """Sends what is refused; afterwards the server answers and nothing of it is stored."""
    with idle.caller() as caller:
        yield caller
        assert caller.get("/healthz").json() == {"status": "alive"}
        assert caller.get("/v1/sources").json() == {"items": [], "next_cursor": None}


@pytest.fixture(scope="session")
def owner(server: Server) -> Iterator[Caller]:
    """Owns one call that was read; tests only look at it."""
    with server.caller() as caller:
        sent = caller.post("/v1/sources", json={"content": CALL, "customer": "kim-inc"})
        caller.ready(sent)
        yield caller


@pytest.fixture(scope="session")
def read_id(owner: Caller) -> str:
    """The id of the owner's one source."""
    return str(owner.get("/v1/sources").json()["items"][0]["id"])
