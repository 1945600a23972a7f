"""Hostile files cost their own child, and nobody else's request."""

import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live import Caller, Database, serving

LONGEST_S = 17
"""A child has 15 s; the rest is the way to it."""
MIB = 1024 * 1024


def bomb() -> bytes:
    """A zip of 40 KB that unpacks to 40 MiB; no format takes it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 40 * MIB)
    return packed.getvalue()


def nested(depth: int) -> bytes:
    """Multiparts, each in the one before."""
    lines = ["From: a@b.example", "Subject: deep"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    return "\r\n".join([*lines, "Content-Type: text/plain", "", "words are here"]).encode()


HEAD = b"From: a@b.example\r\n"
HOSTILE: dict[str, tuple[bytes, set[int]]] = {
    "a subject of a megabyte": (HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 75_000, {422}),
    "a thousand multiparts": (nested(1000), {422}),
    "twenty thousand parameters": (HEAD + b"Content-Type: text/plain" + b"; a=b" * 20_000, {422}),
    "a zip bomb": (bomb(), {422}),
    "many marks of quotes": (HEAD + b"Subject: x\r\n\r\n" + b">" * 500_000, {202, 422}),
    "many lines of On": (HEAD + b"Subject: x\r\n\r\n" + b"On \n" * 150_000, {202, 413, 422}),
    "many blank lines": (HEAD + b"Subject: x\r\n\r\nhello" + b"\n" * 900_000, {202}),
    "cues without end": (
        b"WEBVTT\n\n" + b"00:00:00.000 --> 00:00:01.000\nA: x\n\n" * 60_000,
        {202, 413},
    ),
    "an open tag": (b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + b"<v " * 300_000, {202, 422}),
    "brackets of text": (b"[00:00:00] " * 150_000, {202, 422}),
    "deep json": (b'{"turns":' + b"[" * 200_000, {400}),
    "many arrows": (b"-->\n" * 400_000, {202, 413, 422}),
}


@pytest.fixture(scope="module")
def lone(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Caller]:
    """A server without a worker: nothing but the requests takes its time."""
    data = str(tmp_path_factory.mktemp("hostile"))
    settings = {"BATON_DATA_DIR": data, "BATON_EMBEDDER": "tiny"}
    with serving(make_database(), "--no-worker", **settings) as running, running.caller() as caller:
        yield caller


@pytest.mark.parametrize("name", HOSTILE)
def test_each_ends_in_time(lone: Caller, name: str) -> None:
    content, statuses = HOSTILE[name]
    started = time.monotonic()
    answer = lone.post("/v1/sources", files={"file": ("x", content)})
    assert time.monotonic() - started < LONGEST_S
    assert answer.status_code in statuses, answer.text[:300]


def test_others_go_on_meanwhile(lone: Caller) -> None:
    """While all of them are read at once, a list answers as usual."""
    threads = [
        threading.Thread(target=lone.post, args=["/v1/sources"], kwargs={"files": {"file": one[0]}})
        for one in HOSTILE.values()
    ]
    for thread in threads:
        thread.start()
    took = []
    while any(thread.is_alive() for thread in threads):
        started = time.monotonic()
        assert lone.get("/v1/sources", params={"limit": 1}).status_code == 200
        took.append(time.monotonic() - started)
        time.sleep(0.02)
    assert len(took) > 5
    assert sorted(took)[len(took) // 2] < 1
    assert lone.get("/readyz").status_code == 200


def test_no_child_is_left(lone: Caller) -> None:
    del lone
    end = time.monotonic() + 20
    while _readers():
        assert time.monotonic() < end
        time.sleep(0.2)


def _readers() -> list[str]:
    """Zombies of a fork server: children that nobody has waited for."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = entry.read_text()
        except OSError:
            continue
        if "forkserver" in text and text.rpartition(")")[2].split()[0] == "Z":
            found.append(text)
    return found
