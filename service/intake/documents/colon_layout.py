"""`Name: text`, where nothing but the label itself says that somebody speaks."""

from collections import Counter
from itertools import takewhile

from service.intake import labels
from service.intake.documents import entries
from service.intake.documents.entries import Head
from service.intake.labels import Labelled
from service.intake.lines import plain_head, time_alone

_RECURS = 2
_SHARE_OF_LINES = 0.15
_SHARE_AFTER_BLANK = 0.8
_SENTENCE_ENDS = (".", "?", "!", "\u2026", '"', "\u201d", "\u3002", "-", "\u2014")

_Found = dict[int, Labelled]


def heads(lines: list[str]) -> list[Head]:
    """The lines that open an entry; none where no label recurs, as in a form or a contract."""
    found = {
        at: split for at, line in enumerate(lines) if (split := labels.split(plain_head(line)))
    }
    counts = Counter(split.label for split in found.values())
    sure = {at: split for at, split in found.items() if counts[split.label] >= _RECURS}
    filled = sum(bool(line.strip()) for line in lines)
    if len(sure) < max(_RECURS, _SHARE_OF_LINES * filled):
        return []
    once = {at: split for at, split in found.items() if at not in sure}
    opened = sure | _said_once(lines, sure, once)
    return _heads(lines, opened)


def heads_of(lines: list[str], speakers: frozenset[str]) -> list[Head]:
    """The lines that open an entry of one of these speakers."""
    found = {at: labels.split(plain_head(line)) for at, line in enumerate(lines)}
    opened = {at: split for at, split in found.items() if split and split.label in speakers}
    return _heads(lines, opened)


def _said_once(lines: list[str], sure: _Found, once: _Found) -> _Found:
    """Who speaks once: inside the talk by name, at its two ends by name and a whole sentence."""
    named = {at: split for at, split in once.items() if labels.reads_as_name(split.label)}
    if _opens_paragraphs(lines, sure):
        named = {at: split for at, split in named.items() if _after_blank(lines, at)}
    first, last = min(sure), max(sure)
    inside = {at: split for at, split in named.items() if first < at < last}
    above = takewhile(lambda at: _joins(lines, at, named), range(first - 1, -1, -1))
    below = takewhile(lambda at: not entries.breaks(lines[at].strip()), range(last + 1, len(lines)))
    edge = {at: named[at] for at in (*above, *below) if at in named}
    return inside | {at: split for at, split in edge.items() if _is_sentence(split.text)}


def _joins(lines: list[str], at: int, named: _Found) -> bool:
    """Whether the talk may reach up to here: nothing but blanks and named sentences."""
    return not lines[at].strip() or (at in named and _is_sentence(named[at].text))


def _is_sentence(text: str) -> bool:
    return text.endswith(_SENTENCE_ENDS)


def _opens_paragraphs(lines: list[str], sure: _Found) -> bool:
    return sum(_after_blank(lines, at) for at in sure) >= _SHARE_AFTER_BLANK * len(sure)


def _after_blank(lines: list[str], at: int) -> bool:
    return at == 0 or not lines[at - 1].strip()


def _heads(lines: list[str], opened: _Found) -> list[Head]:
    times = {at: found for at, line in enumerate(lines) if (found := time_alone(line)) is not None}
    return [
        Head(at, opened[at].label, _time_above(lines, at, times), opened[at].text)
        for at in sorted(opened)
    ]


def _time_above(lines: list[str], at: int, times: dict[int, float]) -> float | None:
    """The time on a line of its own right above an entry, blank lines between them or not."""
    if not times:
        return None
    above = next((up for up in range(at - 1, max(-1, at - 5), -1) if lines[up].strip()), -1)
    return times.get(above)
