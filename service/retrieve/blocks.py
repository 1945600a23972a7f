from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from schemas.source import Turn
from service.retrieve.sizes import grouped, word_count


@dataclass(frozen=True)
class Block:
    """Consecutive whole turns: what is one hit of a search."""

    number: int
    turns: tuple[Turn, ...]


def blocks(turns: Sequence[Turn]) -> tuple[Block, ...]:
    """Partition turns, in their order; a turn too long for one window is a block of its own.

    A quote whose message has come is in no block: its words would be found twice.
    """
    parts = [part for run in _runs(turns) for part in grouped(run, words_of=_word_count)]
    return tuple(Block(number, tuple(part)) for number, part in enumerate(parts))


def _runs(turns: Sequence[Turn]) -> Iterator[list[Turn]]:
    by_copy = groupby(turns, key=lambda turn: turn.duplicate_of is not None)
    return (list(run) for is_copy, run in by_copy if not is_copy)


def _word_count(turn: Turn) -> int:
    return word_count(said(turn, turn.text))


def said(turn: Turn, text: str) -> str:
    """Put the speaker in front of the words."""
    return f"{turn.speaker}: {text}" if turn.speaker else text
