from collections.abc import Sequence
from dataclasses import dataclass

from schemas.source import Turn
from service.retrieve.sizes import grouped, word_count


@dataclass(frozen=True)
class Block:
    """Consecutive whole turns: what is one hit of a search."""

    number: int
    turns: tuple[Turn, ...]


def blocks(turns: Sequence[Turn]) -> tuple[Block, ...]:
    """Partition turns, in their order; a turn too long for one window is a block of its own."""
    parts = grouped(turns, words_of=lambda turn: word_count(said(turn, turn.text)))
    return tuple(Block(number, tuple(part)) for number, part in enumerate(parts))


def said(turn: Turn, text: str) -> str:
    """Put the speaker in front of the words."""
    return f"{turn.speaker}: {text}" if turn.speaker else text
