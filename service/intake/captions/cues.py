"""What WebVTT and SRT share: timed cues, read the way tools write them."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from service.intake import clock

_ARROW = "-->"
_SETTINGS = re.compile(r"(?:[A-Za-z][A-Za-z0-9]{0,15}:[^\s<]{1,60}(?:\s+|$)){0,12}")
_ORDINARY = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})[.,]([0-9]{3}) --> "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})[.,]([0-9]{3})"
)
_CUT_HEAD = re.compile(r"[0-9:.,]{1,24}(?: {0,3}-?-?>?[0-9:., ]{0,24})?")
_LINE_HEAD = 500
_EARLY_LINES = 5
_SURE_TIMINGS = 3
_SHARE_OF_TIMINGS = 0.1


class Cue(NamedTuple):
    """One timed block of text lines."""

    start_s: float
    end_s: float | None
    lines: tuple[str, ...]
    """Without the blanks around them; a blank line is ''."""
    identifier: str = ""
    """The line above the times, where it is none of the cue before."""


class Timing(NamedTuple):
    """A time line; `rest` is text that a tool put on the same line."""

    start_s: float
    end_s: float | None
    rest: str


def timing(line: str) -> Timing | None:
    """`0:0:1.5 --> 0:0:2.5 align:start`, or None. An end before its start is an unknown end."""
    if _ARROW not in line[:_LINE_HEAD]:
        return None
    if ordinary := _ORDINARY.fullmatch(line):
        return _ordinary(ordinary)
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


def _ordinary(found: re.Match[str]) -> Timing:
    """The way nearly every tool writes a time line, read without looking for another."""
    h1, m1, s1, ms1, h2, m2, s2, ms2 = map(int, found.groups())
    start_ms = ((h1 * 60 + m1) * 60 + s1) * 1000 + ms1
    end_ms = ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2
    return Timing(start_ms / 1000, end_ms / 1000 if end_ms >= start_ms else None, "")


def has_cues(lines: list[str]) -> bool:
    """Cues from the start, or so many time lines that they are no quotation in a text."""
    filled = [line for line in lines if line.strip()]
    if any(timing(line) for line in filled[:_EARLY_LINES]):
        return True
    found = sum(timing(line) is not None for line in filled)
    return found >= _SURE_TIMINGS and found >= _SHARE_OF_TIMINGS * len(filled)


def read_cues(lines: list[str], *, any_identifier: bool) -> Iterator[Cue]:
    """Cues with words, in file order. A blank line inside a cue loses nothing."""
    timings = [(at, found) for at, line in enumerate(lines) if (found := timing(line))]
    tops = [at - _is_identifier(lines, at - 1, any_identifier) for at, _ in timings]
    bodies = [lines[at + 1 : top] for (at, _), top in zip(timings, tops[1:], strict=False)]
    for at, _ in timings[-1:]:
        crosses = any(map(_crosses_blank, bodies))
        bodies.append(_last_body(lines[at + 1 :], crosses=crosses))
    for (at, found), top, body in zip(timings, tops, bodies, strict=True):
        said = (found.rest, *map(str.strip, body))
        if any(said):
            identifier = lines[top].strip() if top < at else ""
            yield Cue(found.start_s, found.end_s, said, identifier)


def _last_body(body: list[str], *, crosses: bool) -> list[str]:
    """What follows a blank line after the last cue is a footer, unless cues here go on so."""
    if crosses:
        return _without_cut_head(body)
    return list(itertools.takewhile(str.strip, body))


def _without_cut_head(body: list[str]) -> list[str]:
    """A file that was cut may end inside the number or the times of a cue that never came."""
    last = max((at for at, line in enumerate(body) if not line.strip()), default=len(body))
    is_cut = all(_CUT_HEAD.fullmatch(line.strip()) for line in body[last + 1 :])
    return body[:last] if is_cut else body


def _crosses_blank(body: list[str]) -> bool:
    return bool(list(filter(str.strip, itertools.dropwhile(str.strip, body))))


def _is_identifier(lines: list[str], at: int, any_identifier: bool) -> bool:  # noqa: FBT001
    """A number, or in WebVTT whatever stands alone in the line above the times."""
    line = lines[at].strip()
    stands_alone = at > 0 and not lines[at - 1].strip()
    return line.isdecimal() or (any_identifier and bool(line) and stands_alone)
