"""Which format an upload has: one table, read from top to bottom, by content alone."""

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from schemas.source import Kind, Parsed
from service.errors import FormatUnknown
from service.intake import generic
from service.intake.captions import srt, webvtt
from service.intake.content import Content
from service.intake.documents import layouts, paragraphs
from service.intake.mail import message as mail

_MAIL_HEAD = 16_384
_HEADER = re.compile(rb"([!-9;-~]{1,100}):(?:[ \t]|$)")
_HEADERS = frozenset(
    b"from to cc date subject received message-id mime-version return-path reply-to "
    b"delivered-to content-type in-reply-to references x-mailer".split()
)
_TRANSPORT = frozenset(b"received message-id mime-version return-path delivered-to".split())
_KEYS_SHOWN = 8


class Format(NamedTuple):
    """A row of the table."""

    name: str
    kind: Kind
    fits: Callable[[Content], bool]
    read: Callable[[Content], Parsed]


def is_mail(content: Content) -> bool:
    """Header lines from the top, two that mails have, one of them only mails have or `From`."""
    found = set()
    for line in _head(content.data).lstrip().splitlines():
        header = _HEADER.match(line)
        if not line.strip() or not (header or line[:1] in b" \t" or line.startswith(b"From ")):
            break
        if header:
            found.add(header[1].lower())
    known = found & _HEADERS
    return len(known) > 1 and bool(known & (_TRANSPORT | {b"from"}))


def _head(data: bytes) -> bytes:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[:_MAIL_HEAD].decode("utf-16", "replace").encode()
    return data[:_MAIL_HEAD].removeprefix(codecs.BOM_UTF8)


FORMATS = (
    Format("eml", Kind.EMAIL, is_mail, lambda content: mail.read(content.data)),
    Format(generic.NAME, Kind.CALL, generic.fits, generic.read),
    Format(webvtt.NAME, Kind.CALL, webvtt.fits, webvtt.read),
    Format(srt.NAME, Kind.CALL, srt.fits, srt.read),
    Format(layouts.NAME, Kind.CALL, layouts.fits, layouts.read),
    Format(paragraphs.NAME, Kind.CALL, paragraphs.fits, paragraphs.read),
)


def detect(content: Content) -> Format:
    """The first row that fits; raises FormatUnknown, which says what the content looks like."""
    for row in FORMATS:
        if row.fits(content):
            return row
    raise FormatUnknown(
        f"{_shape(content)} No known tool writes this shape.",
        field="file",
        mend="Send {participants, turns}, or the transcript as WebVTT, SRT or text.",
    )


def named(name: str, content: Content) -> Format:
    """The row of that name; raises FormatUnknown where there is none or the content differs."""
    row = next((row for row in FORMATS if row.name == name), None)
    known = ", ".join(row.name for row in FORMATS)
    if row is None:
        raise FormatUnknown("No such format is known.", field="format", mend=f"Known: {known}.")
    if not row.fits(content):
        detail = f"The content is not in the format {row.name}."
        raise FormatUnknown(detail, field="format", mend=f"Leave it out, or name one of: {known}.")
    return row


def _shape(content: Content) -> str:
    value = content.json
    if isinstance(value, list):
        return f"This is a JSON list of {len(value)} items."
    keys = [_shown(key) for key in value][:_KEYS_SHOWN] if isinstance(value, dict) else []
    return f"This is a JSON object with the keys: {', '.join(keys) or 'none'}."


def _shown(key: str) -> str:
    return "".join(char for char in key if char.isprintable())[:40]
