"""A mailbox in one file: each message taken by itself, in memory that does not grow with it."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from service.cli.files import find_files
from service.cli.found import Found
from service.errors import TooLarge
from service.web.bodies import FILE_LIMIT

START = b"From kim@kim.example Mon Mar  2 09:00:00 2026\n"


def mail(thread: int, number: int, text: bytes = b"") -> bytes:
    said = text or b"We will send number %d of %d by Friday." % (number, thread)
    answers = b"References: <%d-0@x.example>\n" % thread if number else b""
    return (
        b"From: Kim <kim@kim.example>\nTo: Dana <dana@wayfold.example>\nSubject: Thread %d\n"
        b"Date: Mon, 2 Mar 2026 09:0%d:00 +0000\nMessage-ID: <%d-%d@x.example>\n%s\n%s\n"
    ) % (thread, number, thread, number, answers, said)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "all.mbox"
    mails = (mail(thread, number) for thread in range(3) for number in range(2))
    path.write_bytes(b"\n".join(START + each for each in mails))
    return path


def test_each_message_is_a_file_of_its_own(box: Path) -> None:
    found = list(find_files([box]))
    assert [one.path.name for one in found] == [f"{n:06}.eml" for n in range(1, 7)]
    assert found[3].read().rstrip() == mail(1, 1).rstrip()


def test_a_message_over_the_limit_is_refused_and_the_next_one_taken(tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    path.write_bytes(START + mail(1, 0, b"x" * FILE_LIMIT) + b"\n" + START + mail(2, 0))
    large, small = find_files([path])
    with pytest.raises(TooLarge):
        large.read()
    assert small.read() == mail(2, 0)


def test_memory_does_not_grow_with_the_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "long.mbox"
    with path.open("wb") as file:
        for number in range(2_000):
            file.write(START + mail(number, 0, b"word " * 2_000 + b"\n") + b"\n")
    tracemalloc.start()
    assert sum(len(one.read()) > 10_000 for one in find_files([path])) == 2_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 20_000_000
    assert most < 1_000_000


def test_ingest_puts_the_threads_of_a_mailbox_together_and_goes_on(
    run: Any, workspace: str, box: Path
) -> None:
    def ingested() -> dict[str, Any]:
        done = run("ingest", str(box), "--workspace", workspace, "--json")
        assert done.exit_code == 0, done.output
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    first = ingested()
    assert (first["new"], first["refused"]) == (6, 0)
    assert len({one["source_id"] for one in first["files"]}) == 3
    assert ingested()["already_there"] == 6


def test_other_files_are_no_mailboxes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"From Monday on we ship.\nKim: Good.\n")
    (tmp_path / "b.eml").write_bytes(mail(1, 0))
    assert {one.path.suffix for one in find_files([tmp_path])} == {".txt", ".eml"}
    assert all(isinstance(one, Found) and one.content is None for one in find_files([tmp_path]))
