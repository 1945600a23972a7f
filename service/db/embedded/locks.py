"""File locks that end with their holder, however it ends. Standard library only: the keeper's."""

import fcntl
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_POLL_S = 0.01


class FileLock:
    """One flock, held by this process alone: no child inherits it, forked or started."""

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self.path = path
        self._fd = os.open(path, flags, 0o600)
        _open_locks().add(self)

    def take_shared(self, *, timeout_s: float) -> None:
        """Beside other shared holders; TimeoutError while somebody holds it alone."""
        self._poll(fcntl.LOCK_SH, timeout_s)

    def take_exclusive(self, *, timeout_s: float) -> None:
        """Alone; TimeoutError while somebody else holds it."""
        self._poll(fcntl.LOCK_EX, timeout_s)

    def wait_exclusive(self) -> None:
        """Alone, after as long as it takes."""
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def try_exclusive(self) -> bool:
        """Alone, now or not at all."""
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self) -> None:
        """Let go, and stay open."""
        fcntl.flock(self._fd, fcntl.LOCK_UN)

    def fileno(self) -> int:
        """Whoever gets this descriptor holds the lock too."""
        return self._fd

    def is_current(self) -> bool:
        """False once the file was deleted, or another one stands in its place."""
        try:
            now = self.path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(now, os.fstat(self._fd))

    def close(self) -> None:
        """Let go for good; twice is fine."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def _poll(self, kind: int, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                fcntl.flock(self._fd, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{self.path} is held by another process") from None
                time.sleep(_POLL_S)
            else:
                return


@contextmanager
def held_alone(path: Path, *, timeout_s: float) -> Iterator[None]:
    """Serialise what stands inside over all processes."""
    lock = FileLock(path)
    try:
        lock.take_exclusive(timeout_s=timeout_s)
        yield
    finally:
        lock.close()


@cache
def _open_locks() -> "weakref.WeakSet[FileLock]":
    """All locks of this process. A forked child closes its copies, or it would keep the lock."""
    locks: weakref.WeakSet[FileLock] = weakref.WeakSet()

    def close_all() -> None:
        for lock in list(locks):
            lock.close()

    os.register_at_fork(after_in_child=close_all)
    return locks
