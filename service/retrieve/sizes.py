import re
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

ENOUGH_WORDS = 100
"""A group that has them is closed."""

MAX_WORDS = 150
"""Of one window: some 200 tokens of English, so that head and words fit the embedder's 256."""

SHORT_WORDS = 30
"""What is left with fewer ("Yes.", "Right, thanks.") embeds to noise and joins a neighbour."""

STRETCHED_WORDS = MAX_WORDS + SHORT_WORDS

WORD = re.compile(r"\S{1,100}")
CHARACTERS_A_WORD = 10
"""A longer run of Latin letters or digits has several tokens and counts as several words."""

FOREIGN_CHARACTERS_A_WORD = 2
"""The embedder reads other scripts nearly letter by letter."""

LAST_LATIN = "\N{LATIN SMALL LETTER EZH WITH CARON}"

T = TypeVar("T")


def word_count(text: str) -> int:
    """Count words as the embedder feels them: a run without spaces counts by its length."""
    return sum(_words_in_run(match.group()) for match in WORD.finditer(text))


def _words_in_run(run: str) -> int:
    is_latin = run.isascii() or max(run) <= LAST_LATIN
    return -(-len(run) // (CHARACTERS_A_WORD if is_latin else FOREIGN_CHARACTERS_A_WORD))


class Group(Generic[T]):
    """Neighbours that stand together, and their words."""

    def __init__(self) -> None:
        self.items: list[T] = []
        self.words = 0

    def add(self, items: Iterable[T], words: int) -> None:
        """Put more at the end."""
        self.items.extend(items)
        self.words += words


def grouped(items: Iterable[T], *, words_of: Callable[[T], int]) -> list[list[T]]:
    """Partition neighbours into groups of about a hundred words; a large item stands alone."""
    joined: list[Group[T]] = []
    for group in _by_size(items, words_of):
        if joined and _may_join(joined[-1].words, group.words):
            joined[-1].add(group.items, group.words)
        else:
            joined.append(group)
    return [group.items for group in joined]


def _by_size(items: Iterable[T], words_of: Callable[[T], int]) -> Iterator[Group[T]]:
    group: Group[T] = Group()
    for item in items:
        words = words_of(item)
        is_full = group.words >= ENOUGH_WORDS or group.words + words > MAX_WORDS
        if group.items and is_full:
            yield group
            group = Group()
        group.add([item], words)
    if group.items:
        yield group


def _may_join(before: int, after: int) -> bool:
    return min(before, after) < SHORT_WORDS and before + after <= STRETCHED_WORDS
