"""schemathesis against a running server: what it sent, and what it found."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from live import Caller
from wire import call_of

from schemas.claim import FIELDS

_HERE = Path(__file__).parent / "fuzz"
_RUN = (sys.executable, "-m", "schemathesis.cli", "--config-file", f"{_HERE / 'schemathesis.toml'}")
_PLAIN = ("--continue-on-failure", "--no-color", "--no-shrink")
_STORED = 24

Sent = Counter[tuple[str, int]]


@dataclass(frozen=True)
class Fuzzed:
    """One run over all routes."""

    code: int
    said: str
    sent: Sent
    """How often each operation was answered with each status."""


@dataclass(frozen=True)
class Stored:
    """What is there for `fuzz` to look at, to correct and to erase."""

    source_ids: list[str]
    """Each is read, and has a proposal to decide on."""
    claim_ids: list[str]


def store_sources(caller: Caller) -> Stored:
    """Calls that are read, and read once more."""
    for number in range(_STORED):
        said = f"We lost {number} shipments in March.", "We will send the plan by Friday."
        body = {"content": call_of(*said), "customer": f"customer {number}"}
        caller.post("/v1/sources", json=body)
    source_ids = [one["id"] for one in caller.get("/v1/sources").json()["items"]]
    claim_ids = [one for source_id in source_ids for one in _read(caller, source_id)]
    for source_id in source_ids:
        _until(caller, f"/v1/sources/{source_id}/proposal")
    return Stored(source_ids, claim_ids)


def _read(caller: Caller, source_id: str) -> list[str]:
    """The claims of a source, which is read once more."""
    note = _until(caller, f"/v1/sources/{source_id}/note")
    caller.post(f"/v1/sources/{source_id}/runs")
    return [one["id"] for field in FIELDS for one in note[field]]


def _until(caller: Caller, url: str) -> Any:
    for _ in range(600):
        answer = caller.get(url)
        if answer.status_code != HTTPStatus.CONFLICT:
            break
        time.sleep(0.1)
    assert answer.status_code == HTTPStatus.OK, answer.text
    return answer.json()


def fuzz(
    caller: Caller, folder: Path, *, stored: Stored, seed: int, most: int, has_key: bool = True
) -> Fuzzed:
    """All checks, at most so many random cases for each operation; with a key all phases."""
    report = folder / "report.ndjson"
    options = {
        "--seed": str(seed),
        "--max-examples": str(most),
        "--request-timeout": "60",
        "--suppress-health-check": "all",
        "--report-ndjson-path": str(report),
    } | (
        {"--header": f"Authorization: {caller.headers['authorization']}"}
        if has_key
        else {"--phases": "examples,fuzzing"}
    )
    words = [word for option in options.items() for word in option]
    done = subprocess.run(
        [*_RUN, "run", str(caller.base_url.join("/schema/openapi.json")), *_PLAIN, *words],
        env=os.environ
        | {
            "SCHEMATHESIS_HOOKS": str(_HERE / "hooks.py"),
            "BATON_FUZZ_SOURCES": " ".join(stored.source_ids),
            "BATON_FUZZ_CLAIMS": " ".join(stored.claim_ids),
        },
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return Fuzzed(done.returncode, done.stdout + done.stderr, Counter(_answered(report)))


def _answered(report: Path) -> Iterator[tuple[str, int]]:
    """Operation and status of each request that was answered."""
    for line in report.read_text(encoding="utf-8").splitlines():
        recorder: dict[str, Any] = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for case, sent in recorder.get("interactions", {}).items():
            asked = recorder["cases"][case]["value"]
            if sent["response"]:
                yield f"{asked['method']} {asked['path']}", sent["response"]["status_code"]
