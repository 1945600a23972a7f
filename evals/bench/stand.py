"""What a benchmark stands on: a database of its own, real servers, and callers with a key."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import httpx2

from service.actions.keys import MadeKey, make_key
from service.db import migrate
from service.db.doors import open_doors
from service.db.embedded.cluster import Cluster
from service.db.embedded.lease import acquire, remove_cluster
from service.embed.embedder import Embedder
from service.embed.load import load
from service.errors import NotSetUp
from service.keys import SCOPES

_ANNOUNCED = "Baton listens on "
_TIMEOUT_S = 120


@dataclass(frozen=True)
class Stand:
    """A migrated cluster in a temporary folder, as durable as any."""

    cluster: Cluster

    @property
    def app_url(self) -> str:
        """The role of the service, as psycopg alone takes it."""
        return self.cluster.url("baton_app").replace("+psycopg", "", 1)

    def embedder(self) -> Embedder:
        """The one that the servers use, here in this process."""
        return load("local", cache_dir=self.cluster.data_dir / "models").embedder

    def make_key(self) -> MadeKey:
        """Every scope, in a workspace of its own."""
        return asyncio.run(self._make_key())

    async def _make_key(self) -> MadeKey:
        urls = self.cluster.url("baton_app"), self.cluster.url("baton_system")
        doors = open_doors(*urls, size=1)
        pepper = self.cluster.secrets.key_pepper.get_secret_value().encode()
        try:
            name = f"bench {uuid4()}"
            return await make_key(doors, workspace=name, scopes=SCOPES, pepper=pepper)
        finally:
            await doors.close()


@dataclass(frozen=True)
class Server:
    """A running `baton serve`."""

    url: str
    pid: int
    stand: Stand


@dataclass(frozen=True)
class Caller:
    """A key of a fresh workspace, and a client that sends it."""

    workspace_id: UUID
    headers: dict[str, str]
    client: httpx2.Client


@contextmanager
def open_stand() -> Iterator[Stand]:
    """Everything in it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as folder:
        data_dir = Path(folder) / "data"
        try:
            with acquire(data_dir) as lease:
                migrate.upgrade(lease.cluster.url("baton_owner"))
                yield Stand(lease.cluster)
        finally:
            remove_cluster(data_dir)


@contextmanager
def serving(stand: Stand, *arguments: str, **settings: str) -> Iterator[Server]:
    """A server process on a free port, with its worker; it logs into the stand's folder."""
    command = [sys.executable, "-m", "service.cli.main", "serve", "--port", "0", *arguments]
    folder = stand.cluster.data_dir
    with (
        (folder / "serve.log").open("ab") as log,
        subprocess.Popen(
            command,
            cwd=folder,  # no `.env` of whoever runs this
            env=_environment(folder, **settings),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield Server(_address(process), process.pid, stand)
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def calling(server: Server) -> Iterator[Caller]:
    """Somebody with every scope in a fresh workspace."""
    made = server.stand.make_key()
    headers = {"Authorization": f"Bearer {made.text}"}
    with httpx2.Client(
        base_url=server.url, headers=headers, timeout=_TIMEOUT_S, trust_env=False
    ) as client:
        yield Caller(made.workspace_id, headers, client)


def steps_of(caller: Caller, source_id: str) -> Iterator[tuple[str, float]]:
    """Each event of a source with the moment it came, up to `ready` or `failed`."""
    with caller.client.stream("GET", f"/v1/sources/{source_id}/events") as events:
        for line in events.iter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                yield value, time.perf_counter()


def posted(caller: Caller, upload: dict[str, object]) -> str:
    """The id of a new source."""
    answer = caller.client.post("/v1/sources", json=upload)
    if answer.status_code != httpx2.codes.ACCEPTED:
        raise NotSetUp(f"an upload was answered {answer.status_code}: {json.dumps(answer.json())}")
    return str(answer.json()["id"])


def _environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """Nothing of Baton's but what the benchmark sets."""
    ours = {"DATA_DIR": str(data_dir), "LOG_LEVEL": "warning", "RATE_LIMIT": "0"} | settings
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BATON_")}
    return kept | {f"BATON_{name}": value for name, value in ours.items()}


def _address(process: "subprocess.Popen[str]") -> str:
    for line in process.stdout or ():
        if line.startswith(_ANNOUNCED):
            return line.removeprefix(_ANNOUNCED).strip()
    raise NotSetUp("the server did not start")
