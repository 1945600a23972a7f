"""Office documents as they lie in a file: a ZIP archive, read within limits."""

import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO

from service.errors import FormatUnknown, ParseLimit
from service.intake.zip_end import directory

MAGIC = b"PK\x03\x04"
MAX_ENTRIES = 200
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 50
RATIO_COUNTS_FROM = 1024 * 1024
"""Bytes below which a text that repeats itself may be packed as small as it likes."""

_MOST_DIRECTORY = 64 * 1024
_PIECE = 64 * 1024
_PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_MEND = "Send its text alone."
_WORD = "word/document.xml"
_OTHERS = (
    ("xl/workbook.xml", "an Excel workbook", "Send the sheet as JSON or text."),
    ("xl/workbook.bin", "an Excel workbook", "Send the sheet as JSON or text."),
    ("ppt/presentation.xml", "a PowerPoint presentation", "Send its text alone."),
    ("content.xml", "an OpenDocument file", "Save it as .docx, or send its text."),
    ("META-INF/container.xml", "an electronic book", "Send its text alone."),
    ("META-INF/MANIFEST.MF", "a Java archive", "Send the transcript itself."),
)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
"""What `zipfile` raises for an archive that is cut, made up, or packed in a way it cannot read."""


def word_xml(data: bytes) -> Iterator[bytes]:
    """The pieces of the part with the words. Raises FormatUnknown and ParseLimit."""
    _limit_entries(data)
    with _damage_told(), zipfile.ZipFile(BytesIO(data)) as archive:
        entry = _word_entry(archive)
        unpacked = 0
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                unpacked += len(piece)
                _limit(unpacked, len(data))
                yield piece


def _limit_entries(data: bytes) -> None:
    """Before the directory is read: each entry of it would cost memory."""
    found = directory(BytesIO(data))
    if found and (found.entries > MAX_ENTRIES or found.size > _MOST_DIRECTORY):
        detail = f"The archive has {found.entries} entries; {MAX_ENTRIES} are the limit."
        raise ParseLimit(detail, field="file", mend=_MEND)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise FormatUnknown(
            "This is a ZIP archive or Office document that is damaged or cut.",
            field="file",
            mend="Save it again, or send its text.",
        ) from error


def _word_entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    names = archive.NameToInfo
    if _WORD not in names:
        raise _other(names.keys())
    if names[_WORD].flag_bits & _ENCRYPTED:
        mend = "Save it without the password, or send its text."
        raise FormatUnknown("The document is protected with a password.", field="file", mend=mend)
    if names[_WORD].compress_type not in _PACKED_AS:
        raise zipfile.BadZipFile
    return names[_WORD]


def _other(names: Collection[str]) -> FormatUnknown:
    for part, what, mend in _OTHERS:
        if part in names:
            return FormatUnknown(f"This is {what}, not a transcript.", field="file", mend=mend)
    return FormatUnknown(
        "This is a ZIP archive, not a transcript.",
        field="file",
        mend="Unpack it and send each file, or take it in whole with `baton ingest`.",
    )


def _limit(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED:
        detail = f"Unpacked, the document is over {MAX_UNPACKED} bytes."
        raise ParseLimit(detail, field="file", mend=_MEND)
    if unpacked > max(RATIO_COUNTS_FROM, MAX_RATIO * packed):
        detail = f"Unpacked, the document is over {MAX_RATIO} times as large."
        raise ParseLimit(detail, field="file", mend=_MEND)
