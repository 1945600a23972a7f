"""Reading one file in a short-lived child process with limits.

A hostile file may cost its own child time and memory, and nothing else. The children come from the
fork server of `multiprocessing`, which has the readers loaded. They are started by its own
protocol rather than by `Process`: that one would import the program's main module, with web and
database, into every child.
"""

import importlib
import os
import pickle
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver

from pydantic import ValidationError

from schemas.source import Kind, Parsed
from service import parsing_child
from service.errors import BatonError, ParseLimit, Unavailable
from service.parsing_child import ChildLimits, Refusal, Task

READER = "service.intake.read:read"
PRELOADED = ["service.intake.read", "service.parsing_child", "encodings.cp1252"]
MAX_REPLY = 128 * 1024 * 1024
LIMITS = ChildLimits()
CHILDREN = 4
SLOTS = threading.BoundedSemaphore(CHILDREN)
"""How many children of this process may read at once, unless the caller brings its own."""
_WAIT_FOR_SLOT_S = 30
_PROBE_LINE = b"Probe: can you read this?"
_PROBE_LIMITS = ChildLimits(cpu_s=1, wall_s=2)
_PROBE_HOLDS_S = 3.0
_MEND = "Send a smaller file, or its text alone."


@dataclass(frozen=True)
class _Child:
    """A started child: its process id, the pipe that tells of its end, and where it talks."""

    pid: int
    sentinel: int
    talk: socket.socket
    deadline: float

    def remaining_s(self) -> float:
        return max(self.deadline - time.monotonic(), 0.001)


def warm_up() -> None:
    """Start the fork server, so that the first upload does not wait for its imports."""
    forkserver.set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()


def stop() -> None:
    """End the fork server; the next `parse` would start another one."""
    server = forkserver._forkserver  # noqa: SLF001 - the library has no public end for its server
    server._stop()  # type: ignore[attr-defined]  # noqa: SLF001 - left out of the type stubs


def parse(
    data: bytes,
    *,
    format: str | None,  # noqa: A002 - the name that the contract gives it
    kind: Kind | None,
    reader: str = READER,
    limits: ChildLimits = LIMITS,
    slots: threading.Semaphore = SLOTS,
) -> Parsed:
    """Read one file; blocking, safe in several threads at once."""
    if not slots.acquire(timeout=_WAIT_FOR_SLOT_S):
        raise Unavailable("Too many files are being read.", retry_after_s=_WAIT_FOR_SLOT_S)
    try:
        task = Task(reader=reader, format=format, kind=kind, limits=limits)
        return _result(_ask(task, data, timeout_s=limits.wall_s))
    finally:
        slots.release()


class ReaderProbe:
    """Whether files can be read: tried on a line of our own, at most once in a few seconds."""

    def __init__(self, reader: str = READER, *, now: Callable[[], float] = time.monotonic) -> None:
        self._reader = reader
        self._now = now
        self._read_at = -_PROBE_HOLDS_S
        self._lock = threading.Lock()

    def require(self) -> None:
        """Read the line, whoever else reads at this moment. Raises Unavailable."""
        if not self._lock.acquire(timeout=_PROBE_LIMITS.wall_s):
            raise Unavailable("Files are not being read.", retry_after_s=5)
        try:
            if self._now() - self._read_at >= _PROBE_HOLDS_S:
                self._try()
                self._read_at = self._now()
        finally:
            self._lock.release()

    def _try(self) -> None:
        task = Task(reader=self._reader, format=None, kind=None, limits=_PROBE_LIMITS)
        try:
            _result(_ask(task, _PROBE_LINE, timeout_s=_PROBE_LIMITS.wall_s))
        except BatonError as cause:
            raise Unavailable("Files cannot be read.", retry_after_s=5) from cause


def _ask(task: Task, data: bytes, *, timeout_s: float) -> bytes:
    """What a new child answers; whatever happens, the child is gone afterwards."""
    child = _start(task, deadline=time.monotonic() + timeout_s)
    try:
        return _talk(child, data)
    except TimeoutError as cause:
        raise ParseLimit(f"Reading it takes longer than {timeout_s:g} s.", mend=_MEND) from cause
    finally:
        child.talk.close()
        _end(child)


def _start(task: Task, *, deadline: float) -> _Child:
    warm_up()
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            pid, sentinel = _order(task, theirs.fileno())
    except (OSError, EOFError) as cause:
        ours.close()
        raise Unavailable("No reader can be started.", retry_after_s=1) from cause
    return _Child(pid, sentinel, ours, deadline)


def _order(task: Task, talk_fd: int) -> tuple[int, int]:
    """Let the server fork, and tell the child its task; its process id and its sentinel."""
    sentinel, orders = forkserver.connect_to_new_process([talk_fd])
    try:
        with open(orders, "wb") as pipe:  # noqa: PTH123 - a file descriptor, not a path
            pickle.dump({"sys_path": sys.path.copy()}, pipe)
            pickle.dump(parsing_child.Child(task), pipe)
        return int(forkserver.read_signed(sentinel)), sentinel
    except BaseException:
        os.close(sentinel)
        raise


def _talk(child: _Child, data: bytes) -> bytes:
    """Send the file, then read until the child closes its end; a dead child answers nothing."""
    answer = bytearray()
    with suppress(BrokenPipeError, ConnectionResetError):
        child.talk.settimeout(child.remaining_s())
        child.talk.sendall(data)
        child.talk.shutdown(socket.SHUT_WR)
        while piece := _receive(child):
            answer += piece
            if len(answer) > MAX_REPLY:
                raise ParseLimit("What was read is larger than a source may be.", mend=_MEND)
    return bytes(answer)


def _receive(child: _Child) -> bytes:
    child.talk.settimeout(child.remaining_s())
    return child.talk.recv(1 << 20)


def _end(child: _Child) -> None:
    """Wait until the fork server has reaped the child; kill it where it does not end by itself."""
    try:
        if not _has_ended(child, wait_s=0.5):
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
            _has_ended(child, wait_s=5)
    finally:
        os.close(child.sentinel)


def _has_ended(child: _Child, *, wait_s: float) -> bool:
    return bool(select.select([child.sentinel], [], [], wait_s)[0])


def _result(answer: bytes) -> Parsed:
    """The parsed source, or the error that the child names."""
    try:
        if answer[:1] == parsing_child.PARSED:
            return Parsed.model_validate_json(answer[1:])
        if answer[:1] == parsing_child.REFUSED:
            raise _error(Refusal.model_validate_json(answer[1:]))
    except ValidationError as cause:
        raise BatonError("The reader gave no answer that can be read.") from cause
    raise ParseLimit("Reading it takes more time or memory than one file may take.", mend=_MEND)


def _error(refusal: Refusal) -> BatonError:
    errors = importlib.import_module("service.errors")
    found = getattr(errors, refusal.name, BatonError)
    kind = found if isinstance(found, type) and issubclass(found, BatonError) else BatonError
    return kind(refusal.detail, field=refusal.field, mend=refusal.mend, errors=list(refusal.errors))
