import json
import os
import signal
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SAID = "Dana: Why did you look around?\nKim: {}\nDana: We will send you the plan by Friday.\n"


class Watcher:
    """A running `baton ingest --watch`, asked line by line."""

    def __init__(self, start: Any, folder: Path, workspace: str) -> None:
        words = ("ingest", "--watch", str(folder), "--workspace", workspace, "--json")
        self.process: subprocess.Popen[str] = start(*words)

    def next(self) -> tuple[str, str]:
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        return Path(told["path"]).name, told["outcome"]

    def nexts(self, count: int) -> set[tuple[str, str]]:
        return {self.next() for _ in range(count)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "first.txt").write_text(SAID.format("Number one was lost in May."))
    (made / "half.txt.part").write_text(SAID.format("Number two was lost in May."))
    return made


@pytest.fixture
def growing(folder: Path) -> Iterator[threading.Event]:
    """A file that somebody writes into until the event is set."""
    done = threading.Event()

    def grow() -> None:
        with (folder / "grows.txt").open("w") as file:
            while not done.wait(0.2):
                file.write(SAID.format("Number three was lost in May."))
                file.flush()

    writer = threading.Thread(target=grow)
    writer.start()
    yield done
    done.set()
    writer.join()


def test_it_takes_what_is_complete_and_goes_on_after_a_kill(
    start: Any, workspace: str, folder: Path, growing: threading.Event
) -> None:
    watcher = Watcher(start, folder, workspace)
    (folder / "bad.json").write_text("{")
    assert watcher.nexts(2) == {("first.txt", "new"), ("bad.json", "refused")}
    growing.set()
    assert watcher.next() == ("grows.txt", "new")
    watcher.process.kill()
    watcher.process.wait()

    (folder / "bad.json").write_text('{"turns": [{"speaker": "Kim", "text": "It is mended now."}]}')
    with zipfile.ZipFile(folder / "pack.zip", "w") as archive:
        archive.writestr("deep/packed.txt", SAID.format("Number four was lost in May."))
    again = Watcher(start, folder, workspace)
    there = {(name, "already_there") for name in ("first.txt", "grows.txt")}
    assert again.nexts(4) == there | {("bad.json", "new"), ("packed.txt", "new")}
    os.killpg(again.process.pid, signal.SIGINT)
    assert again.process.wait(timeout=30) == 0
    left = {"bad.json", "first.txt", "grows.txt", "half.txt.part", "pack.zip"}
    assert {one.name for one in folder.iterdir()} == left


@pytest.mark.parametrize("words", [("first.txt",), (".", "--wait")])
def test_only_folders_are_watched_and_nothing_is_waited_for(
    run: Any, folder: Path, words: tuple[str, ...]
) -> None:
    path, *rest = words
    done = run("ingest", "--watch", str(folder / path), *rest, "--workspace", "none")
    assert done.exit_code == 2
