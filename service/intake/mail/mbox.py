"""A mailbox of one file: messages behind `From ` lines."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schemas.source import Parsed
from service.intake.content import Content
from service.intake.mail import message, thread

NAME = "mbox"
HEAD = 2_000
"""Bytes at the top that tell a mailbox."""
_FROM_LINE = re.compile(rb"From [^ \r\n]{1,500} {1,5}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_ESCAPED = re.compile(rb"^>(>{0,20}From )", re.MULTILINE)
_BLANK = (b"\n", b"\r\n")


class Place(NamedTuple):
    """Where a message stands: its first byte and the one behind its last."""

    start: int
    end: int


def fits(content: Content) -> bool:
    """A mailbox with a second `From ` line; what holds one message is read as that message."""
    return is_mailbox(content.data[:HEAD]) and b"\nFrom " in content.data


def is_mailbox(head: bytes) -> bool:
    """A `From ` line with a weekday at the very top, and a header line below it."""
    first, _, rest = head.partition(b"\n")
    return _FROM_LINE.match(first) is not None and b":" in rest.partition(b"\n")[0]


def read(content: Content) -> Parsed:
    """All messages as one thread. Raises SeveralThreads where they are more."""
    lines = content.data.splitlines(keepends=True)
    raw = (content.data[place.start : place.end] for place in places(lines))
    return thread.read(map(message.parse, map(unescaped, raw)), NAME, is_one=False)


def places(lines: Iterable[bytes]) -> Iterator[Place]:
    """Each message; only a `From ` line behind a blank one that names a weekday begins one.

    A line may come in several pieces: only what follows a line's end begins one.
    """
    at, start, has_words = 0, -1, False
    is_after_blank, is_new_line = True, True
    for line in lines:
        if is_new_line and is_after_blank and _FROM_LINE.match(line):
            if has_words:
                yield Place(start, at)
            start, has_words, is_after_blank = at + len(line), False, False
        else:
            is_after_blank = is_new_line and line in _BLANK
            has_words = has_words or (start >= 0 and not is_after_blank)
        at += len(line)
        is_new_line = line.endswith(b"\n")
    if has_words:
        yield Place(start, at)


def unescaped(raw: bytes) -> bytes:
    """Without the mark in front of a body's own `From ` lines: one `>` of mboxrd."""
    return _ESCAPED.sub(rb"\1", raw) if b">From " in raw else raw
