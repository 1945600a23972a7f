"""How large the directory of a ZIP archive says it is: looked at before anything reads it."""

import struct
from typing import BinaryIO, NamedTuple

_TAIL = 65_535 + 22
_END, _LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_LOCATOR_SIZE, _END_64_SIZE = 20, 56


class Directory(NamedTuple):
    """What the end of an archive tells."""

    entries: int
    size: int


def directory(file: BinaryIO) -> Directory | None:
    """None where the file does not end as an archive does.

    Of two ends, one of them for large archives, the larger figures count: which one a reader
    believes is up to the reader.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL - _LOCATOR_SIZE - _END_64_SIZE))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return None
    found, large = _end(tail, at), _large_end(tail, at)
    return found if large is None else Directory(*map(max, found, large))


def _end(tail: bytes, at: int) -> Directory:
    entries, size = struct.unpack_from("<HI", tail, at + 10)
    return Directory(entries, size)


def _large_end(tail: bytes, at: int) -> Directory | None:
    start = at - _LOCATOR_SIZE - _END_64_SIZE
    if start < 0 or tail[at - _LOCATOR_SIZE :][:4] != _LOCATOR or tail[start:][:4] != _END_64:
        return None
    entries, size = struct.unpack_from("<QQ", tail, start + 32)
    return Directory(entries, size)
