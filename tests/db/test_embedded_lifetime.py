import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from service.db.embedded.lease import Lease, acquire, remove_cluster
from service.db.embedded.postmaster import Postmaster, find_running, stop
from service.errors import NotSetUp

ROOT = Path(__file__).resolve().parents[2]
USER = """
import os, subprocess, sys, time
from pathlib import Path
from service.db.embedded.lease import acquire
lease = acquire(Path(sys.argv[1]), durable=False, linger_s=0.2)
forked = os.fork()
if forked == 0:
    time.sleep(60)
started = subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL)
print(lease.cluster.data, forked, started.pid, flush=True)
sys.stdin.read()
"""


def start_user(data_dir: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", USER, str(data_dir)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=env)


def said_by(user: subprocess.Popen[str]) -> tuple[Path, list[int]]:
    assert user.stdout is not None
    data, *pids = user.stdout.readline().split()
    return Path(data), [int(pid) for pid in pids]


def kill(*pids: int) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def wait_until(is_true: Callable[[], bool], *, timeout_s: float = 20.0) -> bool:
    deadline = time.monotonic() + timeout_s
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def answers(lease: Lease) -> bool:
    with psycopg.connect(lease.cluster.url("baton_app").replace("+psycopg", "", 1)) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def running(lease: Lease) -> Postmaster:
    found = find_running(lease.cluster.data)
    assert found is not None
    return found


@pytest.fixture
def data_dir() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp())
    parent.chmod(0o755)  # root's server runs as another account, in the data folder all the same
    yield parent / "baton"
    assert wait_until(lambda: _is_removed(parent / "baton"))
    shutil.rmtree(parent)


def _is_removed(data_dir: Path) -> bool:
    try:
        remove_cluster(data_dir)
    except NotSetUp:
        return False
    return True


def test_the_server_ends_when_its_user_is_killed_and_children_live_on(data_dir: Path) -> None:
    with start_user(data_dir) as user:
        data, children = said_by(user)
        assert find_running(data) is not None
        kill(user.pid)
        ended = wait_until(lambda: find_running(data) is None)
        alive = [pid for pid in children if Path(f"/proc/{pid}").exists()]
        kill(*children)
    assert ended
    assert alive == children


def test_the_server_outlives_a_user_while_another_lives(data_dir: Path) -> None:
    with acquire(data_dir, durable=False, linger_s=0.2) as lease:
        before = running(lease)
        with start_user(data_dir) as user:
            _, children = said_by(user)
            kill(user.pid, *children)
        time.sleep(0.7)  # three lingers
        assert running(lease) == before
    assert wait_until(lambda: find_running(lease.cluster.data) is None)


def test_a_killed_server_comes_back(data_dir: Path) -> None:
    with acquire(data_dir, durable=False, linger_s=0.2) as lease:
        killed = running(lease).pid
        kill(killed)
        with acquire(data_dir, durable=False) as again:
            assert running(again).pid != killed
            assert answers(again)
            assert answers(lease)


def test_a_killed_keeper_is_replaced(data_dir: Path) -> None:
    with acquire(data_dir, durable=False, linger_s=0.2) as lease:
        kill(keeper_of(data_dir))
        with acquire(data_dir, durable=False, linger_s=0.2):
            assert keeper_of(data_dir)
    assert wait_until(lambda: find_running(lease.cluster.data) is None)


def keeper_of(data_dir: Path) -> int:
    wanted = b"service.db.embedded.keeper\0" + os.fsencode(data_dir.resolve())
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "cmdline").read_bytes():
                return int(folder.name)
        except (FileNotFoundError, ProcessLookupError):
            continue
    pytest.fail("no keeper lives")


def test_eight_at_once_start_one_server(data_dir: Path) -> None:
    users = [start_user(data_dir) for _ in range(8)]
    said = [said_by(user) for user in users]
    data = said[0][0]
    servers = {data for data, _ in said}
    drafts = list(data.parent.glob("data.new-*"))
    for user, (_, children) in zip(users, said, strict=True):
        kill(user.pid, *children)
        user.communicate()
    assert servers == {data}
    assert drafts == []
    assert wait_until(lambda: find_running(data) is None)


def test_a_pid_file_that_names_a_stranger_does_not_block(data_dir: Path) -> None:
    with acquire(data_dir, durable=False, linger_s=0.2) as lease:
        pid_file = lease.cluster.data / "postmaster.pid"
        kept, owner = pid_file.read_text(), pid_file.stat()
        stop(lease.cluster.data)
        user, group = (owner.st_uid, owner.st_gid) if os.geteuid() == 0 else (None, None)
        with subprocess.Popen(["/bin/sleep", "60"], user=user, group=group) as stranger:
            pid_file.write_text("\n".join([str(stranger.pid), *kept.splitlines()[1:], ""]))
            os.chown(pid_file, owner.st_uid, owner.st_gid)
            with acquire(data_dir, durable=False) as again:
                assert answers(again)
            assert stranger.poll() is None
            stranger.kill()


def test_a_pid_file_of_a_dead_process_does_not_block(data_dir: Path) -> None:
    with acquire(data_dir, durable=False, linger_s=0.2) as lease:
        kill(running(lease).pid)
        assert wait_until(lambda: find_running(lease.cluster.data) is None)
        assert (lease.cluster.data / "postmaster.pid").exists()
        with acquire(data_dir, durable=False) as again:
            assert answers(again)


def test_a_long_path_gets_a_private_socket_folder_that_goes_away(data_dir: Path) -> None:
    long = data_dir / ("deep-" * 20) / ("folder, with a comma " * 5).strip()
    with acquire(long, durable=False, linger_s=0.2) as lease:
        assert answers(lease)
        assert lease.cluster.folder.is_relative_to(long)
        assert not lease.cluster.socket_dir.is_relative_to(long)
        assert lease.cluster.socket_dir.stat().st_mode & 0o777 == 0o700
    assert wait_until(lambda: find_running(lease.cluster.data) is None)
    remove_cluster(long)
    assert not lease.cluster.socket_dir.exists()
