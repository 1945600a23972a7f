"""What WebVTT and SRT share: timed cues, read the way tools write them."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from service.intake import clock

_ARROW = "-->"
_SETTINGS = re.compile(r"(?:[A-Za-z][A-Za-z0-9]{0,15}:[^\s<]{1,60}(?:\s+|$)){0,12}")
_LINE_HEAD = 500
_EARLY_LINES = 5
_SURE_TIMINGS = 3
_SHARE_OF_TIMINGS = 0.1


class Cue(NamedTuple):
    """One timed block of text lines."""

    start_s: float
    end_s: float | None
    lines: tuple[str, ...]


class Timing(NamedTuple):
    """A time line; `rest` is text that a tool put on the same line."""

    start_s: float
    end_s: float | None
    rest: str


def timing(line: str) -> Timing | None:
    """`0:0:1.5 --> 0:0:2.5 align:start`, or None. An end before its start is an unknown end."""
    if _ARROW not in line[:_LINE_HEAD]:
        return None
    left, _, right = line.partition(_ARROW)
    parts = right.split(maxsplit=1)
    start_s = clock.seconds(left)
    end_s = clock.seconds(parts[0]) if parts else None
    if start_s is None or end_s is None:
        return None
    rest = parts[1] if len(parts) > 1 else ""
    settings = _SETTINGS.match(rest)
    text = rest[settings.end() :] if settings else rest
    return Timing(start_s, end_s if end_s >= start_s else None, text.strip())


def has_cues(lines: list[str]) -> bool:
    """Cues from the start, or so many time lines that they are no quotation in a text."""
    filled = [line for line in lines if line.strip()]
    if any(timing(line) for line in filled[:_EARLY_LINES]):
        return True
    found = sum(timing(line) is not None for line in filled)
    return found >= _SURE_TIMINGS and found >= _SHARE_OF_TIMINGS * len(filled)


def read_cues(lines: list[str], *, any_identifier: bool) -> Iterator[Cue]:
    """Cues in file order, without identifiers. A blank line inside a cue loses nothing."""
    timings = [(at, found) for at, line in enumerate(lines) if (found := timing(line))]
    starts = [at for at, _ in timings[1:]]
    ends = [at - _is_identifier(lines, at - 1, any_identifier) for at in starts]
    bodies = [lines[at + 1 : end] for (at, _), end in zip(timings, ends, strict=False)]
    for (_, found), body in zip(timings, bodies, strict=False):
        yield Cue(found.start_s, found.end_s, (found.rest, *body))
    for at, found in timings[-1:]:
        last = _last_body(lines[at + 1 :], crosses=any(map(_crosses_blank, bodies)))
        yield Cue(found.start_s, found.end_s, (found.rest, *last))


def _last_body(body: list[str], *, crosses: bool) -> list[str]:
    """What follows a blank line after the last cue is a footer, unless cues here go on so."""
    if crosses:
        return body
    return list(itertools.takewhile(str.strip, body))


def _crosses_blank(body: list[str]) -> bool:
    return bool(list(filter(str.strip, itertools.dropwhile(str.strip, body))))


def _is_identifier(lines: list[str], at: int, any_identifier: bool) -> bool:  # noqa: FBT001
    """A number, or in WebVTT whatever stands alone in the line above the times."""
    line = lines[at].strip()
    stands_alone = at > 0 and not lines[at - 1].strip()
    return line.isdecimal() or (any_identifier and bool(line) and stands_alone)
