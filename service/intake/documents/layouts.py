"""The layouts in which people and tools write a talk down, and which one a text follows."""

import re
from collections.abc import Callable
from typing import NamedTuple

from service.intake import clock, labels
from service.intake.clock import TIME
from service.intake.documents import colon_layout, entries, stacked_layout
from service.intake.documents.entries import Entries, Head
from service.intake.lines import LINE_HEAD, plain_head, time_alone
from service.intake.turns import refuse_many

MIN_ENTRIES = 3
_COVERED = 0.5
_NEARLY = 0.8
_WITH_WORDS = 0.5
_SAMPLE_LINES = 3_000

_WHO = r"(?P<name>[^\s\[\](){}:*#>|][^\n:]{0,79}?)"
_WHEN = rf"(?P<time>{TIME})"
_IN_BRACKETS = rf"[\[(]{_WHEN}[\])]"
_COLON = r"(?::(?=\s|$)|\uff1a)"
_DASH = r"[-\u2013\u2014|]"


class Layout(NamedTuple):
    """A way to write who speaks."""

    example: str
    heads: Callable[[list[str]], list[Head]]
    stands_alone: bool = False
    """Name and time have a line of their own; a time without a name is somebody unknown."""


class Talk(NamedTuple):
    """What is said in a text, and the line where it begins."""

    entries: Entries
    first_line: int


def _timed(example: str, pattern: str, *, stands_alone: bool = False) -> Layout:
    """A layout whose lines carry a time: the time vouches for the name."""
    compiled = re.compile(pattern + "$" if stands_alone else pattern)
    return Layout(example, lambda lines: _timed_heads(lines, compiled), stands_alone)


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
        "[00:00:12] Name: text", rf"{_IN_BRACKETS}\s{{0,3}}(?:{_DASH}\s{{0,3}})?{_WHO}\s?{_COLON}"
    ),
    _timed("00:00:12 Name: text", rf"{_WHEN}\s{{1,3}}(?:{_DASH}\s{{0,3}})?{_WHO}\s?{_COLON}"),
    _timed("Name (00:12): text", rf"{_WHO}\s{{0,3}}{_IN_BRACKETS}\s?{_COLON}"),
    _timed("Name: [00:00:12] text", rf"{_WHO}\s?{_COLON}\s{{0,3}}{_IN_BRACKETS}"),
    _timed("Name (00:00:12)", rf"{_WHO}\s{{1,3}}{_IN_BRACKETS}", stands_alone=True),
    _timed("Name  0:05", rf"{_WHO}(?:\s{{2,9}}|\t){_WHEN}", stands_alone=True),
    _timed("0:05 - Name", rf"{_WHEN}\s{{1,3}}{_DASH}\s{{1,3}}{_WHO}", stands_alone=True),
    Layout("0:05, then Name, then text", stacked_layout.heads),
    Layout("Name: text", colon_layout.heads),
)
"""In the order of trust: of two layouts with as many entries the first counts."""


def has_talk(lines: list[str], *, is_vouched_for: bool = False) -> bool:
    """Whether `find_talk` finds one."""
    return _layout(lines, is_vouched_for) is not None


def find_talk(lines: list[str], *, is_vouched_for: bool = False) -> Talk | None:
    """The talk in a text, or None.

    A layout has to open at least three entries near the top. They have to hold most of the text
    there, unless the marks of a tool vouch for it.
    """
    layout = _layout(lines, is_vouched_for)
    if layout is None:
        return None
    heads = _all_heads(lines, layout)
    refuse_many(len(heads))  # before each of them costs memory
    return Talk(entries.build(lines, heads), heads[0].line)


def _layout(lines: list[str], is_vouched_for: bool) -> Layout | None:  # noqa: FBT001 - of our own
    """The layout with the most entries; a timed one wins although some lines have no time."""
    sample = lines[:_SAMPLE_LINES]
    found = [(layout, layout.heads(sample)) for layout in LAYOUTS]
    enough = max(MIN_ENTRIES, _NEARLY * max(len(heads) for _, heads in found))
    for layout, heads in found:
        if len(heads) >= enough:
            covers = is_vouched_for or _covers(sample, _all_heads(sample, layout))
            return layout if covers else None
    return None


def _all_heads(lines: list[str], layout: Layout) -> list[Head]:
    """With what would else end up in the words of somebody else.

    That is a known speaker on a line without a time, and a time without a name.
    """
    heads = layout.heads(lines)
    if layout.heads is colon_layout.heads:
        return heads
    speakers = frozenset(head.speaker for head in heads if head.speaker)
    by_line = {head.line: head for head in colon_layout.heads_of(lines, speakers)}
    if layout.stands_alone:
        by_line |= {head.line: head for head in _nameless(lines)}
    by_line |= {head.line: head for head in heads}
    return [by_line[at] for at in sorted(by_line)]


def _nameless(lines: list[str]) -> list[Head]:
    """Times on lines of their own, after a blank line and above words."""
    return [
        Head(at, None, start_s, "")
        for at, line in enumerate(lines[:-1])
        if (start_s := time_alone(line)) is not None
        and lines[at + 1].strip()
        and not (at and lines[at - 1].strip())
    ]


def _covers(lines: list[str], heads: list[Head]) -> bool:
    """Most of the text belongs to entries, and most entries have some, unlike a table of times."""
    found = entries.build(lines, heads)
    filled = sum(bool(line.strip()) for line in lines)
    with_words = sum(bool(one.text) for one in found.utterances)
    return filled - found.lines_outside >= _COVERED * filled and with_words >= _WITH_WORDS * len(
        found.utterances
    )
