"""Precision, recall and F1 over spans, and over yes-or-no decisions: one formula a function."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evals.extraction.documents import Item, Span

LEAST = 15
"""Characters that a prediction has to share with a label."""


class Tally(NamedTuple):
    """Counts of one field; they add up over documents."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    trapped: int = 0
    """Of the wrong ones, those on a sentence that only looks like an item."""

    def plus(self, other: "Tally") -> "Tally":
        """Sum by count: scores are taken over all documents at once (micro average)."""
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))


def precision(tally: Tally) -> float:
    """Right / (right + wrong)."""
    return tally.right / max(1, tally.right + tally.wrong)


def recall(tally: Tally) -> float:
    """Right / (right + missed)."""
    return tally.right / max(1, tally.right + tally.missed)


def f1(tally: Tally) -> float:
    """2PR / (P + R), the harmonic mean of precision and recall."""
    both = precision(tally) + recall(tally)
    return 2 * precision(tally) * recall(tally) / both if both else 0.0


def is_match(predicted: Span, label: Span) -> bool:
    """Inside the label and LEAST long, or half of the shorter and a quarter of the longer shared.

    Source: the matching rule that is published with the labels (`score_calls.py`).
    """
    shared = min(predicted[1], label[1]) - max(predicted[0], label[0])
    own, theirs = predicted[1] - predicted[0], label[1] - label[0]
    if shared < min(LEAST, theirs):
        return False
    return shared == own or (shared >= 0.5 * min(own, theirs) and shared >= 0.25 * max(own, theirs))


def tally(predicted: Iterable[Span], items: Sequence[Item], traps: Sequence[Span]) -> Tally:
    """Each item is found once; what lands on a found or a borderline item counts neither way."""
    counted = [item for item in items if not item.is_borderline]
    found: set[int] = set()
    wrong: list[Span] = []
    for span in predicted:
        hit = next(
            (at for at, item in enumerate(counted) if at not in found and _hits(span, item)), None
        )
        if hit is not None:
            found.add(hit)
        elif not any(_hits(span, item) for item in items):
            wrong.append(span)
    trapped = sum(any(is_match(span, trap) for trap in traps) for span in wrong)
    return Tally(len(found), len(wrong), len(counted) - len(found), trapped)


def _hits(span: Span, item: Item) -> bool:
    return any(is_match(span, label) for label in item.spans)
