"""Real processes that tests talk to: a database, a server with its worker, and its callers."""

import asyncio
import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import httpx2
import psycopg

from service.actions.keys import make_key
from service.db.doors import open_doors
from service.db.embedded.cluster import Cluster

PEPPER = "pepper of the tests"


@dataclass(frozen=True)
class Database:
    """A migrated database of its own, and how to come in."""

    cluster: Cluster
    name: str

    def url(self, role: str) -> str:
        return self.cluster.url(role).replace("@/baton?", f"@/{self.name}?")

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """As the superuser, whom no policy stops: to look behind the wall."""
        url = self.cluster.superuser_url(self.name).replace("+psycopg", "")
        return psycopg.connect(url, autocommit=True)


@dataclass(frozen=True)
class Server:
    """A running `baton serve`."""

    url: str
    pid: int
    database: Database

    def caller(self, *scopes: str, workspace: str | None = None) -> "Caller":
        """Somebody with a fresh key; without a name in a fresh workspace."""
        name = workspace or f"workspace {uuid4()}"
        made = asyncio.run(self._make(name, scopes or ("ingest", "read", "write", "admin")))
        return Caller(self.url, made[0], name, made[1])

    async def _make(self, name: str, scopes: tuple[str, ...]) -> tuple[str, UUID]:
        urls = self.database.url("baton_app"), self.database.url("baton_system")
        opened = open_doors(*urls, size=1)
        try:
            made = await make_key(opened, workspace=name, scopes=scopes, pepper=PEPPER.encode())
        finally:
            await opened.close()
        return made.text, made.workspace_id


class Caller(httpx2.Client):
    """An HTTP client with a key."""

    def __init__(self, url: str, key: str, workspace: str, workspace_id: UUID) -> None:
        super().__init__(
            base_url=url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=60,
            trust_env=False,
        )
        self.key = key
        self.workspace = workspace
        self.workspace_id = workspace_id

    def ready(self, response: httpx2.Response) -> str:
        """The id of an uploaded source, once it is ready."""
        assert response.status_code in {200, 202}, response.text
        source_id = response.json()["id"]
        for _ in range(600):
            status = self.get(f"/v1/sources/{source_id}").json()["status"]
            if status in {"ready", "failed"}:
                break
            time.sleep(0.1)
        assert status == "ready"
        return str(source_id)


def environment(database: Database, **settings: str) -> dict[str, str]:
    """The environment of a Baton process that works on this database."""
    if folder := settings.get("BATON_DATA_DIR"):
        _share_graph(Path(folder))
    return os.environ | {
        "BATON_DATABASE_URL": database.url("baton_app"),
        "BATON_SYSTEM_DATABASE_URL": database.url("baton_system"),
        "BATON_KEY_PEPPER": PEPPER,
        "BATON_SECRET_KEY": "secret key of the tests",
        "BATON_LOG_LEVEL": "warning",
        "BATON_WORKER_STALLED_S": "4",  # what a killed worker was doing is taken up soon
        **settings,
    }


def _share_graph(data_dir: Path) -> None:
    """Each new folder would have its processes build the same graph again, a second of work."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        (data_dir / "models").symlink_to(_graphs())


@cache
def _graphs() -> Path:
    """One folder of graphs for the whole run."""
    folder = tempfile.mkdtemp(prefix="baton-graphs-")
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


@contextmanager
def serving(database: Database, *arguments: str, **settings: str) -> Iterator[Server]:
    """A real server process on a free loopback port; ended by its id."""
    command = [sys.executable, "-m", "service.cli.main", "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        command, env=environment(database, **settings), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            line = next(line for line in process.stdout or () if line.startswith("Baton listens"))
            yield Server(line.split()[-1], process.pid, database)
        finally:
            process.terminate()
            process.wait(60)
