"""Cues to utterances: who speaks, told by voice tags, by metadata or by the text itself."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from schemas.source import Utterance
from service.errors import Malformed
from service.intake import labels, markup, strict_json
from service.intake.captions.cues import Cue
from service.intake.labels import Labelled

_BRACKETS = re.compile(r"\[([^\[\]\n]{1,60})\]\s{1,5}(?=\S)")
_PARENTHESES = re.compile(r"\(([^()\n]{1,60})\)[ \t]{0,5}\n")
_OPENERS = ("- ", "\u2013 ", ">> ")
_DIALOGUE = 2
_ROLLING_SHARE = 0.3
_ROLLING_CUES = 3


class _Piece(NamedTuple):
    cue: Cue
    speaker: str | None
    text: str


def utterances(cues: Iterable[Cue]) -> tuple[Utterance, ...]:
    """One utterance a voice of a cue, sorted by start."""
    found = [piece for cue in _without_rolling(list(cues)) for piece in _pieces(cue)]
    named = _named_in_text([piece for piece in found if piece.speaker is None])
    spoken = [
        Utterance(text=text, speaker=speaker, start_s=cue.start_s, end_s=cue.end_s)
        for cue, speaker, text in (named.get(id(piece), piece) for piece in found)
        if text
    ]
    return tuple(sorted(spoken, key=lambda one: one.start_s or 0.0))


def _pieces(cue: Cue) -> Iterator[_Piece]:
    text = "\n".join(line.strip() for line in cue.lines if line.strip())
    if spoken := _metadata(text):
        yield _Piece(cue, spoken.label or None, spoken.text)
        return
    for voice in markup.voices(text):
        words = markup.plain(voice.text)
        lines = words.split("\n")
        apart = voice.name is None and _is_labelled_dialogue(lines)
        for part in lines if apart else [words]:
            if part:
                yield _Piece(cue, voice.name, part if _is_dialogue(lines) else _one_line(part))


def _one_line(text: str) -> str:
    """Line breaks of captions are layout, but `(Name)` on a line of its own is a label."""
    head = _PARENTHESES.match(text)
    at = head.end() if head else 0
    return text[:at] + text[at:].replace("\n", " ")


def _metadata(text: str) -> Labelled | None:
    """The cue of a Teams metadata file: JSON with `speakerName` and `spokenText`."""
    if not text.startswith("{") or '"spokenText"' not in text:
        return None
    try:
        value = strict_json.loads(text)
    except Malformed:
        return None  # then it is what it looks like: text with braces
    spoken = value.get("spokenText") if isinstance(value, dict) else None
    speaker = value.get("speakerName") if isinstance(value, dict) else None
    if not isinstance(spoken, str):
        return None
    return Labelled(speaker if isinstance(speaker, str) else "", spoken.strip())


def _is_dialogue(lines: list[str]) -> bool:
    return sum(line.startswith(_OPENERS) for line in lines) >= _DIALOGUE


def _is_labelled_dialogue(lines: list[str]) -> bool:
    return _is_dialogue(lines) and all(_colon(line) for line in lines)


def _colon(text: str) -> Labelled | None:
    for opener in _OPENERS:
        text = text.removeprefix(opener)
    return labels.split(text)


def _bracket(text: str) -> Labelled | None:
    return _enclosed(_BRACKETS, text)


def _parenthesis(text: str) -> Labelled | None:
    return _enclosed(_PARENTHESES, text)


def _enclosed(pattern: re.Pattern[str], text: str) -> Labelled | None:
    found = pattern.match(text)
    if not found or not labels.may_speak(found[1].strip()):
        return None
    return Labelled(found[1].strip(), text[found.end() :].strip())


def _named_in_text(pieces: list[_Piece]) -> dict[int, _Piece]:
    """The pieces whose text names its speaker, by identity. Brackets need most cues to agree."""
    for form, share in ((_colon, 0.0), (_bracket, 0.5), (_parenthesis, 0.5)):
        named = _by_form(pieces, form)
        if named and len(named) >= share * len(pieces):
            return named
    return {}


def _by_form(pieces: list[_Piece], form: Callable[[str], Labelled | None]) -> dict[int, _Piece]:
    found = [(piece, form(piece.text)) for piece in pieces]
    accepted = labels.speakers(split.label if split else None for _, split in found)
    return {
        id(piece): piece._replace(speaker=split.label, text=split.text)
        for piece, split in found
        if split and split.label in accepted
    }


def _without_rolling(cues: list[Cue]) -> list[Cue]:
    """Captions that roll repeat the line before on top of the new one: keep the new one."""
    lines = [[line.strip() for line in cue.lines if line.strip()] for cue in cues]
    before = [[], *lines[:-1]] if lines else []
    rolls = [
        bool(old) and len(new) > 1 and new[0] == old[-1]
        for old, new in zip(before, lines, strict=True)
    ]
    if sum(rolls) < max(_ROLLING_CUES, _ROLLING_SHARE * len(cues)):
        return cues
    return [
        cue._replace(lines=tuple(new[1:] if old and new[:1] == old[-1:] else new))
        for cue, old, new in zip(cues, before, lines, strict=True)
    ]
