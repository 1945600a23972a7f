"""By default nothing leaves this machine: watched in the processes of the demo and of tests."""

import ast
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import is_local

from service.db.embedded.lease import remove_cluster

WATCH = '''\
"""Writes down where each Python process of the demo connects to, or what it looks up.

The demo has a server take its sources and a worker read them, both with default settings.
"""

import os
import sys

_EVENTS = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo")


def _watch(event, arguments):
    if event not in _EVENTS:
        return
    _write(event, arguments[:2] if event == "socket.getaddrinfo" else arguments[1])


def _write(event, target):
    line = f"{sys.orig_argv!r}\\t{event}\\t{target!r}\\n"
    file = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(file, line.encode())
    os.close(file)


sys.addaudithook(_watch)
_write("begun", None)
'''


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    remove_cluster(tmp_path / "data")  # some seconds after its last user has gone


def clean_environment(tmp_path: Path, data_dir: Path) -> dict[str, str]:
    """No setting but the folder: what somebody has who has just installed it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BATON_")}
    watch = tmp_path / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    ours = {"PYTHONPATH": str(watch), "WATCHED": str(tmp_path / "watched.txt")}
    return kept | ours | {"BATON_DATA_DIR": str(data_dir)}


@pytest.mark.parametrize(
    ("target", "local"),
    [
        (("127.0.0.1", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        ("/tmp/x/.s.PGSQL.5432", True),  # noqa: S108 - a string that is looked at
        (("10.0.0.1", 80), False),
        (("huggingface.example", 443), False),
        (("0.0.0.0", 80), False),  # noqa: S104 - a string that is looked at
        ((None, 80), False),
    ],
)
def test_what_counts_as_local(target: object, *, local: bool) -> None:
    assert is_local(target) == local


@pytest.mark.timeout(240)
def test_the_demo_opens_nothing_but_loopback(tmp_path: Path, data_dir: Path) -> None:
    environment = clean_environment(tmp_path, data_dir)
    demo = subprocess.run(
        [sys.executable, "-m", "service.cli.main", "demo"],
        cwd=tmp_path,
        env=environment | {"PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert demo.returncode == 0, demo.stdout[-2000:] + demo.stderr[-2000:]
    lines = (tmp_path / "watched.txt").read_text(encoding="utf-8").splitlines()
    seen = [tuple(line.split("\t")) for line in lines]
    sent = {(event, parsed(target)) for _, event, target in seen}
    targets = {one for one in sent if one[1] is not None}  # None: connected before, and seen then
    assert {one for one in targets if not is_local(one[1])} == set()
    assert any(event == "socket.connect" for event, _ in targets)
    for part in ("'serve'", "'worker'"):
        assert any(part in process for process, *_ in seen)


def parsed(written: str) -> object:
    """A target as the hook wrote it down."""
    return ast.literal_eval(written)


def test_a_child_that_looks_out_is_seen(tmp_path: Path) -> None:
    """The hook is in place in a process like those of the demo; nothing is sent."""
    looks_out = (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    )
    subprocess.run(
        [sys.executable, "-c", looks_out],
        env=clean_environment(tmp_path, tmp_path),
        check=False,
        capture_output=True,
    )
    written = (tmp_path / "watched.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert not is_local(parsed(written.split("\t")[2]))


def test_the_tests_themselves_cannot_look_out() -> None:
    """An address that is nobody's, by a datagram: without the guard this would go through."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward,
        pytest.raises(ConnectionRefusedError, match=r"192\.0\.2\.1"),
    ):
        outward.connect(("192.0.2.1", 9))


def test_the_tests_themselves_look_no_name_up() -> None:
    with pytest.raises(ConnectionRefusedError, match=r"baton\.invalid"):
        socket.getaddrinfo("baton.invalid", 80)
