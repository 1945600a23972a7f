import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from live import Caller, Database, Server, serving
from routes import CASES, call
from socket_gate import SocketGate, gate
from wire import refused

from service.db.embedded.cluster import Cluster


@dataclass(frozen=True)
class _Gated(Database):
    """The same database, reached through a gate."""

    folder: Path

    def url(self, role: str) -> str:
        url = super().url(role)
        return url.replace(f"host={self.cluster.socket_dir}", f"host={self.folder}")


@dataclass(frozen=True)
class Away:
    """A server that loses its database, and somebody who was there before."""

    gate: SocketGate
    caller: Caller


@pytest.fixture
def away(cluster: Cluster, make_database: Callable[[], Database], tmp_path: Path) -> Iterator[Away]:
    settings = {"BATON_DATA_DIR": str(tmp_path), "BATON_EMBEDDER": "tiny"}
    with tempfile.TemporaryDirectory() as folder, gate(Path(folder), cluster.socket_dir) as door:
        direct = make_database()
        gated = _Gated(direct.cluster, direct.name, Path(folder))
        with (
            serving(gated, "--no-worker", **settings) as running,
            replace(running, database=direct).caller() as caller,
        ):
            assert caller.get("/v1/sources").status_code == 200
            yield Away(door, caller)
            door.release()


def _require_unavailable(answer: httpx2.Response) -> None:
    refused(answer, 503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


def _require_in_time(caller: Caller, route: tuple[str, str]) -> None:
    started = time.monotonic()
    _require_unavailable(call(caller, route, str(uuid4())))
    assert time.monotonic() - started < 2, route


def _require_all_unavailable(caller: Caller) -> None:
    """Six at once: each may wait as long as a database is waited for."""
    with ThreadPoolExecutor(6) as six:
        for answered in [six.submit(_require_in_time, caller, route) for route in CASES]:
            answered.result()
    _require_unavailable(caller.get("/readyz"))
    assert caller.get("/healthz").json() == {"status": "alive"}


def test_alive_and_ready(server: Server) -> None:
    with httpx2.Client(base_url=server.url, trust_env=False) as nobody:
        assert nobody.get("/healthz").json() == {"status": "alive"}
        assert nobody.get("/readyz").json() == {"status": "ready"}


def test_every_route_while_the_database_is_gone(away: Away) -> None:
    away.gate.close()
    _require_all_unavailable(away.caller)


def test_every_route_while_the_database_says_nothing(away: Away) -> None:
    away.gate.hold()
    _require_all_unavailable(away.caller)


def test_back_as_soon_as_the_database_is(away: Away) -> None:
    away.gate.hold()
    _require_unavailable(away.caller.get("/readyz"))
    away.gate.release()
    assert away.caller.get("/readyz").json() == {"status": "ready"}
    assert away.caller.get("/v1/sources").json()["items"] == []
