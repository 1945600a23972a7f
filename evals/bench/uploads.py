"""Uploads accepted a second, and how long each takes, while the worker is busy.

At each number of clients the same seconds go to small calls, to mails, and to /healthz, which is
what a request costs at the least; the same rows put in by SQL alone are what storing costs.
"""

import argparse
import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
from rich.table import Table

from evals.bench.bare_rows import insert_bare
from evals.bench.figures import figure_table, machine, percentile, print_figures, progress
from evals.bench.stand import Caller, Server, calling, open_stand, posted, serving, steps_of
from evals.bench.talk import STATED, as_mail, as_webvtt, talk
from service.errors import BatonError

CLIENTS = (1, 4, 8)
CALL_WORDS, MAIL_WORDS = 200, 250
"""2 KB each."""
BUSY_CALLS, BUSY_WORDS = 4, 9000
"""Put in first, so that the worker is at work from the first second on."""

Send = Callable[[httpx2.AsyncClient], Awaitable[httpx2.Response]]


@dataclass(frozen=True)
class Load:
    """What some clients sent at once for some seconds."""

    what: str
    clients: int
    seconds: list[float]
    """Of each request."""
    rate: float
    """Requests a second."""
    was_busy: bool
    """Sources waited for the worker at the end."""


def main(words: list[str]) -> int:
    """Print the table; 1 where the worker was idle, so that the figures mean something else."""
    arguments = _arguments(words)
    with open_stand() as stand, serving(stand) as server:
        figures = run(server, clients=CLIENTS, seconds=arguments.seconds)
    print_figures(figures, [table(figures)], as_json=arguments.json)
    return 0 if figures["was_busy"] else 1


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench uploads", description=__doc__)
    parser.add_argument("--seconds", type=float, default=6, help="of each load (6)")
    parser.add_argument("--json", action="store_true", help="for a machine to read")
    return parser.parse_args(words)


def run(
    server: Server,
    *,
    clients: tuple[int, ...],
    seconds: float,
    busy_words: int = BUSY_WORDS,
) -> dict[str, Any]:
    """Every load, one after the other, on one server."""
    chance = random.Random(4)  # noqa: S311 - seeded
    sends = {"calls": _calls(chance), "mails": _mails(chance), "healthz": _probe()}
    loads = []
    with calling(server) as caller, progress() as shown:
        bar = shown.add_task("loads sent", total=len(clients) * len(sends))
        sources = [_warmed_up(caller, chance) for _ in range(2)]
        for _ in range(BUSY_CALLS):
            posted(caller, _call(chance, words=busy_words))
        for at_once, (what, send) in itertools.product(clients, sends.items()):
            loads.append(asyncio.run(_load(caller, send, what, at_once, seconds=seconds)))
            shown.advance(bar)
        bare_s = insert_bare(server.stand, caller.workspace_id, sources[-1], seconds=seconds / 2)
    return _summarise(loads, bare_s)


def _call(chance: random.Random, *, words: int) -> dict[str, object]:
    return {"content": as_webvtt(talk(chance, words=words)), "participants": STATED}


def _warmed_up(caller: Caller, chance: random.Random) -> str:
    """A small call, read to its end."""
    source_id = posted(caller, _call(chance, words=CALL_WORDS))
    dict(steps_of(caller, source_id))
    return source_id


def _calls(chance: random.Random) -> Send:
    return lambda client: client.post("/v1/sources", json=_call(chance, words=CALL_WORDS))


def _mails(chance: random.Random) -> Send:
    numbers = itertools.count()

    def send(client: httpx2.AsyncClient) -> Awaitable[httpx2.Response]:
        mail = as_mail(talk(chance, words=MAIL_WORDS), number=next(numbers))
        return client.post("/v1/sources", files={"file": ("m.eml", mail, "message/rfc822")})

    return send


def _probe() -> Send:
    return lambda client: client.get("/healthz")


async def _load(caller: Caller, send: Send, what: str, clients: int, *, seconds: float) -> Load:
    url, headers = str(caller.client.base_url), caller.headers
    async with httpx2.AsyncClient(base_url=url, headers=headers, trust_env=False) as client:
        await _sent(client, send)  # connects
        started = time.perf_counter()
        sending = [_keep_sending(client, send, until=started + seconds) for _ in range(clients)]
        took = list(itertools.chain(*await asyncio.gather(*sending)))
        lasted = time.perf_counter() - started
        waiting = await client.get("/v1/sources?status=queued&limit=1")
    return Load(what, clients, took, len(took) / lasted, bool(waiting.json()["items"]))


async def _keep_sending(client: httpx2.AsyncClient, send: Send, *, until: float) -> list[float]:
    took = []
    while time.perf_counter() < until:
        took.append(await _sent(client, send))
    return took


async def _sent(client: httpx2.AsyncClient, send: Send) -> float:
    """Seconds until the answer; what is sent is made before the clock starts."""
    sending = send(client)
    started = time.perf_counter()
    answer = await sending
    if answer.status_code not in {httpx2.codes.OK, httpx2.codes.ACCEPTED}:
        raise BatonError(f"a request was answered {answer.status_code}: {answer.text[:200]}")
    return time.perf_counter() - started


def _summarise(loads: list[Load], bare_s: list[float]) -> dict[str, Any]:
    floors = {one.clients: one.rate for one in loads if one.what == "healthz"}
    return {
        "loads": list(_rows(loads, floors, bare_rate=len(bare_s) / sum(bare_s))),
        "bare_ms": {"p50": percentile(bare_s, 50) * 1000, "p99": percentile(bare_s, 99) * 1000},
        "bare_rate": len(bare_s) / sum(bare_s),
        "was_busy": all(one.was_busy for one in loads),
        "machine": machine(),
    }


def _rows(
    loads: list[Load], floors: dict[int, float], *, bare_rate: float
) -> Iterator[dict[str, Any]]:
    for one in loads:
        yield {
            "what": one.what,
            "clients": one.clients,
            "requests": len(one.seconds),
            "rate": one.rate,
            "p50_ms": percentile(one.seconds, 50) * 1000,
            "p99_ms": percentile(one.seconds, 99) * 1000,
            "to_healthz": floors[one.clients] / one.rate,
            "to_bare_inserts": bare_rate / one.rate,
        }


def table(figures: dict[str, Any]) -> Table:
    """A row a load; the ratios say how many times longer one request takes."""
    bare = figures["bare_ms"]
    caption = (
        f"the same rows by SQL alone: {figures['bare_rate']:.0f} a second, "
        f"p50 {bare['p50']:.1f} ms, p99 {bare['p99']:.1f} ms"
    )
    columns = (
        "sent",
        "clients",
        "requests",
        "a second",
        "p50 ms",
        "p99 ms",
        "to /healthz",
        "to SQL",
    )
    made = figure_table("Uploads while the worker is busy", columns, caption=caption)
    for one in figures["loads"]:
        is_floor = one["what"] == "healthz"
        made.add_row(
            *(one["what"], str(one["clients"]), str(one["requests"]), f"{one['rate']:.1f}"),
            *(f"{one['p50_ms']:.1f}", f"{one['p99_ms']:.1f}"),
            *("", "")
            if is_floor
            else (f"x {one['to_healthz']:.1f}", f"x {one['to_bare_inserts']:.1f}"),
        )
    return made
