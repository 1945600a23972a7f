import json
import socket
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from live import Caller, Server
from wire import CALL, refused

SOURCES, SEARCH = "/v1/sources", "/v1/search"
NOWHERE = "5a1f0000-0000-4000-8000-00000000dead"


def _file(caller: Caller, content: bytes, *parts: tuple[str, str]) -> httpx2.Response:
    fields = [(name, (None, value)) for name, value in parts]
    return caller.post(SOURCES, files=[("file", ("a.txt", content)), *fields])


@pytest.mark.parametrize(
    "path", ["", f"/{NOWHERE}", f"/{NOWHERE}/turns", f"/{NOWHERE}/note", "../search"]
)
def test_query_parameters_refused(mallory: Caller, path: str) -> None:
    url = SEARCH if path == "../search" else SOURCES + path
    unknown = mallory.get(url, params={"custommer": "x"})
    assert refused(unknown, 400, "invalid")["field"] == "custommer"
    answer = mallory.delete(f"{SOURCES}/{uuid4()}", params={"force": "1"})
    assert refused(answer, 400, "invalid")["field"] == "force"
    assert refused(mallory.post(url, params={"limit": "1"}), *_post_refused(path))


def _post_refused(path: str) -> tuple[int, str]:
    return (400, "invalid") if path in {"", "../search"} else (405, "method-not-allowed")


@pytest.mark.parametrize(
    "query",
    [
        *(f"limit={bad}" for bad in ("0", "101", "x", "", "-1", "1e1", "9" * 30, "1.5", "%00")),
        "limit=1&limit=2",
        *(f"cursor={bad}" for bad in ("x", "", "%00", "W10", "é", "A" * 3_000, "IjEi")),
    ],
)
@pytest.mark.parametrize("path", [SOURCES, SEARCH, "turns"])
def test_pages_refused(waiting: Caller, path: str, query: str) -> None:
    sent = waiting.post(SOURCES, json={"content": CALL})
    url = f"{sent.json()['url']}/turns" if path == "turns" else path
    answer = waiting.get(f"{url}?{query}{'&q=x' if path == SEARCH else ''}")
    assert refused(answer, 400, "invalid")["field"] == query[:6].rstrip("=")


@pytest.mark.parametrize(
    "query",
    [
        *("status=done", "kind=song", "unassigned=maybe", "customer=%00", "deal=a/b"),
        *("customer=a&customer=b", "deal=" + "d" * 201),
    ],
)
def test_list_filters_refused(mallory: Caller, query: str) -> None:
    answer = mallory.get(f"{SOURCES}?{query}")
    assert refused(answer, 400, "invalid")["field"] == query.partition("=")[0]


@pytest.mark.parametrize(
    "query",
    [
        *("q=", "q=%20", "q=%00", "q=a&q=b", "since=5", "since=2026-03-03", "until=soon"),
        *("side=theirs", "kind=song", "state=gone", "customer=a%23b", "deal=.", "field=%00"),
        "since=2026-03-03T00:00:00",
    ],
)
def test_search_filters_refused(mallory: Caller, query: str) -> None:
    name = query.partition("=")[0]
    answer = mallory.get(f"{SEARCH}?{query}{'' if name == 'q' else '&q=x'}")
    assert refused(answer, 400, "invalid")["field"] == name


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("q", 5),
        ("limit", True),
        ("limit", 0),
        ("since", 5),
        ("cursor", 5),
        ("nope", 1),
        ("q", None),
    ],
)
def test_search_keys_refused(mallory: Caller, key: str, value: Any) -> None:
    answer = mallory.post(SEARCH, json={"q": "x", key: value})
    assert refused(answer, 400, "invalid")["field"] == key


@pytest.mark.parametrize(
    "bad", ["x", "0", "x" * 7_000, "%00", "%ff", "..%2f", "%F0%9F%98%80", "-1"]
)
def test_ids_that_are_none(mallory: Caller, bad: str) -> None:
    for tail in ("", "/turns", "/note"):
        refused(mallory.get(f"{SOURCES}/{bad}{tail}"), 404, "not-found")
    refused(mallory.delete(f"{SOURCES}/{bad}"), 404, "not-found")


def test_a_url_and_headers_at_the_limit(mallory: Caller) -> None:
    room = 8 * 1024 - len(f"{SOURCES}/")
    refused(mallory.get(f"{SOURCES}/{'x' * room}"), 404, "not-found")
    refused(mallory.get(f"{SOURCES}/{'x' * (room + 1)}"), 413, "too-large")
    refused(mallory.get("/healthz", headers={"X-Big": "x" * 32 * 1024}), 413, "too-large")


def test_methods_and_paths_that_are_not_there(mallory: Caller) -> None:
    for method, path in (("PUT", SOURCES), ("DELETE", SOURCES), ("PATCH", SEARCH)):
        answer = mallory.request(method, path)
        refused(answer, 405, "method-not-allowed")
        assert "GET" in answer.headers["allow"]
    assert mallory.options(SOURCES).status_code == 204
    for path in ("/", "/v1", "/v1/nope", f"{SOURCES}/a/b/c", "/.env"):
        refused(mallory.get(path), 404, "not-found")


def test_a_request_without_a_host(mallory: Caller, idle: Server) -> None:
    host, port = idle.url.removeprefix("http://").split(":")
    for version, media in ((b"1.0", b"application/problem+json"), (b"1.1", b"text/plain")):
        with socket.create_connection((host, int(port)), timeout=10) as line:
            line.sendall(b"GET /healthz HTTP/" + version + b"\r\nConnection: close\r\n\r\n")
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"content-type: " + media in answer.lower()
    assert mallory.get("/healthz").status_code == 200


@pytest.mark.parametrize("part", ["key", "value", "query", "id", "file", "turns", "form"])
def test_input_is_not_quoted_back(mallory: Caller, part: str) -> None:
    long = "canary" * 1_000
    answer = {
        "key": lambda: mallory.post(SOURCES, json={"content": "x", long: 1}),
        "value": lambda: mallory.post(SOURCES, json={"content": "x", "kind": long}),
        "query": lambda: mallory.get(SOURCES, params={long: "x"}),
        "id": lambda: mallory.get(f"{SOURCES}/{long}"),
        "file": lambda: _file(mallory, json.dumps({long: 1}).encode()),
        "turns": lambda: mallory.post(SOURCES, json={"content": {"turns": [{long: 1}]}}),
        "form": lambda: _file(mallory, b"Hello", (long, "x")),
    }[part]()
    assert answer.status_code in {400, 404, 413, 422}
    assert "canary" * 17 not in answer.text
