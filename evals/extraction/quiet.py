"""Service calls, in which next to nothing is sold: what is found there is mostly false."""

import json
from collections.abc import Iterable
from pathlib import Path

from evals.extraction.documents import turns_of
from schemas.source import Kind, Turn
from service.intake.read import read as read_upload

AGENTS = frozenset({"agent", "representative", "rep", "support", "advisor", "operator"})


def read(path: Path) -> list[tuple[Turn, ...]]:
    """The turns of each call; whoever is not marked as an agent is the customer."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_turns(row["text"].encode()) for row in rows]


def _turns(data: bytes) -> tuple[Turn, ...]:
    speakers = {one.speaker for one in read_upload(data, kind=Kind.CALL).utterances if one.speaker}
    agents = _agents(speakers)
    return turns_of(data, kind=Kind.CALL, vendor=agents, customer=speakers - agents)


def _agents(speakers: Iterable[str]) -> set[str]:
    """A label that says agent once ("Ben (Agent)") holds for the name alone later on."""
    marked = [_words(speaker) for speaker in speakers if AGENTS & set(_words(speaker))]
    names = {words[0] for words in marked}
    return {speaker for speaker in speakers if set(_words(speaker)) & (AGENTS | names)}


def _words(speaker: str) -> list[str]:
    return "".join(each if each.isalnum() else " " for each in speaker.lower()).split()
