"""Which predictions are right, wrong or neither, and which labels they missed."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from evals.metrics.spans import Span, is_match


class Item(NamedTuple):
    """One label: the spans of which any counts, and whether scoring leaves it out."""

    spans: tuple[Span, ...]
    is_borderline: bool


class Verdict(StrEnum):
    """What one prediction is."""

    RIGHT = "right"
    WRONG = "wrong"
    TRAPPED = "trapped"
    """Wrong, on a sentence that only looks like an item."""
    NEITHER = "neither"
    """On an item that was found already, or on a borderline one."""


class Matched(NamedTuple):
    """A verdict for each prediction, in order, and the places of the labels that none found."""

    verdicts: tuple[Verdict, ...]
    missed: tuple[int, ...]


def match(predicted: Sequence[Span], items: Sequence[Item], traps: Sequence[Span]) -> Matched:
    """Each item is found once; what lands on a found or a borderline item counts neither way.

    Source: the scorer that is published with the labels (`score_calls.py`).
    """
    left = [at for at, item in enumerate(items) if not item.is_borderline]
    verdicts = []
    for span in predicted:
        hit = next((at for at in left if _hits(span, items[at])), None)
        if hit is not None:
            left.remove(hit)
            verdicts.append(Verdict.RIGHT)
        elif any(_hits(span, item) for item in items):
            verdicts.append(Verdict.NEITHER)
        else:
            is_trapped = any(is_match(span, trap) for trap in traps)
            verdicts.append(Verdict.TRAPPED if is_trapped else Verdict.WRONG)
    return Matched(tuple(verdicts), tuple(left))


def _hits(span: Span, item: Item) -> bool:
    return any(is_match(span, label) for label in item.spans)
