"""Merging 600 claims of 60 sources, beside one pass over their vectors.

`python -m evals.bench merging`; 1 where it takes longer than 300 ms or five passes. A pass takes
each vector to the nearest of all: one product and one sort a claim. All is processor time.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from evals.merging.cases import claim
from schemas.claim import WHAT_WAS_PROMISED
from schemas.merged import Said
from service.deal.merging import merge
from service.deal.reading import read

SOURCES: Final = 60
CLAIMS: Final = 600
MATTERS: Final = 150
DIMENSIONS: Final = 384
ROUNDS: Final = 7
MOST_MS: Final = 300
MOST_PASSES: Final = 5
DEEDS: Final = ("build", "install", "configure", "document", "test", "host", "secure")
THINGS: Final = (
    *("connector", "warehouse", "invoice", "template", "sandbox", "dashboard", "scanner", "audit"),
    *("planner", "calendar", "gateway", "sensor", "archive", "catalogue", "depot", "tariff"),
)


def deal(seed: int) -> list[Said]:
    """Each matter is promised four times; now and then with another day, or as a change."""
    chance = random.Random(seed)  # noqa: S311 - no secret: a made-up deal
    matters = [(chance.choice(DEEDS), chance.sample(THINGS, 3)) for _ in range(MATTERS)]
    return [_said(at, *matters[at % MATTERS], chance=chance) for at in range(CLAIMS)]


def _said(at: int, deed: str, things: list[str], *, chance: random.Random) -> Said:
    source = at % SOURCES
    month = chance.choice(("April", "April", "April", "May"))
    text = f"We will {chance.choice(('', '', 'now '))}{deed} the {' '.join(things)} by {month} 9."
    on = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=source)
    who = chance.choice(("Dana", "Lee"))
    found = claim(f"{at:03}", WHAT_WAS_PROMISED, f"s{source}", at=on, turn=at, who=who, text=text)
    return Said(deal="deal", claim=found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both times, their ratio, and how much of it is reading the claims."""
    argparse.ArgumentParser(prog="python -m evals.bench merging").parse_args(arguments)
    claims = deal(seed=1)
    vectors = np.random.default_rng(1).standard_normal((CLAIMS, DIMENSIONS)).astype(np.float32)
    merging_ms = _best_ms(lambda: merge(claims))
    reading_ms = _best_ms(lambda: [read(one, people=()) for one in claims])
    pass_ms = _best_ms(lambda: [np.argsort(vectors @ one) for one in vectors])
    merged = len(merge(claims).claims)
    passes = merging_ms / pass_ms
    sys.stdout.write(
        f"{CLAIMS} claims of {SOURCES} sources: {merged} merged in {merging_ms:.0f} ms,"
        f" {reading_ms:.0f} of them for reading each claim;"
        f" one pass over their vectors {pass_ms:.0f} ms; ratio {passes:.1f}\n"
    )
    return 0 if merging_ms <= MOST_MS and passes <= MOST_PASSES else 1


def _best_ms(work: Callable[[], object]) -> float:
    return min(_ms(work) for _ in range(ROUNDS))


def _ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return 1_000 * (time.process_time() - start)


if __name__ == "__main__":
    sys.exit(main())
