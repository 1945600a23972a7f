"""What was said and who said it stands in no line of log, at the most talkative level."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hook_calls import Hook, wait_for_source
from live import Caller, Database, Server, environment

CANARY = "quetzalcanary"
NAME = f"Kim {CANARY}"
SAID = f"{NAME}: We bought it because the {CANARY} broke twice in March, and nobody noticed."
LOUD = {"BATON_LOG_LEVEL": "debug", "BATON_EMBEDDER": "tiny", "PYTHONASYNCIODEBUG": "1"}
BREAK = b"ALTER TABLE app.claim ADD CONSTRAINT broken CHECK (statement::int > 0)"
"""Each INSERT then ends with `invalid input syntax for type integer: "the words of the claim"`."""


@dataclass(frozen=True)
class Loud:
    """A server with its worker, and what both have written to standard error."""

    server: Server
    written: Path

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written.read_text().splitlines()]

    def answered(self, route: str) -> dict[str, Any]:
        """The line of the one request there; it is written once the answer is sent."""
        for _ in range(100):
            found = [line for line in self.lines() if line.get("route", "").endswith(route)]
            if found:
                break
            time.sleep(0.1)
        (line,) = found
        return line

    def ended(self, source_id: str, *ends: str) -> list[dict[str, Any]]:
        """The lines about a source, once the worker has written those of its ends."""
        for _ in range(400):
            about = [line for line in self.lines() if line.get("source") == source_id]
            if [line["ended"] for line in about if "ended" in line] == list(ends):
                return about
            time.sleep(0.1)
        raise AssertionError(about)


@pytest.fixture
def loud(make_database: Callable[[], Database], tmp_path: Path) -> Iterator[Loud]:
    database, written = make_database(), tmp_path / "stderr"
    settings = environment(database, BATON_DATA_DIR=str(tmp_path / "data"), **LOUD)
    command = [sys.executable, "-m", "service.cli.main", "serve", "--port", "0"]
    with (
        written.open("w") as stderr,
        subprocess.Popen(
            command, env=settings, stdout=subprocess.PIPE, stderr=stderr, text=True
        ) as process,
    ):
        try:
            line = next(line for line in process.stdout or () if line.startswith("Baton listens"))
            yield Loud(Server(line.split()[-1], process.pid, database), written)
        finally:
            process.terminate()
            assert process.wait(60) == 0


def send_everything(caller: Caller) -> str:
    """The canary in every place that takes words; the id of the source."""
    name = {"customer": NAME, "title": f"Call with {NAME}", "deal": CANARY}
    people = json.dumps([{"name": NAME, "side": "customer"}])
    sent = caller.post(
        "/v1/sources",
        data=name | {"participants": people},
        files={"file": (f"{CANARY}.txt", SAID.encode())},
    )
    assert sent.status_code == 202, sent.text
    caller.post("/v1/sources", json={"content": {CANARY: SAID}, CANARY: NAME})
    caller.get("/v1/search", params={"q": f"why {CANARY}", "customer": NAME})
    caller.get("/v1/search", params={CANARY: NAME})
    caller.get(f"/v1/sources/{CANARY}")
    caller.get(f"/{CANARY}")
    caller.get("/v1/sources", headers={"Authorization": f"Bearer {CANARY}"})
    return str(sent.json()["id"])


def test_no_word_of_a_source_is_logged(loud: Loud) -> None:
    with loud.server.caller() as caller:
        source_id = send_everything(caller)
        loud.ended(source_id, "done")
        caller.get(f"/v1/sources/{source_id}/note")
        read = loud.answered("/note")
    assert CANARY not in loud.written.read_text().lower()
    assert caller.key not in loud.written.read_text()
    assert (read["workspace"], read["source"]) == (str(caller.workspace_id), source_id)
    assert caller.key.split("_")[1] == read["key"]


@pytest.mark.timeout(240)
def test_no_word_of_a_source_is_logged_when_reading_fails(loud: Loud) -> None:
    with loud.server.database.connect() as connection:
        connection.execute(BREAK)
    with loud.server.caller() as caller:
        source_id = send_everything(caller)
        about = loud.ended(source_id, "again", "again", "failed")
    failures = [line for line in about if line["message"] == "reading failed"]
    assert [line["error"] for line in failures] == ["DataError"] * 3
    assert all(any("reading.py" in place for place in line["at"]) for line in failures)
    assert CANARY not in loud.written.read_text().lower()


def test_no_secret_and_no_word_of_a_hook_is_logged(loud: Loud) -> None:
    file = {"file_type": "TRANSCRIPT", "download_url": f"http://127.0.0.1:9/{CANARY}"}
    told = {
        "event": "recording.transcript_completed",
        "download_token": CANARY,
        "payload": {"object": {"uuid": CANARY, "topic": NAME, "recording_files": [file]}},
    }
    with loud.server.caller() as caller:
        zoom = Hook(caller, "zoom", secret=f"secret {CANARY}", credentials={"key": CANARY})
        fathom = Hook(caller, "fathom")
        assert zoom.call(told).status_code == 200
        assert zoom.call(CANARY.encode()).status_code == 400
        assert zoom.send(json.dumps(told).encode(), {"authorization": CANARY}).status_code == 401
        failed = wait_for_source(caller, status="failed")
        metrics = caller.get("/metrics").text
    written = loud.written.read_text()
    assert failed["error"]["type"] == "/problems/fetch-failed"
    assert CANARY not in written.lower()
    for word in (fathom.secret, zoom.made["hook_id"]):
        assert word not in written
        assert word not in metrics
