"""Turns of Google Meet that an interjection has cut in two."""

from collections.abc import Iterable
from dataclasses import replace

from schemas.source import Utterance

_COMPLETES_WORDS = 2
_INTERJECTS_WORDS = 3
_ENDS = (".", "?", "!", '"', "\u201d", "\u3002", ":")


def without_cuts(spoken: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """`That is due in April` - `Um,` - `15.`: the end goes back to its sentence, the rest stays."""
    kept: list[Utterance] = []
    for one in spoken:
        if len(kept) > 1 and _completes(kept[-2], kept[-1], one):
            kept[-2] = replace(kept[-2], text=f"{kept[-2].text} {one.text}")
        else:
            kept.append(one)
    return tuple(kept)


def _completes(cut: Utterance, interjection: Utterance, one: Utterance) -> bool:
    return (
        one.speaker == cut.speaker != interjection.speaker
        and not cut.text.endswith(_ENDS)
        and not _is_short(cut, _INTERJECTS_WORDS)
        and _is_short(one, _COMPLETES_WORDS)
        and _is_short(interjection, _INTERJECTS_WORDS)
    )


def _is_short(one: Utterance, words: int) -> bool:
    return len(one.text.split(maxsplit=words)) <= words
