import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from schemas.source import Kind, Parsed
from service import parsing
from service.errors import BatonError, FormatUnknown, Invalid, NoContent, ParseLimit
from service.parsing_child import ChildLimits

MAIL = b"From: Ann <ann@x.example>\nDate: Mon, 2 Mar 2026 09:14:05 +0100\n\nWe need SAML.\n"
TIGHT = ChildLimits(cpu_s=1, memory_bytes=512 << 20, wall_s=4)


@pytest.fixture(scope="module", autouse=True)
def fork_server() -> Iterator[None]:
    parsing.warm_up()
    yield
    parsing.stop()


@pytest.fixture(autouse=True)
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent / "intake/hostile")


def parse_with(reader: str, data: bytes = b"words", limits: ChildLimits = TIGHT) -> Parsed:
    return parsing.parse(
        data, format=None, kind=None, reader=f"hostile_readers:{reader}", limits=limits
    )


def processes() -> dict[int, tuple[int, int]]:
    """The parent and the session of every process, zombies included."""
    found = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            found[int(entry.name)] = (int(stat[1]), int(stat[3]))
    return found


def children_of_the_server() -> list[int]:
    """Processes below this process's own fork server; other servers of the run have theirs."""
    found = processes()
    ours = {
        pid
        for pid, (parent, _) in found.items()
        if parent == os.getpid() and b"forkserver" in _command(pid)
    }
    return [pid for pid, (parent, _) in found.items() if parent in ours]


def _command(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def test_a_file_is_read_in_a_child() -> None:
    parsed = parsing.parse(MAIL, format=None, kind=None)
    assert (parsed.kind, parsed.format) == (Kind.EMAIL, "eml")
    assert [each.text for each in parsed.utterances] == ["We need SAML."]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(b"", NoContent), (b"\x7fELF\x02\x01\x01\0\0\xff\xfe\x80", FormatUnknown)],
)
def test_a_refusal_comes_back_as_itself(data: bytes, refusal: type[BatonError]) -> None:
    with pytest.raises(refusal):
        parsing.parse(data, format=None, kind=None)


def test_a_refusal_keeps_its_field_and_its_mend() -> None:
    with pytest.raises(Invalid, match="5 bytes") as caught:
        parse_with("refuses")
    assert (caught.value.field, caught.value.mend) == ("file", "Send another.")


def test_a_refusal_keeps_every_field_that_is_wrong() -> None:
    with pytest.raises(Invalid) as caught:
        parsing.parse(b'{"turns": [{"text": 1}, {}]}', format=None, kind=None)
    assert [error.field for error in caught.value.errors] == ["turns.0.text", "turns.1.text"]


@pytest.mark.parametrize("reader", ["spins", "eats_memory", "recurses", "dies"])
def test_over_its_limits_or_killed_a_child_is_a_parse_limit(reader: str) -> None:
    with pytest.raises(ParseLimit):
        parse_with(reader)
    assert children_of_the_server() == []


def test_a_sleeping_reader_ends_by_the_clock() -> None:
    with pytest.raises(ParseLimit, match=r"longer than 0\.5 s"):
        parse_with("sleeps", limits=ChildLimits(wall_s=0.5))
    assert children_of_the_server() == []


@pytest.mark.parametrize(("reader", "cause"), [("fails", "KeyError"), ("writes_a_file", "OSError")])
def test_a_stranger_error_tells_nothing_of_the_content(reader: str, cause: str) -> None:
    with pytest.raises(BatonError, match=cause) as caught:
        parse_with(reader, b"a secret phrase")
    assert type(caught.value) is BatonError
    assert "secret" not in f"{caught.value} {caught.value.detail} {caught.value.__cause__}"


def test_a_large_file_goes_through_whole() -> None:
    assert parse_with("tells_modules", b"x" * 25_000_000).format == "25000000"


def test_a_child_has_neither_web_nor_database() -> None:
    modules = set(parse_with("tells_modules").utterances[0].text.split())
    assert "service" in modules
    assert not modules & {"litestar", "sqlalchemy", "psycopg", "openai", "pytest", "onnxruntime"}


def test_fifty_files_in_threads_leave_nothing_behind() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: parsing.parse(MAIL, format=None, kind=None), range(50)))
    assert {each.utterances[0].text for each in found} == {"We need SAML."}
    assert children_of_the_server() == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_no_more_children_run_than_there_are_slots() -> None:
    slots, most = threading.BoundedSemaphore(2), []

    def one(_: int) -> None:
        with pytest.raises(ParseLimit):
            parsing.parse(
                b"x",
                format=None,
                kind=None,
                reader="hostile_readers:sleeps",
                limits=ChildLimits(wall_s=0.8),
                slots=slots,
            )

    with ThreadPoolExecutor(5) as pool:
        running = [pool.submit(one, n) for n in range(5)]
        while not all(each.done() for each in running):
            most.append(len(children_of_the_server()))
    assert max(most) == 2


def test_a_killed_server_is_started_again() -> None:
    parsing.parse(MAIL, format=None, kind=None)
    parsing.stop()
    assert parsing.parse(MAIL, format=None, kind=None).format == "eml"


PARENT = """
import sys, threading, time
from service import parsing
from service.parsing_child import ChildLimits
sys.path.insert(0, sys.argv[1])
ask = dict(format=None, kind=None, reader="hostile_readers:sleeps")
threading.Thread(target=lambda: parsing.parse(b"x", limits=ChildLimits(wall_s=60), **ask)).start()
time.sleep(1.5)
print("up", flush=True)
time.sleep(60)
"""


def test_a_child_dies_with_its_parent() -> None:
    folder = str(Path(__file__).parent / "intake/hostile")
    command = [sys.executable, "-c", PARENT, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        assert _in_session(parent.pid) > 2
        parent.kill()
        parent.wait()
    for _ in range(50):
        if _in_session(parent.pid) == 0:
            break
        threading.Event().wait(0.1)
    assert _in_session(parent.pid) == 0


def _in_session(session: int) -> int:
    return [each for _, each in processes().values()].count(session)
