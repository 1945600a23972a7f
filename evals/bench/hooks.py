"""How long a provider waits for its answer, against /healthz in the same run.

Bodies of three sizes, each call signed and new: first where no worker runs, which is what answering
takes, then beside a worker that takes them in on the same cores.
"""

import argparse
import json
import random
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx2
from rich.table import Table

from evals.bench.figures import figure_table, machine, percentile, print_figures, progress
from evals.bench.stand import Caller, calling, open_stand, serving
from evals.bench.talk import talk
from evals.hooks.senders import PACKED, SENDERS, Asked
from service.errors import NotSetUp

PROVIDER = "circleback"
WORKERS = {"none": ("--no-worker",), "busy": ()}
WORDS = {"a short call": 300, "an hour": 9_000, "a day": 100_000}


def main(words: list[str]) -> int:
    """Print the table; 1 where an answer took 50 ms or more at the 95th percentile."""
    asked = _arguments(words)
    rows = []
    with open_stand() as stand:
        for worker, words_of_serve in WORKERS.items():
            with serving(stand, *words_of_serve) as server, calling(server) as caller:
                rows += run(caller, calls=asked.calls, worker=worker)
    figures = {"rows": rows, "machine": machine()}
    print_figures(figures, [table(figures)], as_json=asked.json)
    alone = [row["p95_ms"] for row in rows if row["worker"] == "none"]
    return 0 if max(alone) < asked.limit_ms else 1


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench hooks", description=__doc__)
    parser.add_argument("--calls", type=int, default=60, help="of each size (60)")
    parser.add_argument("--limit-ms", type=float, default=50, help="at the 95th percentile (50)")
    parser.add_argument("--json", action="store_true", help="for a machine to read")
    return parser.parse_args(words)


def run(caller: Caller, *, calls: int, worker: str) -> list[dict[str, Any]]:
    """One size after the other, on one hook."""
    made = caller.client.put(f"/v1/hooks/{PROVIDER}", json={"secret": PACKED})
    if made.status_code != httpx2.codes.OK:
        raise NotSetUp(f"a hook was answered {made.status_code}")
    chance = random.Random(5)  # noqa: S311 - seeded
    with progress() as shown:
        bar = shown.add_task("calls sent", total=calls * len(WORDS))
        rows = []
        for what, words in WORDS.items():
            spoken = _spoken(chance, words)
            floor, times, size = [], [], 0
            for _ in range(calls):
                body = _body(spoken)
                size = len(body)
                floor.append(_timed(caller, "GET", "/healthz"))
                times.append(_call(caller, made.json()["url"], body))
                shown.advance(bar)
            rows.append({"worker": worker} | _row(what, size, times, floor))
    return rows


def _row(what: str, size: int, times: list[float], floor: list[float]) -> dict[str, Any]:
    return {
        "what": what,
        "kb": round(size / 1_000),
        "p50_ms": round(percentile(times, 50) * 1_000, 1),
        "p95_ms": round(percentile(times, 95) * 1_000, 1),
        "healthz_p95_ms": round(percentile(floor, 95) * 1_000, 1),
        "ratio": round(percentile(times, 50) / percentile(floor, 50), 2),
    }


def _spoken(chance: random.Random, words: int) -> list[dict[str, Any]]:
    said = talk(chance, words=words)
    return [
        {"speaker": one.speaker, "text": " ".join(one.sentences), "timestamp": float(at)}
        for at, one in enumerate(said)
    ]


def _body(spoken: list[dict[str, Any]]) -> bytes:
    meeting = {"id": str(uuid4()), "name": "A call", "actionItems": [], "attendees": []}
    return json.dumps(meeting | {"transcript": spoken}).encode()


def _call(caller: Caller, url: str, body: bytes) -> float:
    signed = SENDERS[PROVIDER](Asked(PACKED, body, datetime.now(UTC), uuid4()))
    headers = {"content-type": "application/json", **signed.headers}
    return _timed(caller, "POST", url, content=body, headers=headers)


def _timed(caller: Caller, method: str, url: str, **sent: Any) -> float:  # noqa: ANN401  as the client takes it
    started = time.perf_counter()
    answer = caller.client.request(method, url, **sent)
    took = time.perf_counter() - started
    if answer.status_code != httpx2.codes.OK:
        raise NotSetUp(f"{url} was answered {answer.status_code}")
    return took


def table(figures: dict[str, Any]) -> Table:
    """One row a size."""
    columns = ("body", "worker", "kB", "p50 ms", "p95 ms", "/healthz p95 ms", "x /healthz")
    shown = figure_table("Calls of hooks", columns, caption="in one process, one after the other")
    for row in figures["rows"]:
        cells = ("kb", "p50_ms", "p95_ms", "healthz_p95_ms", "ratio")
        shown.add_row(row["what"], row["worker"], *(str(row[name]) for name in cells))
    return shown
