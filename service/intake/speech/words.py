"""Timed words to utterances: a sentence each, so that a speaker's pause can part two turns."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schemas.source import Utterance
from service.intake.turns import PAUSE_S

_LONGEST = 1_000
"""Code points after which words without any punctuation are parted."""

_ENDS = (".", "?", "!", "\u2026")
_FULL_WIDTH_ENDS = ("\u3002", "\uff1f", "\uff01")
_UNSPACED = (("\u0e00", "\u0eff"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff"))
"""Scripts whose words stand without a space between them: Thai, Lao, kana, Han."""


class Word(NamedTuple):
    """A word with the punctuation and the space that follow it."""

    text: str
    speaker: str | None = None
    start_s: float | None = None
    end_s: float | None = None


def spaced(word: str, following: str) -> str:
    """The word with a space behind it, unless both are of an unspaced script."""
    joint = "" if _is_unspaced(word[-1:]) and _is_unspaced(following[:1]) else " "
    return word + joint


def _is_unspaced(char: str) -> bool:
    return any(first <= char <= last for first, last in _UNSPACED)


def sentences(words: Iterable[Word]) -> Iterator[Utterance]:
    """Words of one speaker up to the end of a sentence, or to a pause."""
    group: list[Word] = []
    size = 0
    for word in words:
        if group and (_parts(group[-1], word) or size > _LONGEST):
            yield _utterance(group)
            group, size = [], 0
        group.append(word)
        size += len(word.text)
    if group:
        yield _utterance(group)


def _parts(before: Word, word: Word) -> bool:
    return before.speaker != word.speaker or _ends(before.text) or _pauses(before, word)


def _ends(text: str) -> bool:
    said = text.rstrip()
    return said.endswith(_FULL_WIDTH_ENDS) or (said != text and said.endswith(_ENDS))


def _pauses(before: Word, word: Word) -> bool:
    if before.end_s is None or word.start_s is None:
        return False
    return word.start_s - before.end_s >= PAUSE_S


def _utterance(group: list[Word]) -> Utterance:
    """From its first word to its last; where one of them has no time, none is made up."""
    return Utterance(
        text="".join(word.text for word in group).strip(),
        speaker=group[0].speaker,
        start_s=group[0].start_s,
        end_s=group[-1].end_s,
    )
