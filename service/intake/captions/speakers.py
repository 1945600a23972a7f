"""Cues to utterances: who speaks, told by voice tags, by metadata, or by `naming`."""

import re
from collections.abc import Iterable, Iterator

from schemas.source import Utterance
from service.intake import markup
from service.intake.captions import metadata, naming
from service.intake.captions.cues import Cue
from service.intake.captions.naming import Piece
from service.intake.captions.rolling import without_repeats

_IN_IDENTIFIER = re.compile(
    r'(?:[0-9]{1,9}[ \t]{1,5})?"([^"\n]{1,200})"(?:[ \t]{0,5}\([^()\n]{0,100}\))?'
)
"""`1 "Dana Okafor" (1234)`, as Webex writes above the times."""


def utterances(cues: Iterable[Cue]) -> tuple[Utterance, ...]:
    """One utterance a voice of a cue, sorted by start."""
    found = [piece for cue in without_repeats(list(cues)) for piece in _pieces(cue)]
    spoken = [
        Utterance(text=text, speaker=one.speaker, start_s=one.cue.start_s, end_s=one.cue.end_s)
        for one in naming.named(found)
        if (text := _laid_out(one.text))
    ]
    return tuple(sorted(spoken, key=lambda one: one.start_s or 0.0))


def _pieces(cue: Cue) -> Iterator[Piece]:
    text = "\n".join(filter(None, cue.lines))
    if spoken := metadata.spoken(text):
        yield Piece(cue, spoken.speaker, spoken.text)
        return
    above = _IN_IDENTIFIER.fullmatch(cue.identifier) if '"' in cue.identifier else None
    if not above and "\n" not in text and "<" not in text:  # as most cues of a long call are
        if words := markup.plain(text):
            yield Piece(cue, None, words)
        return
    for voice in markup.voices(text):
        speaker = voice.name or (above[1].strip() if above else None)
        for part in _parts(markup.plain(voice.text), is_named=speaker is not None):
            yield Piece(cue, speaker, part)


def _parts(words: str, *, is_named: bool) -> list[str]:
    """Two who answer each other in one cue, each with a label, are two pieces."""
    lines = words.split("\n")
    if not is_named and naming.is_labelled_dialogue(lines):
        return lines
    return [words] if words else []


def _laid_out(text: str) -> str:
    """Line breaks of captions are layout, but for two who answer each other."""
    return text if naming.is_dialogue(text.split("\n")) else text.replace("\n", " ").strip()
