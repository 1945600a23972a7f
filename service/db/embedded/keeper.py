"""The small process that stops the server when its last user is gone, also after `kill -9`."""

import os
import subprocess
import sys
import time
from pathlib import Path

from service.db.embedded.locks import FileLock, held_alone
from service.db.embedded.postmaster import stop

_ROOT = Path(__file__).resolve().parents[3]
_START_WAIT_S = 300.0


def ensure_keeper(data_dir: Path, data: Path, *, linger_s: float) -> None:
    """Start a keeper unless one lives; the caller holds start.lock.

    The keeper gets the very descriptor that holds keeper.lock, so no moment passes between the
    look and the lock.
    """
    lock = FileLock(data_dir / "keeper.lock")
    try:
        if lock.try_exclusive():
            _spawn(data_dir, data, linger_s=linger_s, lock=lock)
    finally:
        lock.close()


def _spawn(data_dir: Path, data: Path, *, linger_s: float, lock: FileLock) -> None:
    words = [str(data_dir), str(data), str(linger_s), str(lock.fileno())]
    log = data_dir / "keeper.log"
    log.unlink(missing_ok=True)
    with log.open("xb") as complaints:
        subprocess.run(
            [sys.executable, "-S", "-m", __spec__.name, *words],
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=complaints,
            stderr=complaints,
            pass_fds=[lock.fileno()],
            start_new_session=True,
            check=True,
        )


def keep(data_dir: Path, data: Path, *, linger_s: float, keeper_fd: int) -> None:
    """Wait for the last user, linger, look again, stop the server."""
    users = FileLock(data_dir / "users.lock")
    while True:
        users.wait_exclusive()
        users.unlock()  # a new user must not wait for the linger
        time.sleep(linger_s)
        if not users.is_current():
            _stop_abandoned(data_dir, data)
            return
        with held_alone(data_dir / "start.lock", timeout_s=_START_WAIT_S):
            if users.try_exclusive():
                stop(data)
                os.close(keeper_fd)  # under start.lock: the next user sees that no keeper is left
                return


def _stop_abandoned(data_dir: Path, data: Path) -> None:
    """The data folder was deleted. A cluster in it is gone too; one elsewhere has no user left."""
    if not data.is_relative_to(data_dir):
        stop(data)


def main() -> None:
    """Entry of the process: data_dir, data, linger_s, keeper_fd. It leaves its parent at once."""
    data_dir, data, linger_s, keeper_fd = sys.argv[1:]
    if os.fork() == 0:
        keep(Path(data_dir), Path(data), linger_s=float(linger_s), keeper_fd=int(keeper_fd))


if __name__ == "__main__":
    main()
