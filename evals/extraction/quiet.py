"""Service calls, in which next to nothing is sold: what is found there is mostly false."""

import json
import re
from pathlib import Path

from schemas.source import Side, Turn

LABEL = re.compile(
    r"^(?:\[?[\d:]{4,8}\]? ?)?(?:\*\*)?([A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})?)"
    r"(?: ?\((\w{2,20})\))?:(?:\*\*)? ",
    re.MULTILINE,
)
VENDOR = frozenset({"agent", "representative", "rep", "support", "advisor", "operator"})


def read(path: Path) -> list[list[Turn]]:
    """The turns of each call; calls without marks are one turn of an unknown side."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_marked(row["text"]) or [_unmarked(row["text"])] for row in rows]


def _marked(text: str) -> list[Turn]:
    marks = list(LABEL.finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)][1:]
    agents = _agents(marks)
    return [
        Turn(
            turn=at,
            speaker=mark[1],
            side=Side.VENDOR if mark[1] in agents else Side.CUSTOMER,
            side_rule="label",
            text=text[mark.end() : end],
        )
        for at, (mark, end) in enumerate(zip(marks, ends, strict=True))
    ]


def _agents(marks: list[re.Match[str]]) -> set[str]:
    """Labels that say agent once ("Ben (Agent):") hold for the name alone later on."""
    return {
        mark[1]
        for mark in marks
        if {part.lower() for part in (*mark[1].split(), mark[2] or "")} & VENDOR
    }


def _unmarked(text: str) -> Turn:
    return Turn(turn=0, speaker=None, side=Side.UNKNOWN, side_rule="none", text=text)
