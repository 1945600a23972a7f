"""What reads the turns of a source: one interface for the rules of this machine and for a model."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from schemas.api import ProblemNote
from schemas.claim import Admission, Draft
from schemas.source import Notice
from service.actions.grounding import ground
from service.actions.rows import Subject
from service.embed.embedder import Embedder
from service.extract.local.extract import extract

Outcome = Literal["complete", "partial", "failed"]

Tell = Callable[[int, int], Awaitable[None]]
"""Takes how many parts of how many are done."""

LOCAL = "local"
"""The extractor of this machine, as a run names it."""


@dataclass(frozen=True)
class RunFacts:
    """How the turns were read; what it cost stands in the ledger."""

    extractor: str
    outcome: Outcome
    model: str | None = None
    prompt_version: str | None = None
    uncovered_turns: tuple[int, ...] = ()
    """Turns that nobody has read, whenever the source was read."""
    stood_in_turns: tuple[int, ...] = ()
    """Turns that rules read in the place of a model."""


@dataclass(frozen=True)
class Extraction:
    """What one reading of a source brought; every claim in it stands on its quotes."""

    admission: Admission
    facts: RunFacts
    notices: tuple[Notice, ...] = ()


class ReadingFailed(Exception):
    """Nothing could be read, and another attempt would end the same: the source fails."""

    def __init__(self, problem: ProblemNote, facts: RunFacts) -> None:
        self.problem = problem
        self.facts = facts
        super().__init__(problem.type)


class Extractor(Protocol):
    """Reads the turns of a source that no note has covered."""

    async def extract(self, subject: Subject, *, attempt: UUID, tell: Tell) -> Extraction:
        """Raises ReadingFailed; ModelAway where it shall be tried again later."""


@dataclass(frozen=True)
class Tools:
    """What a worker works with."""

    extractor: Extractor
    embedder: Embedder
    accepts_reruns: bool = False
    """Nobody is asked before a complete re-run becomes the note."""

    def reader_of(self, subject: Subject) -> Extractor:
        """Whatever is set reads talk and mail; a chat beside a call is left unread."""
        return ChatExtractor() if subject.is_chat else self.extractor


class ChatExtractor:
    """Leaves all turns unread: nothing is claimed from what was typed beside a call."""

    async def extract(self, subject: Subject, *, attempt: UUID, tell: Tell) -> Extraction:
        """No claim, and every turn named as not covered."""
        del attempt, tell
        numbers = tuple(turn.turn for turn in subject.turns)
        return Extraction(
            Admission(claims=(), rejected=()), RunFacts(LOCAL, "complete", uncovered_turns=numbers)
        )


class LocalExtractor:
    """Rules on this machine: no model, no network, no cost."""

    async def extract(self, subject: Subject, *, attempt: UUID, tell: Tell) -> Extraction:
        """All at once, in a thread."""
        del attempt, tell
        admission = await asyncio.to_thread(_read, subject)
        return Extraction(admission, RunFacts(LOCAL, "complete"))


def _read(subject: Subject) -> Admission:
    return ground(local_drafts(subject, subject.unread), subject)


def local_drafts(subject: Subject, numbers: Collection[int]) -> list[Draft]:
    """What rules find in these turns; all turns are looked at, for who answers whom."""
    said = [turn for turn in subject.turns if turn.duplicate_of is None]
    found = extract(said, names=subject.names)
    return [draft for draft in found if draft.turn in numbers]
