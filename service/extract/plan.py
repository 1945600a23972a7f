"""How a source is put to a model: which turns, in which windows, and with how long a reply."""

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from prompts.render import Prompt
from prompts.tokens import estimate
from prompts.turns import numbered
from schemas.source import Turn
from service.extract.windows import OVERLAP, Window, cost_of, cut_windows

REPLY_SHARE: Final = 0.15
"""Of the tokens that go in, what may come out."""
LEAST_REPLY: Final = 1_000
"""Of a short mail nearly every sentence may be an item."""
SCHEMA: Final = 600
"""Tokens of the schema, which some ways of asking put beside the prompt."""
SURE: Final = 0.85
"""Of the room that is left, what is used: tokens are guessed."""
BEFORE_TOKENS: Final = 600
"""Of turns that are read already, what is shown again for what was said right before."""


def window_budget(prompt: Prompt, *, context_tokens: int) -> int:
    """Tokens of turns that a window may have, so that prompt and reply fit together."""
    room = min(context_tokens - LEAST_REPLY, context_tokens / (1 + REPLY_SHARE))
    return int(room * SURE) - estimate(prompt.system) - estimate(prompt.data) - SCHEMA


def most_reply(tokens_in: int) -> int:
    """The cap of the reply, in tokens."""
    return max(LEAST_REPLY, int(tokens_in * REPLY_SHARE))


def plan(
    turns: Sequence[Turn], unread: AbstractSet[int], *, budget_tokens: int
) -> tuple[Window, ...]:
    """One window where that fits; more than one share turns with their neighbours."""
    cut = cut_windows(_shown(turns, unread), budget_tokens=budget_tokens)
    return tuple(window for window in cut if not unread.isdisjoint(window.numbers))


def _shown(turns: Sequence[Turn], unread: AbstractSet[int]) -> list[Turn]:
    """The unread turns, each stretch of them with a little of what came before it."""
    keep = [turn.turn in unread for turn in turns]
    for at in range(1, len(turns)):
        if keep[at] and turns[at].turn in unread and not keep[at - 1]:
            _keep_before(turns, keep, at)
    return [turn for turn, is_kept in zip(turns, keep, strict=True) if is_kept]


def _keep_before(turns: Sequence[Turn], keep: list[bool], at: int) -> None:
    spent = 0
    for before in range(at - 1, max(-1, at - 1 - OVERLAP), -1):
        spent += cost_of(turns[before])
        if keep[before] or spent > BEFORE_TOKENS:
            return
        keep[before] = True


def recipe(window: Window, prompt: Prompt, *, model: str) -> bytes:
    """The same for the same question to the same model: what was answered needs no asking."""
    asked = (model, prompt.version, numbered(window.turns))
    return hashlib.sha256("\0".join(asked).encode("utf-8", "surrogatepass")).digest()
