"""Bytes of one e-mail message of RFC 5322 as the standard parser's message."""

import codecs
import re
from email import message_from_bytes

from schemas.source import Parsed
from service.intake.content import Content
from service.intake.mail import limits as mail_limits
from service.intake.mail import thread
from service.intake.mail.thread import Mail

NAME = "eml"
_HEAD = 16_384
_HEADER = re.compile(rb"([!-9;-~]{1,100}):(?:[ \t]|$)")
_HEADERS = frozenset(
    b"from to cc date subject received message-id mime-version return-path reply-to "
    b"delivered-to content-type in-reply-to references x-mailer".split()
)
_TRANSPORT = frozenset(b"received message-id mime-version return-path delivered-to".split())
_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def fits(content: Content) -> bool:
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
        return data[:_HEAD].decode("utf-16", "replace").encode()
    return data[:_HEAD].removeprefix(codecs.BOM_UTF8)


def read(content: Content) -> Parsed:
    """Read one message; older messages inside it come first, oldest first."""
    return thread.read([parse(content.data)], NAME)


def parse(data: bytes) -> Mail:
    """One message, its limits checked before anything is parsed. Raises ParseLimit."""
    raw, is_utf8 = _as_ascii_superset(data)
    mail_limits.check(raw)
    return Mail(message_from_bytes(raw), is_utf8=is_utf8)


def _as_ascii_superset(data: bytes) -> tuple[bytes, bool]:
    """Without a byte order mark, and UTF-16 as UTF-8: the parser would lose every header."""
    for mark, codec in _UTF16:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace").encode(), True
    if b"\0" in data[:2]:
        codec = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(codec, "replace").encode(), True
    return data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n"), False
