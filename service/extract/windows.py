"""Windows of whole turns for a model that cannot take a source at once, and drafts of many as one.

Neighbours share turns, so that a question and its answer stand together in one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from prompts.tokens import estimate
from prompts.turns import LINE_TOKENS
from schemas.claim import Draft
from schemas.source import Turn
from service.extract.tokens import tokens_of

OVERLAP: Final = 4
"""Turns that a window repeats of the one before it."""
SHARE: Final = 4
"""Of this many turns of a half, the next half repeats one at most: halves must shrink."""


class Indivisible(Exception):
    """A window of one turn has no halves."""


@dataclass(frozen=True, slots=True)
class Window:
    """Turns that are read in one call; never a part of one."""

    turns: tuple[Turn, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The stored numbers of its turns."""
        return tuple(turn.turn for turn in self.turns)


def cut_windows(
    turns: Sequence[Turn], *, budget_tokens: int, overlap_turns: int = OVERLAP
) -> tuple[Window, ...]:
    """As few windows as fit the budget, in order; a turn over the budget stands alone."""
    costs = [cost_of(turn) for turn in turns]
    windows: list[Window] = []
    first = end = 0
    while end < len(turns):
        first = _start(costs, end, budget=budget_tokens, overlap=overlap_turns if end else 0)
        end = _end(costs, first, end, budget=budget_tokens)
        windows.append(Window(tuple(turns[first:end])))
    return tuple(windows)


def cost_of(turn: Turn) -> int:
    """Tokens of a turn with its number and speaker."""
    return estimate(turn.text) + LINE_TOKENS


def _start(costs: Sequence[int], fresh: int, *, budget: int, overlap: int) -> int:
    """Where a window starts whose first new turn is `fresh`: as far back as both fit."""
    first, spent = fresh, costs[fresh]
    while first > max(0, fresh - overlap) and spent + costs[first - 1] <= budget:
        first -= 1
        spent += costs[first]
    return first


def _end(costs: Sequence[int], first: int, fresh: int, *, budget: int) -> int:
    end, spent = fresh + 1, sum(costs[first : fresh + 1])
    while end < len(costs) and spent + costs[end] <= budget:
        spent += costs[end]
        end += 1
    return end


def split(window: Window, *, overlap_turns: int = OVERLAP) -> tuple[Window, Window]:
    """Two smaller windows for one whose reply was cut off or that was too long."""
    size = len(window.turns)
    if size < 2:  # noqa: PLR2004 - one turn, which is never cut
        raise Indivisible(f"turn {window.numbers} cannot be split")
    half = size // 2
    shared = min(overlap_turns, half // SHARE)
    return Window(window.turns[:half]), Window(window.turns[half - shared :])


def merge(windows: Iterable[Sequence[Draft]]) -> tuple[Draft, ...]:
    """The drafts of all windows in order; what two of them found in a shared turn stands once.

    The same field, turn and words of the quote are one thing, and the longer statement stays. A
    quote inside a longer one is kept: only the gate knows which of the two is really there.
    """
    kept: dict[tuple[str, int, str], Draft] = {}
    for draft in (draft for drafts in windows for draft in drafts):
        key = (draft.field, draft.turn, tokens_of(draft.quote).joined)
        if key not in kept or len(draft.statement) > len(kept[key].statement):
            kept[key] = draft
    return tuple(kept.values())
