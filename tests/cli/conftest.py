import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

import pytest
from live import Database, environment
from typer.testing import CliRunner, Result

from service.cli.main import app

COMMAND = [sys.executable, "-m", "service.cli.main"]
Run: TypeAlias = Callable[..., Result]
Start: TypeAlias = Callable[..., subprocess.Popen[str]]
Spawn: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]

SAID = "Dana: Why did you look around?\nKim: {}\nDana: We will send you the plan by Friday.\n"
WHY = "Our old tool lost two shipments in March and nobody noticed."


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The small embedder: these tests are not about the quality of a search."""
    return {"BATON_DATA_DIR": str(tmp_path_factory.mktemp("cli")), "BATON_EMBEDDER": "tiny"}


@pytest.fixture(scope="session")
def idle_database(make_database: Callable[[], Database]) -> Database:
    """No worker ever comes here: what is stored stays queued."""
    return make_database()


@pytest.fixture
def run(idle_database: Database, settings: dict[str, str]) -> Run:
    """A command in this process."""

    def invoke(*words: str, on: Database = idle_database) -> Result:
        return CliRunner().invoke(app, list(words), env=environment(on, **settings))

    return invoke


@pytest.fixture
def spawn(idle_database: Database, settings: dict[str, str]) -> Spawn:
    """The real command, with all that stands around it; waits for its end."""

    def call(*words: str, **changed: str) -> subprocess.CompletedProcess[str]:
        env = environment(idle_database, **settings) | changed
        return subprocess.run(
            [*COMMAND, *words], env=env, check=False, capture_output=True, text=True
        )

    return call


@pytest.fixture
def start(idle_database: Database, settings: dict[str, str]) -> Iterator[Start]:
    """The real command in a process group of its own, to be interrupted; killed at the end."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*COMMAND, *words],
            env=environment(idle_database, **settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


@pytest.fixture
def workspace(run: Run) -> str:
    """A fresh one."""
    name = f"cli {uuid4()}"
    assert run("keys", "create", "--workspace", name).exit_code == 0
    return name


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with one of everything that folders hold."""
    top = tmp_path / "pile"
    (top / "deep" / ".git").mkdir(parents=True)
    (top / "call.txt").write_text(SAID.format(WHY))
    (top / "deep" / "twin.txt").write_text(SAID.format(WHY))
    (top / "deep" / "other.txt").write_text(SAID.format("We need an answer by May, all of us."))
    (top / "broken.json").write_text('{"turns": ')
    (top / "binary.bin").write_bytes(bytes(range(256)) * 20)
    (top / "empty.txt").touch()
    (top / ".hidden.txt").write_text("hidden")
    (tmp_path / "outside.txt").write_text("outside")
    (top / "link.txt").symlink_to("../outside.txt")
    return top
