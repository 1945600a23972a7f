"""The same drafts judged by instructor's CitationMixin and by langextract's aligner.

Each peer is a script of its own (`peers/`), so that nothing here imports either.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from schemas.claim import Draft
from schemas.source import Turn

SCRIPTS = Path(__file__).with_name("peers")
Pairs = Sequence[tuple[Draft, Sequence[Turn]]]


def by_citation(pairs: Pairs) -> list[bool]:
    """Accepted where the quote outlives the check against the named turn."""
    return [bool(kept) for kept in _answers(Path(sys.executable), "cited.py", _asked(pairs))]


def by_langextract(python: Path) -> dict[str, Callable[[Pairs], list[bool]]]:
    """Twice: any alignment counts, as its own examples have it; and exact ones only."""
    return {
        "langextract": lambda pairs: [state is not None for state in _states(python, pairs)],
        "its exact ones": lambda pairs: [
            state == "match_exact" for state in _states(python, pairs)
        ],
    }


def _states(python: Path, pairs: Pairs) -> list[str | bool | None]:
    return _answers(python, "aligned.py", _asked(pairs))


def _asked(pairs: Pairs) -> str:
    """A turn that is not there is an empty text."""
    texts = [{turn.turn: turn.text for turn in turns}.get(draft.turn, "") for draft, turns in pairs]
    return json.dumps([[text, pair[0].quote] for text, pair in zip(texts, pairs, strict=True)])


@cache
def _answers(python: Path, script: str, asked: str) -> list[str | bool | None]:
    done = subprocess.run(
        [python, SCRIPTS / script], input=asked, capture_output=True, text=True, check=True
    )
    answers: list[str | bool | None] = json.loads(done.stdout.splitlines()[-1])
    return answers
