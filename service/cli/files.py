"""Which files a path means, and what of it is left out, with the reason."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from service.cli import archives, mailboxes
from service.cli.found import Found


def find_files(paths: Iterable[Path]) -> Iterator[Found]:
    """Files as they are named, folders and archives with all in them; never a list of them all."""
    for path in paths:
        for found in find_plain(path):
            yield from opened(found)


def find_plain(path: Path) -> Iterator[Found]:
    """The same with archives as the files that they are."""
    if path.is_dir():
        yield from _walk(path, root=os.path.realpath(path))
    else:
        yield Found(path)


def opened(found: Found) -> Iterator[Found]:
    """What lies in a file that is an archive or a mailbox, else the file itself."""
    if found.skipped or found.unreadable:
        yield found
    elif archives.is_archive(found.path):
        yield from archives.members(found.path)
    elif mailboxes.is_mailbox(found.path):
        yield from mailboxes.messages(found.path)
    else:
        yield found


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
