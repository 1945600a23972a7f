"""Counts of one field; every score is made of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evals.metrics.matching import Item, Matched, Verdict, match
from evals.metrics.spans import Span


class Tally(NamedTuple):
    """Counts add up over documents: scores are taken over all of them at once (micro average)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    trapped: int = 0
    """Of the wrong ones, those on a sentence that only looks like an item."""


def tally(predicted: Sequence[Span], items: Sequence[Item], traps: Sequence[Span]) -> Tally:
    """The counts of one field of one document."""
    return tally_of(match(predicted, items, traps))


def tally_of(matched: Matched) -> Tally:
    """The counts of predictions that are judged already."""
    trapped = matched.verdicts.count(Verdict.TRAPPED)
    return Tally(
        right=matched.verdicts.count(Verdict.RIGHT),
        wrong=matched.verdicts.count(Verdict.WRONG) + trapped,
        missed=len(matched.missed),
        trapped=trapped,
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them in one."""
    return Tally(*map(sum, zip(Tally(), *tallies, strict=True)))
