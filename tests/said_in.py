"""What a file says, found without any of our readers: its words, and the times it may mean."""

import base64
import binascii
import email
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import Any

_WORD = re.compile(r"[A-Za-z0-9]+")
_CLOCK = re.compile(r"[-\u2212]?\d+(?:[:\u2236\uff1a]\d+){1,2}(?:[.,]\d+)?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_PACKED = re.compile(r"(?:[\w-]{4})+[\w-]{0,3}={0,2}", re.ASCII)
_MADE = re.compile(r"(?:Channel \d+ ?)?(?:Speaker -?\d+)?|Channel \d+")
"""Labels for speakers that a file only counts, as docs/formats.md has them."""

_LONGEST_CLOCK = 40
_UNITS = (1_000, 1, 1e-4)
"""From seconds, milliseconds and ticks of 100 ns to milliseconds."""


class SaidIn:
    """The words and the numbers of one file, however they are packed."""

    def __init__(self, data: bytes) -> None:
        self._text = "\n".join(_texts(data))
        self._plain = _plain(self._text)
        self._words = set(_WORD.findall(self._text.casefold()))

    def has_speaker(self, speaker: str) -> bool:
        """It stands there; in what is packed in another way each of its words does."""
        if _plain(speaker) in self._plain or _MADE.fullmatch(speaker):
            return True
        return all(word in self._words for word in _WORD.findall(speaker.casefold()))

    def has_time(self, seconds: float) -> bool:
        """It stands there in some unit, or is a sum or a difference of two that do."""
        wanted = round(seconds * 1000)
        found = self._milliseconds()
        near = {wanted - 1, wanted, wanted + 1}
        return bool(near & found) or any(
            one + wanted in found or wanted - one in found for one in found
        )

    def _milliseconds(self) -> set[int]:
        if not hasattr(self, "_found"):
            self._found = set(_milliseconds(self._text))
        return self._found


def _plain(text: str) -> str:
    """Without entities, without spaces and whatever else is not seen."""
    return "".join(filter(str.isprintable, html.unescape(text))).replace(" ", "").casefold()


def _texts(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK"):
        yield from _of_zip(data)
    for charset in ("utf-8", "cp1252", "utf-16-le", "utf-16-be"):
        text = data.decode(charset, "replace")
        yield text
        yield from _of_json(text)
    yield data[1:].decode("utf-16-le", "replace")
    yield from _of_mail(data)


def _of_zip(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield re.sub(r"<[^<>]{1,5000}>", " ", packed.read(name).decode("utf-8", "replace"))
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,  # a way of packing that zipfile does not know
        RuntimeError,
        zlib.error,
    ):
        return


def _of_json(text: str) -> Iterator[str]:
    """Each key, text and number of it; JSON inside a text as well."""
    try:
        values = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while values:
        value: Any = values.pop()
        if isinstance(value, dict):
            values += [*value, *value.values()]
        elif isinstance(value, list):
            values += value
        elif isinstance(value, str):
            yield value
            yield from _of_json(value) if value[:1] in '{["' else _of_base64(value)
        else:
            yield str(value)


def _of_base64(text: str) -> Iterator[str]:
    """A mail or a body, as mailboxes pack it into JSON."""
    if not _PACKED.fullmatch(text):
        return
    bare = text.rstrip("=")
    try:
        data = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return
    yield data.decode("utf-8", "replace")
    yield from _of_mail(data)


def _of_mail(data: bytes) -> Iterator[str]:
    message = email.message_from_bytes(data)
    for part in message.walk():
        for value in part.values():
            yield _header(str(value))
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            for charset in (part.get_content_charset("utf-8"), "cp1252"):
                try:
                    yield payload.decode(charset, "replace")
                except LookupError:
                    continue


def _header(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError, MessageError):
        return value


def _milliseconds(text: str) -> Iterator[int]:
    for found in _CLOCK.findall(text):
        if len(found) < _LONGEST_CLOCK:
            yield round(_clock(found) * 1000)
    for found in _NUMBER.findall(text):
        if abs(float(found)) < 1e19:
            yield from (round(float(found) * unit) for unit in _UNITS)
    for found in _MOMENT.findall(text):
        yield from _moment(found)


def _clock(text: str) -> float:
    total = 0.0
    for part in re.split("[:\u2236\uff1a]", text.lstrip("-\u2212").replace(",", ".")):
        total = total * 60 + float(part)
    return -total if text[0] in "-\u2212" else total


def _moment(text: str) -> Iterator[int]:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return
    yield round(moment.timestamp() * 1000)
