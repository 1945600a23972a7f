"""Which files of a folder have come to rest: whoever writes them is done. Pure."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """What changes when somebody writes into a file, or puts another in its place."""

    size: int
    modified_ns: int
    inode: int


class Settling:
    """Hands out each file once it was the same for a while, and again when it has changed."""

    def __init__(self, *, quiet_s: float) -> None:
        self._quiet_s = quiet_s
        self._moving: dict[Path, tuple[Stamp, float]] = {}
        self._handed: dict[Path, Stamp] = {}

    @property
    def waits(self) -> bool:
        """Whether some file is not handed out yet."""
        return bool(self._moving)

    def look(self, stamps: Mapping[Path, Stamp], *, now_s: float) -> list[Path]:
        """What came to rest since the last look."""
        self._handed = {path: one for path, one in self._handed.items() if path in stamps}
        self._moving = {
            path: self._since(path, stamp, now_s)
            for path, stamp in stamps.items()
            if self._handed.get(path) != stamp
        }
        ready = [
            path for path, (_, since) in self._moving.items() if now_s - since >= self._quiet_s
        ]
        self._handed |= {path: self._moving.pop(path)[0] for path in ready}
        return ready

    def take_back(self, paths: Iterable[Path]) -> None:
        """They could not be taken: hand them out again."""
        for path in paths:
            self._handed.pop(path, None)

    def _since(self, path: Path, stamp: Stamp, now_s: float) -> tuple[Stamp, float]:
        before = self._moving.get(path)
        return before if before and before[0] == stamp else (stamp, now_s)


class Later:
    """Files that were refused for a reason that passes by itself: told once, tried again."""

    def __init__(self, *, pause_s: float) -> None:
        self._pause_s = pause_s
        self._due_s: dict[Path, float] = {}

    def is_news(self, path: Path, *, passes: bool, now_s: float) -> bool:
        """Take note of how a file ended; False where the same was told before."""
        is_known = path in self._due_s
        if passes:
            self._due_s[path] = now_s + self._pause_s
        else:
            self._due_s.pop(path, None)
        return not (passes and is_known)

    def due(self, stamps: Mapping[Path, Stamp], *, now_s: float) -> set[Path]:
        """The files to try again; of one that lies in an archive, the archive."""
        due = [path for path, at in self._due_s.items() if at <= now_s]
        self._due_s |= dict.fromkeys(due, now_s + self._pause_s)
        return {one for path in due for one in (path, *path.parents) if one in stamps}
