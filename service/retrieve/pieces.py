from collections.abc import Iterator
from typing import NamedTuple

from service.retrieve.sizes import STRETCHED_WORDS, WORD, grouped, word_count

SENTENCE_ENDS = tuple(".!?;:\N{HORIZONTAL ELLIPSIS}\N{IDEOGRAPHIC FULL STOP}")
LONGEST_SENTENCE = 50
"""Words; talk that a machine wrote down may have no full stop at all."""


class Piece(NamedTuple):
    """A part of one text: code points, end exclusive."""

    start: int
    end: int


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a text into pieces that each fit one window, at ends of sentences where it has any."""
    if word_count(text) <= STRETCHED_WORDS:
        return (Piece(0, len(text)),)
    parts = grouped(_sentences(text), words_of=lambda piece: word_count(text[slice(*piece)]))
    return tuple(Piece(part[0].start, part[-1].end) for part in parts)


def _sentences(text: str) -> Iterator[Piece]:
    start = words = end = 0
    for match in WORD.finditer(text):
        start = match.start() if words == 0 else start
        end = match.end()
        words += word_count(match.group())
        if match.group().endswith(SENTENCE_ENDS) or words >= LONGEST_SENTENCE:
            yield Piece(start, end)
            words = 0
    if words:
        yield Piece(start, end)
