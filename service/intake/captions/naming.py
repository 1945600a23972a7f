"""Who speaks, where only the text of the cues tells: the forms in which tools write a name."""

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from service.intake import labels
from service.intake.captions.cues import Cue
from service.intake.labels import Labelled

_BRACKETS = re.compile(r"\[([^\[\]\n]{1,60})\]\s{1,5}(?=\S)")
_PARENTHESES = re.compile(r"\(([^()\n]{1,60})\)[ \t]{0,5}\n")
_OPENERS = ("- ", "\u2013 ", ">> ")
_DIALOGUE = 2
_RECURS = 2
_PROSE_ENDS = (".", ",", "?", "!", "\u2026")


class Piece(NamedTuple):
    """What one voice says in a cue, line breaks as they stand."""

    cue: Cue
    speaker: str | None
    text: str


class _Form(NamedTuple):
    """A way to write a name, and the share of pieces that must agree for it to count."""

    split: Callable[[str], Labelled | None]
    share: float
    accepted: Callable[[list[str | None]], frozenset[str]] = labels.speakers


def named(pieces: list[Piece]) -> list[Piece]:
    """The pieces with the names that the first form that fits finds in their text."""
    unnamed = [piece for piece in pieces if piece.speaker is None]
    for form in _FORMS:
        found = _by_form(unnamed, form)
        if found and len(found) >= form.share * len(unnamed):
            return [found.get(id(piece), piece) for piece in pieces]
    return pieces


def _by_form(pieces: list[Piece], form: _Form) -> dict[int, Piece]:
    found = [(piece, form.split(piece.text)) for piece in pieces]
    accepted = form.accepted([split.label if split else None for _, split in found])
    return {
        id(piece): Piece(piece.cue, split.label, split.text)
        for piece, split in found
        if split and split.label in accepted
    }


def is_dialogue(lines: list[str]) -> bool:
    """Two lines of one cue that open as an answer does: `- Hi.`."""
    return len(lines) > 1 and len([1 for line in lines if line.startswith(_OPENERS)]) >= _DIALOGUE


def is_labelled_dialogue(lines: list[str]) -> bool:
    """The same, with a name in each line."""
    return is_dialogue(lines) and all(_colon(line) for line in lines)


def _colon(text: str) -> Labelled | None:
    if text.startswith(_OPENERS):
        for opener in _OPENERS:
            text = text.removeprefix(opener)
    found = labels.split(text)
    return None if found is None or "\n" in found.label else found


def _bracket(text: str) -> Labelled | None:
    return _enclosed(_BRACKETS, text)


def _parenthesis(text: str) -> Labelled | None:
    return _enclosed(_PARENTHESES, text)


def _enclosed(pattern: re.Pattern[str], text: str) -> Labelled | None:
    found = pattern.match(text)
    return _labelled(found[1], text[found.end() :]) if found else None


def _line_above(text: str) -> Labelled | None:
    """The name alone in the first line of the cue, as old Teams documents have it."""
    line, _, rest = text.partition("\n")
    return _labelled(line, rest) if rest and not line.endswith(_PROSE_ENDS) else None


def _labelled(label: str, text: str) -> Labelled | None:
    label = label.strip()
    return Labelled(label, text.strip()) if labels.may_speak(label) else None


def _names_that_recur(found: list[str | None]) -> frozenset[str]:
    """A first line that is said again and again as it stands is a name, and no half sentence."""
    counts = Counter(label for label in found if label)
    return frozenset(
        label
        for label, times in counts.items()
        if times >= _RECURS and ":" not in label and labels.reads_as_name(label)
    )


_FORMS = (
    _Form(_colon, 0.0),
    _Form(_bracket, 0.5),
    _Form(_parenthesis, 0.5),
    _Form(_line_above, 0.8, _names_that_recur),
)
"""`Name: text`; `[Name] text`; `(Name)` above the text; `Name` above the text."""
