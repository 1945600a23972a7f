"""The same thing said again within a source: the most complete wording is kept."""

import re
from collections import deque

from schemas.claim import Draft
from service.extract.local.acts import TYPOGRAPHY

RECENT = 48
"""How many drafts of a field a new one is compared with: linear for a source of any length."""
SAME = 0.75
"""Share of the shorter one's content words that the other has to have."""
LEAST = 3
"""Content words under which two wordings are never called the same."""

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
EMPTY_WORDS = (
    "a an and are as at be but by can for from have i i'll i'm in is it it's of on or our so that "
    "the then there they this to we we'll we're will with you your just also really okay well up "
    "over right now get"
)
EMPTY = frozenset(EMPTY_WORDS.split())
"""Words that two different things share."""


def without_repeats(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """In the order of the source, each thing once; a date that moved is another thing."""
    kept: dict[int, Draft] = {}
    recent: dict[str, deque[tuple[int, frozenset[str]]]] = {}
    for at, draft in enumerate(drafts):
        words = _content(draft.quote)
        earlier = recent.setdefault(draft.field, deque(maxlen=RECENT))
        twin = next(
            (place for place, said in earlier if _is_same(said, words, kept[place], draft)), None
        )
        if twin is None:
            kept[at] = draft
            earlier.append((at, words))
        else:
            kept[twin] = max(kept[twin], draft, key=_completeness)
    return tuple(sorted(kept.values(), key=lambda draft: draft.turn))


def _is_same(said: frozenset[str], words: frozenset[str], earlier: Draft, draft: Draft) -> bool:
    if earlier.due_text and draft.due_text and earlier.due_text.lower() != draft.due_text.lower():
        return False
    least = min(len(said), len(words))
    return least >= LEAST and len(said & words) >= SAME * least


def _content(quote: str) -> frozenset[str]:
    return frozenset(WORD.findall(quote.translate(TYPOGRAPHY).lower())) - EMPTY


def _completeness(draft: Draft) -> tuple[bool, int]:
    return draft.due_text is not None, len(draft.quote)
