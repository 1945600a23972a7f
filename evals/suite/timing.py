"""How long two hours of talk take, on this machine."""

import time
from typing import Final

from evals.extraction import cases
from evals.suite.reading import locally

TURNS: Final = 1_400
"""Of a call of two hours."""
SPOKEN: Final = 200
"""Characters of a turn as people talk: some 14 words on average."""


def two_hours() -> str:
    """The invented talks again and again, until there are as many turns as in two hours."""
    turns = [turn for case in cases.read() for turn in case.turns if len(turn.text) <= SPOKEN]
    long = [turns[at % len(turns)].model_copy(update={"turn": at}) for at in range(TURNS)]
    words = sum(len(turn.text.split()) for turn in long)
    started = time.process_time()
    found = len(locally(long).admission.claims)
    took = time.process_time() - started
    return f"Two hours, {len(long):,} turns, {words:,} words: {found} claims in {took:.2f} s of CPU"
