"""The running server as `postmaster.pid` tells it. Standard library only: the keeper's."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_POLL_S = 0.02
_PS = ("/bin/ps", "-ww", "-o", "args=", "-p")
_READY_LINE = 7


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What the server wrote about itself; it may be dead."""

    pid: int
    socket_dir: Path
    is_ready: bool


def read_pid_file(data: Path) -> Postmaster | None:
    """None where no server ran, or where one is only just writing its file."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) <= _READY_LINE - 2 or not lines[0].isdigit():
        return None
    status = lines[_READY_LINE].strip() if len(lines) > _READY_LINE else ""
    return Postmaster(pid=int(lines[0]), socket_dir=Path(lines[4]), is_ready=status == "ready")


def find_running(data: Path) -> Postmaster | None:
    """None where no server runs over this folder."""
    found = read_pid_file(data)
    return found if found and is_server_of(found.pid, data) else None


def is_server_of(pid: int, data: Path) -> bool:
    """Whether this process is a server over this folder, and not one that got a dead one's pid."""
    program, _, options = _command_of(pid).partition(b" -D ")
    return program.endswith(b"/postgres") and options.startswith(os.fsencode(data) + b" -c ")


def _command_of(pid: int) -> bytes:
    # /proc/PID/cwd would be surer, but root in a container without CAP_SYS_PTRACE may not read it.
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
        except (FileNotFoundError, ProcessLookupError):
            return b""
    command = [*_PS, str(pid)]
    return subprocess.run(command, capture_output=True, check=False).stdout


def disown_stale(data: Path) -> None:
    """Where the pid of a dead server now belongs to a stranger, write a pid that nobody has.

    The server would take the stranger for itself and refuse. Deleting the file would also drop the
    shared memory key in it, by which the server sees orphans of its predecessor still writing.
    """
    path = data / "postmaster.pid"
    found = read_pid_file(data)
    if found is None or not _exists(found.pid) or is_server_of(found.pid, data):
        return
    rest = path.read_bytes().partition(b"\n")[2]
    with path.open("r+b") as file:  # in place: the file keeps its owner
        file.write(b"%d\n" % _dead_pid() + rest)
        file.truncate()


def stop(data: Path, *, timeout_s: float = 60.0) -> None:
    """Fast shutdown of the server over this folder, if one runs; by force when it takes longer."""
    running = find_running(data)
    if running is None:
        return
    for kind in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(running.pid, kind)
        if _is_gone(running.pid, data, timeout_s):
            break
    if running.socket_dir.parent != data.parent:  # made by mkdtemp for this server
        with suppress(OSError):
            running.socket_dir.rmdir()


def _is_gone(pid: int, data: Path, timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while is_server_of(pid, data):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _dead_pid() -> int:
    with subprocess.Popen(["/bin/sh", "-c", ":"]) as child:
        child.wait()
    return child.pid
