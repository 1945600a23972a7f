"""Which files a path means, and what of it is left out, with the reason."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service.errors import Invalid, TooLarge
from service.web.bodies import FILE_LIMIT

_LABEL_LIMIT = 255


@dataclass(frozen=True)
class Found:
    """A file to take, or something that is passed over."""

    path: Path
    skipped: str = ""
    unreadable: str = ""


def find_files(paths: Iterable[Path]) -> Iterator[Found]:
    """Files as they are named, folders with all that lies in them; one at a time, never a list."""
    for path in paths:
        if path.is_dir():
            yield from _walk(path, root=os.path.realpath(path))
        else:
            yield Found(path)


def _walk(top: Path, *, root: str) -> Iterator[Found]:
    """Each folder's files by name, then its folders; deep ones cost no stack."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Found(folder, unreadable=f"the folder cannot be listed: {error.strerror}")
            continue
        inner = [Path(entry.path) for entry in entries if _is_visible_folder(entry)]
        yield from (_found(entry, root) for entry in entries if not _is_visible_folder(entry))
        waiting += reversed(inner)


def _is_visible_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")


def _found(entry: "os.DirEntry[str]", root: str) -> Found:
    path = Path(entry.path)
    if entry.name.startswith("."):
        return Found(path, skipped="hidden")
    if entry.is_symlink():
        return Found(path, skipped=_why_not_followed(path, root))
    if not entry.is_file(follow_symlinks=False):
        return Found(path, skipped="neither a file nor a folder")
    return Found(path)


def _why_not_followed(path: Path, root: str) -> str:
    """A link is followed only to a file inside the folder that was named."""
    target = os.path.realpath(path)
    if not Path(target).is_relative_to(root):
        return "a link that leads out of the folder"
    return "" if os.path.isfile(target) else "a link to a folder, or to nothing"  # noqa: PTH113 - a str


def read_content(path: Path) -> bytes:
    """All bytes of a file. Raises Invalid for a pipe or device, TooLarge, and OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise Invalid("It is neither a file nor a folder.")
    with path.open("rb") as file:
        content = file.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise TooLarge(f"The file is over {FILE_LIMIT} bytes.", mend="Take its text alone.")
    return content


def label_of(path: Path) -> str | None:
    """The name that is stored with the bytes: a label, never a path."""
    name = "".join(char for char in path.name if char.isprintable())
    return name[:_LABEL_LIMIT] or None
