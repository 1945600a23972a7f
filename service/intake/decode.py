"""Bytes to text: byte-order mark, then UTF-8, then Windows-1252; what is no text is refused."""

import codecs
from typing import NamedTuple

from schemas.source import Notice
from service.errors import FormatUnknown

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SOUND = "Send its transcript: words are read here, no sound."
_PAPER = "Save it as text or as a Word document (.docx), and send that."
_PACKED = "Unpack it and send what is in it."
_ITSELF = "Send the transcript itself, as text."
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office or Outlook file", _PAPER),
    (b"%PDF-", "a PDF document", _PAPER),
    (b"{\\rtf", "an RTF document", _PAPER),
    (b"\x89PNG", "a PNG image", _ITSELF),
    (b"\xff\xd8\xff", "a JPEG image", _ITSELF),
    (b"GIF8", "a GIF image", _ITSELF),
    (b"RIFF", "a sound, video or image file (RIFF)", _SOUND),
    (b"ID3", "an MP3 recording", _SOUND),
    (b"OggS", "an Ogg recording", _SOUND),
    (b"fLaC", "a FLAC recording", _SOUND),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM recording", _SOUND),
    (b"\x1f\x8b", "a gzip archive", _PACKED),
    (b"BZh91AY&SY", "a bzip2 archive", _PACKED),
    (b"\xfd7zXZ\x00", "an xz archive", _PACKED),
    (b"7z\xbc\xaf", "a 7-Zip archive", _PACKED),
    (b"Rar!\x1a\x07", "a RAR archive", _PACKED),
)
_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_CONTROLS_OF_TEXT = 0.10
_CONTROLS_OF_LEGACY_TEXT = 0.01
_UTF8_SURE = 4
"""Well-formed multi-byte characters per broken byte that make it UTF-8 with damage."""


class Decoded(NamedTuple):
    """The text of a file, line ends as newlines, and what was uncertain about it."""

    text: str
    notices: tuple[Notice, ...]


def decode(data: bytes) -> Decoded:
    """Read the text; raises FormatUnknown, which says what the bytes look like."""
    _refuse_magic(data)
    text, notices = _marked(data) or _unmarked(data)
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, notices)


def _refuse_magic(data: bytes) -> None:
    looks = [(name, mend) for magic, name, mend in _MAGIC if data.startswith(magic)]
    if data[4:8] == b"ftyp":
        looks.append(("an MP4 recording", _SOUND))
    for name, mend in looks:
        raise FormatUnknown(f"This looks like {name}, not like text.", field="file", mend=mend)


def _marked(data: bytes) -> Decoded | None:
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _damaged(data[len(mark) :].decode(charset, "replace"), charset)
    return None


def _unmarked(data: bytes) -> Decoded:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > _CONTROLS_OF_TEXT * len(data):
        raise _binary("This is binary data, not text.")
    try:
        return Decoded(data.decode("utf-8"), ())
    except UnicodeDecodeError:
        pass
    if controls > _CONTROLS_OF_LEGACY_TEXT * len(data):
        raise _binary("This is binary data, not text.")
    return _broken_utf8(data) or _windows(data)


def _broken_utf8(data: bytes) -> Decoded | None:
    """One bad byte must not turn every umlaut of a long UTF-8 file into two other letters."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return _damaged(text, "utf-8") if beyond_ascii - broken > _UTF8_SURE * broken else None


def _windows(data: bytes) -> Decoded:
    guessed = Notice(
        code="charset-guessed",
        detail="The text is not UTF-8 and was read as Windows-1252.",
        mend="Send the text as UTF-8 if letters look wrong.",
    )
    text, notices = _damaged(data.decode("cp1252", "replace"), "Windows-1252")
    return Decoded(text, (guessed, *notices))


def _damaged(text: str, charset: str) -> Decoded:
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if not broken:
        return Decoded(text, ())
    detail = f"{broken} characters are not valid {charset} and are shown as replacement marks."
    return Decoded(text, (Notice(code="charset-damaged", detail=detail),))


def _binary(detail: str) -> FormatUnknown:
    return FormatUnknown(detail, field="file", mend=_ITSELF)
