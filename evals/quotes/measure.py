"""How many drafts of each kind the gate accepts, and how many quotes it judges a second."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from random import Random
from time import perf_counter
from typing import Final

from evals.quotes.altered import ALTERED
from evals.quotes.conversations import Case
from evals.quotes.harmless import HARMLESS, Change
from schemas.claim import Draft
from schemas.source import Side, Turn
from service.extract.gate import admit

TURN: Final = (
    "We will move all of your data by the end of March, and Dana checks every file by hand. "
    "Then our team trains yours in two sessions, both recorded, and after that we answer every "
    "question within four hours on working days until the summer, free of charge, as we said."
)
FOUND: Final = "Our team trains yours in two sessions, both recorded"
REFUSED: Final = "Our team trains yours in ten sessions, both recorded"


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of change, how often it was tried and how often it got through."""

    kind: str
    target: float
    tried: int
    accepted: int

    @property
    def share(self) -> float | None:
        """Accepted, of those tried; unknown where it applied to no conversation."""
        return self.accepted / self.tried if self.tried else None

    @property
    def is_met(self) -> bool:
        """Whether every one went the way it must; what was never tried is not met."""
        return self.share == self.target

    def as_json(self) -> dict[str, object]:
        """For a machine: the counts, the share and the verdict."""
        return asdict(self) | {"share": self.share, "is_met": self.is_met}


def rows(cases: Sequence[Case], *, seed: int) -> list[Row]:
    """Every kind of change on every conversation it applies to."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret
    harmless = [_row(kind, change, 1.0, cases, rng) for kind, change in HARMLESS.items()]
    altered = [_row(kind, change, 0.0, cases, rng) for kind, change in ALTERED.items()]
    return harmless + altered


def _row(kind: str, change: Change, target: float, cases: Sequence[Case], rng: Random) -> Row:
    drafts = [(case, draft) for case in cases if (draft := change(case, rng)) is not None]
    accepted = sum(len(admit([draft], case.turns).claims) for case, draft in drafts)
    return Row(kind, target, len(drafts), accepted)


def quotes_per_second(count: int) -> dict[str, float]:
    """The speed on turns of fifty words: for quotes that stand there, and for ones that do not."""
    turns = [
        Turn(turn=at, speaker="Dana", side=Side.VENDOR, side_rule="invented", text=TURN)
        for at in range(10)
    ]
    return {
        "found": _speed(FOUND, turns, count),
        "refused": _speed(REFUSED, turns, count),
    }


def _speed(quote: str, turns: Sequence[Turn], count: int) -> float:
    drafts = [
        Draft(field="what_was_promised", turn=at % len(turns), quote=quote, statement="Training.")
        for at in range(count)
    ]
    begin = perf_counter()
    admit(drafts, turns)
    return count / (perf_counter() - begin)
