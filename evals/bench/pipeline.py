"""A one-hour call from POST to searchable, against its parts alone in one process.

Each round reads another call of the same size twice: in this process part by part, and over HTTP
by a server with its worker. The medians over the rounds are compared.
"""

import argparse
import random
import time
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from evals.bench.figures import figure_table, machine, median, print_figures, progress
from evals.bench.pipeline_parts import PARTS, Alone, read_alone
from evals.bench.stand import Caller, Server, calling, open_stand, posted, serving, steps_of
from evals.bench.talk import STATED, as_webvtt, talk
from schemas.source import StatedParticipant
from service.embed.embedder import Embedder
from service.errors import RunFailed

AIM, AIM_S = 1.3, 4.0
STEPS = {"accepted": ("parse", "sides"), "picked up": (), "read": PARTS[2:], "written": ()}
"""Of the service, with the parts that each consists of."""

_CUSTOMER, _TITLE = "bench customer", "An hour about everything"
_PEOPLE = tuple(StatedParticipant.model_validate(one) for one in STATED)


@dataclass(frozen=True)
class Round:
    """One call, read both ways."""

    alone: Alone
    steps: dict[str, float]
    """Seconds of each step of the service."""

    @property
    def alone_s(self) -> float:
        """Sum of the parts."""
        return sum(self.alone.seconds.values())

    @property
    def total_s(self) -> float:
        """From POST to searchable."""
        return sum(self.steps.values())


def main(words: list[str]) -> int:
    """Print the tables; 1 where the aim is missed."""
    arguments = _arguments(words)
    with open_stand() as stand, serving(stand) as server:
        rounds = run(server, rounds=arguments.rounds, words=arguments.words)
    figures = summarise(rounds)
    print_figures(figures, tables(figures), as_json=arguments.json)
    return 0 if figures["ratio"] <= AIM and figures["seconds"] < AIM_S else 1


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench pipeline", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="calls read (7)")
    parser.add_argument("--words", type=int, default=9000, help="words of a call (9,000: an hour)")
    parser.add_argument("--json", action="store_true", help="for a machine to read")
    return parser.parse_args(words)


def run(server: Server, *, rounds: int, words: int) -> list[Round]:
    """The rounds, after one that warms both sides up."""
    chance, embedder, measured = random.Random(3), server.stand.embedder(), []  # noqa: S311 - seeded
    with calling(server) as caller, progress() as shown:
        bar = shown.add_task("calls read", total=rounds + 1)
        for _ in range(rounds + 1):
            call = as_webvtt(talk(chance, words=words))
            measured.append(_read_both_ways(caller, embedder, call))
            shown.advance(bar)
    return measured[1:]


def _read_both_ways(caller: Caller, embedder: Embedder, call: str) -> Round:
    named = {"customer": _CUSTOMER, "title": _TITLE}
    alone = read_alone(call.encode(), embedder, stated=_PEOPLE, **named)
    upload: dict[str, object] = {"content": call, "participants": STATED, **named}
    return Round(alone, _read_by_service(caller, upload))


def _read_by_service(caller: Caller, upload: dict[str, object]) -> dict[str, float]:
    """Seconds of each step, as its caller sees them; the run's own seconds tell reading apart."""
    started = time.perf_counter()
    source_id = posted(caller, upload)
    accepted = time.perf_counter()
    steps = dict(steps_of(caller, source_id))
    if "ready" not in steps:
        raise RunFailed(f"The call was not read: {', '.join(steps)}.")
    # A worker that was quick has begun before anybody listened.
    running = max(min(steps.get("running", accepted), steps["ready"]), accepted)
    read_s = caller.client.get(f"/v1/sources/{source_id}").json()["run"]["seconds"]
    return {
        "accepted": accepted - started,
        "picked up": running - accepted,
        "read": read_s,
        "written": max(steps["ready"] - running - read_s, 0.0),
    }


def summarise(rounds: list[Round]) -> dict[str, Any]:
    """Medians over the rounds; the ratio is that of each round, then the median."""
    first = rounds[0].alone
    return {
        "turns": first.turns,
        "claims": first.claims,
        "passages": first.passages,
        "rounds": len(rounds),
        "parts": {part: median([one.alone.seconds[part] for one in rounds]) for part in PARTS},
        "alone": median([one.alone_s for one in rounds]),
        "steps": {step: median([one.steps[step] for one in rounds]) for step in STEPS},
        "seconds": median([one.total_s for one in rounds]),
        "ratio": median([one.total_s / one.alone_s for one in rounds]),
        "machine": machine(),
    }


def tables(figures: dict[str, Any]) -> list[Table]:
    """Where the time goes alone, and in the service."""
    return [_parts_table(figures), _steps_table(figures)]


def _parts_table(figures: dict[str, Any]) -> Table:
    title = "A call read alone, in one process"
    size = f"{figures['turns']} turns, {figures['claims']} claims, {figures['passages']} passages"
    table = figure_table(title, ("part", "s", "share"), caption=size)
    for part, seconds in figures["parts"].items():
        table.add_row(part, f"{seconds:.3f}", f"{seconds / figures['alone']:.0%}")
    table.add_row("all", f"{figures['alone']:.3f}", "", style="bold")
    return table


def _steps_table(figures: dict[str, Any]) -> Table:
    title = "The same call from POST to searchable, over HTTP"
    caption = f"medians of {figures['rounds']} calls; aim: x{AIM} and under {AIM_S:g} s"
    columns = ("step", "s", "its parts alone, s", "ratio")
    table = figure_table(title, columns, caption=caption)
    for step, parts in STEPS.items():
        took, alone = figures["steps"][step], sum(figures["parts"][part] for part in parts)
        ratio = f"x {took / alone:.2f}" if parts else ""
        table.add_row(step, f"{took:.3f}", f"{alone:.3f}" if parts else "", ratio)
    whole = (f"{figures['seconds']:.3f}", f"{figures['alone']:.3f}", f"x {figures['ratio']:.2f}")
    table.add_row("all", *whole, style="bold")
    return table
