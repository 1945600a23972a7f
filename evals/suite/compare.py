"""Two runs, case by case: which claims appeared and vanished, and what the scores do."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from evals.metrics.f1 import f1
from evals.metrics.matching import Verdict
from evals.suite.record import Read, Run
from evals.suite.scoring import RIGHT, by_split, counts, matched, of_field
from schemas.claim import FIELDS

ROUNDING: Final = 0.0005


class Step(NamedTuple):
    """One claim that is in only one of two runs."""

    split: str
    document: str
    field: str
    quote: str
    verdict: Verdict
    is_new: bool

    @property
    def is_better(self) -> bool | None:
        """A right one that appears, a wrong one that vanishes; None where it does not count."""
        if self.verdict is Verdict.NEITHER:
            return None
        return self.is_new == (self.verdict in RIGHT)


class Move(NamedTuple):
    """One score of one split, before and after."""

    split: str
    score: str
    before: float
    after: float
    is_better_higher: bool = True

    @property
    def is_worse(self) -> bool:
        """By more than rounding."""
        fall = self.before - self.after if self.is_better_higher else self.after - self.before
        return fall > ROUNDING


def steps(before: Run, after: Run) -> Iterator[Step]:
    """Over the documents that both runs have read."""
    known = {(read.split, read.name): read for read in before.documents}
    for new in after.documents:
        old = known.get((new.split, new.name))
        if old is not None:
            yield from _steps(old, new)


def _steps(old: Read, new: Read) -> Iterator[Step]:
    for field in FIELDS:
        if field in new.items:
            was, now = _judged(old, field), _judged(new, field)
            for span in sorted(was.keys() ^ now.keys()):
                quote, verdict = (now if span in now else was)[span]
                yield Step(new.split, new.name, field, quote, verdict, is_new=span in now)


def _judged(read: Read, field: str) -> dict[tuple[int, int], tuple[str, Verdict]]:
    found, verdicts = of_field(read, field), matched(read, field).verdicts
    return {one.span: (one.quote, said) for one, said in zip(found, verdicts, strict=True)}


def moves(before: Run, after: Run) -> Iterator[Move]:
    """F1 of every field, traps and side errors, for the splits that both have."""
    old, new = by_split(before), by_split(after)
    for split in old.keys() & new.keys():
        was, now = counts(old[split]), counts(new[split])
        for field in was.fields.keys() & now.fields.keys():
            yield Move(split, f"F1 {field}", f1(was.fields[field]), f1(now.fields[field]))
        yield Move(split, "traps hit", was.traps_hit, now.traps_hit, is_better_higher=False)
        yield Move(split, "side errors", was.side_errors, now.side_errors, is_better_higher=False)


def is_worse(before: Run, after: Run) -> bool:
    """Whether any score fell."""
    return any(move.is_worse for move in moves(before, after))
