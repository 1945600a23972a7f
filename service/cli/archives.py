"""Files that lie in a ZIP archive: read one by one, never written anywhere."""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from service.cli.found import Found
from service.errors import TooLarge
from service.intake.zip_end import directory
from service.web.bodies import FILE_LIMIT

MAX_FILES = 10_000
MAX_UNPACKED = 4 * 1024**3
MAX_RATIO = 50
_RATIO_COUNTS_FROM = 16 * 1024**2
_MOST_DIRECTORY = 8 * 1024**2
_MAGIC = b"PK\x03\x04"
_ENCRYPTED = 0x1
_DOCUMENTS = ("[Content_Types].xml", "mimetype")
"""What tells an office document from an archive that somebody packed."""

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError)


def is_archive(path: Path) -> bool:
    """By content: a ZIP archive that is no office document."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for its writer
            return False
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC and not _is_document(path)
    except (OSError, *_DAMAGED):
        return False  # then it is a file, and whoever reads it says what is wrong with it


def _is_document(path: Path) -> bool:
    if _why_too_large(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return any(name in archive.NameToInfo for name in _DOCUMENTS)


def members(path: Path) -> Iterator[Found]:
    """Every file in it, or one line that says why it is not opened."""
    try:
        why = _why_too_large(path)
        archive = None if why else zipfile.ZipFile(path)
    except (OSError, *_DAMAGED):
        why, archive = "the archive is gone, or damaged", None
    if archive is not None:
        why = _why_a_bomb(archive)
    if archive is None or why:
        yield Found(path, unreadable=why)
        return
    for entry in archive.infolist():
        if not entry.is_dir():
            yield _member(path, archive, entry)


def _why_too_large(path: Path) -> str:
    """Before the directory is read: each entry of it costs memory."""
    with path.open("rb") as file:
        found = directory(file)
    if found and (found.entries > MAX_FILES or found.size > _MOST_DIRECTORY):
        return f"the archive has {found.entries} files, {MAX_FILES} are the limit: split it"
    return ""


def _why_a_bomb(archive: zipfile.ZipFile) -> str:
    """By what it says of itself: `zipfile` never unpacks more of a file than that."""
    unpacked = sum(entry.file_size for entry in archive.filelist)
    packed = archive.start_dir
    if unpacked > MAX_UNPACKED:
        return f"unpacked, the archive is over {MAX_UNPACKED // 1024**3} GiB: split it"
    if unpacked > max(_RATIO_COUNTS_FROM, MAX_RATIO * packed):
        return f"unpacked, the archive is over {MAX_RATIO} times as large as it is"
    return ""


def _member(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Found:
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    shown = Path(f"{path}/{name}")
    if name.is_absolute() or ".." in name.parts:
        return Found(shown, unreadable="its name leads out of the archive")
    if any(part.startswith(".") or part == "__MACOSX" for part in name.parts):
        return Found(shown, skipped="hidden")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Found(shown, skipped="a link")
    if entry.flag_bits & _ENCRYPTED:
        return Found(shown, unreadable="protected with a password")
    return Found(shown, content=_reader(archive, entry))


def _reader(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    return partial(_read, archive, entry)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Raises TooLarge, and OSError for a damaged file."""
    try:
        with archive.open(entry) as file:
            content = file.read(FILE_LIMIT + 1)
    except _DAMAGED as error:
        raise OSError(0, "it cannot be unpacked: damaged, or packed in an unknown way") from error
    if len(content) > FILE_LIMIT:
        raise TooLarge(f"The file is over {FILE_LIMIT} bytes.", mend="Take its text alone.")
    return content
