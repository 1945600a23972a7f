"""What runs inside the child: limits first, then one reader, then one answer."""

import ctypes
import importlib
import os
import resource
import signal
import socket
from collections.abc import Callable
from multiprocessing import forkserver

from schemas.model import Model
from schemas.source import Kind, Parsed
from service.errors import BatonError, FieldError

PARSED, REFUSED = b"P", b"E"
_PR_SET_PDEATHSIG = 1
_MAX_FILES = 64
_HIGHEST_FD = 4_096
_MAX_DETAIL = 2_000


class ChildLimits(Model):
    """What one file may cost."""

    cpu_s: int = 10
    memory_bytes: int = 1 << 30
    wall_s: float = 15


class Task(Model):
    """Which reader reads, what the caller states, and the limits."""

    reader: str
    format: str | None
    kind: Kind | None
    limits: ChildLimits


class Refusal(Model):
    """An error on its way to the parent: the name of its class and what it says."""

    name: str
    detail: str
    field: str | None = None
    mend: str = ""
    errors: tuple[FieldError, ...] = ()


class Child:
    """One task; the fork server calls `_bootstrap` of what it unpickles."""

    def __init__(self, task: Task) -> None:
        self.task = task

    def _bootstrap(self, parent_sentinel: int) -> int:
        talk_fd = (forkserver.get_inherited_fds() or [parent_sentinel])[0]
        _close_all_but(talk_fd)
        with socket.socket(fileno=talk_fd) as talk:
            _limit(self.task.limits)
            data = _received(talk)
            talk.sendall(_answer(self.task, data))
        return 0


def _close_all_but(kept: int) -> None:
    """The pipe by which the server sees its parent's end must not stay open in a child."""
    os.closerange(3, kept)
    os.closerange(kept + 1, _HIGHEST_FD)


def _limit(limits: ChildLimits) -> None:
    """No wish of a file outlives these; the child also ends with the server and by the clock."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_s + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MAX_FILES, _MAX_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _received(talk: socket.socket) -> bytes:
    data = bytearray()
    while piece := talk.recv(1 << 20):
        data += piece
    return bytes(data)


def _answer(task: Task, data: bytes) -> bytes:
    """The reader's result or its error; a stranger's error never tells what it read."""
    try:
        parsed = _reader(task.reader)(data, format=task.format, kind=task.kind)
        return PARSED + parsed.model_dump_json().encode()
    except BatonError as error:
        return _refused(type(error).__name__, error)
    except (MemoryError, RecursionError):
        return _refused("ParseLimit", BatonError("Reading it takes more memory than one may take."))
    except Exception as error:  # noqa: BLE001 - the child's edge: whatever a reader raises ends here
        return _refused("BatonError", BatonError(f"A reader failed ({type(error).__name__})."))


def _reader(name: str) -> Callable[..., Parsed]:
    module, _, function = name.partition(":")
    found: Callable[..., Parsed] = getattr(importlib.import_module(module), function)
    return found


def _refused(name: str, error: BatonError) -> bytes:
    refusal = Refusal(
        name=name,
        detail=error.detail[:_MAX_DETAIL],
        field=error.field,
        mend=error.mend,
        errors=tuple(error.errors),
    )
    return REFUSED + refusal.model_dump_json().encode()
