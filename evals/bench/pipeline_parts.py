"""One source read in this process, part by part: no server, no database, no job."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from schemas.claim import GroundedClaim
from schemas.source import Parsed, StatedParticipant, Turn
from service.embed.embedder import Embedder
from service.extract.absence import absences
from service.extract.gate import admit
from service.extract.local.extract import extract
from service.intake.read import read
from service.intake.sides import decide
from service.intake.turns import join
from service.retrieve.passages import Passage, cut

PARTS = ("parse", "sides", "extract", "gate", "cut", "embed")

Result = TypeVar("Result")


@dataclass(frozen=True)
class Alone:
    """Seconds of each part, and how much there was."""

    seconds: dict[str, float]
    turns: int
    claims: int
    passages: int


@dataclass(frozen=True)
class Clocked:
    """Runs a part and keeps its seconds."""

    seconds: dict[str, float]

    def run(self, part: str, work: Callable[[], Result]) -> Result:
        """What `work` returns."""
        started = time.perf_counter()
        result = work()
        self.seconds[part] = time.perf_counter() - started
        return result


def read_alone(
    content: bytes,
    embedder: Embedder,
    *,
    stated: Sequence[StatedParticipant],
    customer: str,
    title: str,
) -> Alone:
    """The same calls that the server and its worker make, one after the other."""
    clock = Clocked({})
    parsed = clock.run("parse", lambda: read(content))
    turns = clock.run("sides", lambda: _decide(parsed, stated))
    drafts = clock.run("extract", lambda: extract(turns))
    claims = clock.run("gate", lambda: admit(drafts, turns).claims)
    passages = clock.run("cut", lambda: _cut(turns, claims, customer=customer, title=title))
    clock.run("embed", lambda: embedder.passages([one.embedded_text for one in passages]))
    return Alone(clock.seconds, len(turns), len(claims), len(passages))


def _decide(parsed: Parsed, stated: Sequence[StatedParticipant]) -> list[Turn]:
    _, turns = decide(
        join(parsed),
        stated=stated,
        named=parsed.participants,
        vendor_domains=(),
        vendor_names=(),
        recorded_by=parsed.recorded_by,
    )
    return list(turns)


def _cut(
    turns: Sequence[Turn], claims: Sequence[GroundedClaim], *, customer: str, title: str
) -> Sequence[Passage]:
    absences(turns, claims)
    return cut(turns, claims, customer=customer, title=title)
