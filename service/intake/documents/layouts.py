"""Plain text transcripts: the layouts people and tools write, and which one a file follows."""

import re
from collections.abc import Callable
from typing import NamedTuple

from schemas.source import Kind, Parsed
from service.errors import FormatUnknown
from service.intake import clock, labels
from service.intake.clock import TIME
from service.intake.content import Content
from service.intake.documents import colon_layout, entries
from service.intake.documents.entries import Head
from service.intake.lines import LINE_HEAD, plain_head

NAME = "transcript"
MIN_ENTRIES = 3
_COVERED = 0.5
_NEARLY = 0.8
_SAMPLE_LINES = 3_000

_WHO = r"(?P<name>[^\s\[\](){}:*#>|][^\n:]{0,79}?)"
_WHEN = rf"(?P<time>{TIME})"
_IN_BRACKETS = rf"[\[(]{_WHEN}[\])]"
_COLON = r"(?::(?=\s|$)|\uff1a)"


class Layout(NamedTuple):
    """A way to write who speaks."""

    example: str
    heads: Callable[[list[str]], list[Head]]


def _timed(example: str, pattern: str) -> Layout:
    """A layout whose lines carry a time: the time vouches for the name."""
    compiled = re.compile(pattern)
    return Layout(example, lambda lines: _timed_heads(lines, compiled))


def _timed_heads(lines: list[str], pattern: re.Pattern[str]) -> list[Head]:
    found = []
    for at, raw in enumerate(lines):
        if not (line := plain_head(raw)):
            continue
        match = pattern.match(line[:LINE_HEAD])
        if match and labels.may_speak(name := match["name"].strip()):
            text = line[match.end() :].strip()
            found.append(Head(at, name, clock.seconds(match["time"]), text))
    return found


LAYOUTS = (
    _timed(
        "[00:00:12] Name: text", rf"{_IN_BRACKETS}\s{{0,3}}(?:[-\u2013]\s{{0,3}})?{_WHO}\s?{_COLON}"
    ),
    _timed("00:00:12 Name: text", rf"{_WHEN}\s{{1,3}}(?:[-\u2013|]\s{{0,3}})?{_WHO}\s?{_COLON}"),
    _timed("Name (00:12): text", rf"{_WHO}\s{{0,3}}{_IN_BRACKETS}\s?{_COLON}"),
    _timed("Name: [00:00:12] text", rf"{_WHO}\s?{_COLON}\s{{0,3}}{_IN_BRACKETS}"),
    _timed("Name (00:00:12)", rf"{_WHO}\s{{1,3}}{_IN_BRACKETS}$"),
    _timed("Name  0:05", rf"{_WHO}(?:\s{{2,9}}|\t){_WHEN}$"),
    Layout("Name: text", colon_layout.heads),
)
"""In the order of trust: of two layouts with as many entries the first counts."""


def fits(content: Content) -> bool:
    """A layout opens at least three entries near the top, and they hold most of the text there."""
    return not content.is_json and _layout(content.lines) is not None


def read(content: Content) -> Parsed:
    """An utterance an entry; what is outside the talk is counted in a notice."""
    layout = _layout(content.lines)
    if layout is None:
        raise FormatUnknown("No layout of a transcript fits this text.", field="file")
    heads = _with_untimed(content.lines, layout.heads(content.lines))
    found = entries.build(content.lines, heads)
    return Parsed(
        kind=Kind.CALL,
        format=NAME,
        utterances=found.utterances,
        title=_title(content.lines[: heads[0].line]),
        notices=entries.notices(found),
    )


def _layout(lines: list[str]) -> Layout | None:
    """The layout with the most entries; a timed one wins although some lines have no time."""
    sample = lines[:_SAMPLE_LINES]
    found = [(layout, layout.heads(sample)) for layout in LAYOUTS]
    enough = max(MIN_ENTRIES, _NEARLY * max(len(heads) for _, heads in found))
    for layout, heads in found:
        if len(heads) >= enough:
            return layout if _covers(sample, _with_untimed(sample, heads)) else None
    return None


def _with_untimed(lines: list[str], heads: list[Head]) -> list[Head]:
    """A known speaker on a line without a time must not end up in the words of somebody else."""
    speakers = frozenset(head.speaker for head in heads)
    by_line = {head.line: head for head in colon_layout.heads_of(lines, speakers)}
    by_line |= {head.line: head for head in heads}
    return [by_line[at] for at in sorted(by_line)]


def _covers(lines: list[str], heads: list[Head]) -> bool:
    found = entries.build(lines, heads)
    filled = sum(bool(line.strip()) for line in lines)
    return filled - found.lines_outside >= _COVERED * filled


def _title(lines: list[str]) -> str | None:
    """The first heading above the talk."""
    found = (line.strip()[:LINE_HEAD].lstrip("# ") for line in lines if line.startswith("#"))
    return next(found, None)
