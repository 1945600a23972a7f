import json
from typing import Any

import httpx2
import pytest
from live import Caller
from wire import refused

SOURCES, SEARCH = "/v1/sources", "/v1/search"
MIB = 1024 * 1024
JSON_TYPE = {"Content-Type": "application/json"}
DEEP = "[" * 10_000 + "]" * 10_000


def _post(caller: Caller, body: bytes | str, **headers: str) -> httpx2.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return caller.post(SOURCES, content=body, headers=JSON_TYPE | named)


def _file(caller: Caller, content: bytes, *parts: tuple[str, str]) -> httpx2.Response:
    fields = [(name, (None, value)) for name, value in parts]
    return caller.post(SOURCES, files=[("file", ("a.txt", content)), *fields])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "no-content"),
        (b" \n\t \r\n", "no-content"),
        (b"\xef\xbb\xbf", "no-content"),
        (b"... --- ...", "no-content"),
        (b'{"turns": []}', "no-content"),
        (bytes(range(256)) * 40, "format-unknown"),
        (b"%PDF-1.7 a document", "format-unknown"),
        (b"PK\x03\x04 an archive", "format-unknown"),
        (b'{"rows": [1, 2]}', "format-unknown"),
    ],
)
def test_files_without_a_transcript(mallory: Caller, content: bytes, name: str) -> None:
    assert refused(_file(mallory, content), 422, name)["field"] == "file"


@pytest.mark.parametrize("content", ["", "  \n ", {"turns": []}])
def test_content_without_words(mallory: Caller, content: Any) -> None:
    answer = mallory.post(SOURCES, json={"content": content})
    assert refused(answer, 422, "no-content")["field"] == "content"


@pytest.mark.parametrize("content", [{"rows": []}, [1, 2], {}])
def test_content_of_no_known_shape(mallory: Caller, content: Any) -> None:
    answer = mallory.post(SOURCES, json={"content": content})
    assert refused(answer, 422, "format-unknown")["field"] == "content"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "text/json"},
        {"Content-Type": ""},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": "application/json", "Content-Encoding": "br"},
    ],
)
@pytest.mark.parametrize("path", [SOURCES, SEARCH])
def test_media_types_refused(mallory: Caller, path: str, headers: dict[str, str]) -> None:
    answer = mallory.post(path, content=b'{"content": "x", "q": "x"}', headers=headers)
    refused(answer, 415, "unsupported-media-type")


def test_search_takes_no_form(mallory: Caller) -> None:
    answer = mallory.post(SEARCH, files={"q": (None, "x")})
    refused(answer, 415, "unsupported-media-type")


def test_a_file_at_the_limit(mallory: Caller) -> None:
    refused(_file(mallory, b"\n" * (25 * MIB)), 422, "no-content")
    over = _file(mallory, b"\n" * (25 * MIB + 1))
    assert refused(over, 413, "too-large")["field"] == "file"


def test_a_form_far_over_the_limit(mallory: Caller) -> None:
    refused(_file(mallory, b"\n" * (30 * MIB)), 413, "too-large")


def test_a_json_body_at_the_limit(mallory: Caller) -> None:
    room = 10 * MIB - len(b'{"content":""}')
    refused(_post(mallory, b'{"content":"' + b" " * room + b'"}'), 422, "no-content")
    refused(_post(mallory, b'{"content":"' + b" " * (room + 1) + b'"}'), 413, "too-large")


def test_a_search_body_at_the_limit(mallory: Caller) -> None:
    room = 256 * 1024 - len(b'{"q":""}')
    at = mallory.post(SEARCH, content=b'{"q":"' + b" " * room + b'"}', headers=JSON_TYPE)
    assert refused(at, 400, "invalid")["field"] == "q"
    over = mallory.post(SEARCH, content=b'{"q":"' + b" " * (room + 1) + b'"}', headers=JSON_TYPE)
    refused(over, 413, "too-large")


def test_a_body_without_a_length_is_not_read_on(mallory: Caller) -> None:
    pieces = (b" " * MIB for _ in range(300))
    answer = mallory.post(SOURCES, content=pieces, headers=JSON_TYPE)
    refused(answer, 413, "too-large")


def test_a_line_of_five_megabytes(mallory: Caller) -> None:
    body = refused(_file(mallory, b"Dana: " + b"word " * MIB), 413, "too-large")
    assert body["field"] == "file"


def test_a_line_of_one_megabyte_loses_nothing(waiting: Caller) -> None:
    words = [f"word{n}" for n in range(100_000)]
    sent = _file(waiting, " ".join(words).encode())
    assert sent.status_code == 202
    turns = waiting.get(f"{sent.json()['url']}/turns", params={"limit": 100}).json()["items"]
    assert max(len(turn["text"]) for turn in turns) <= 20_000
    assert " ".join(turn["text"] for turn in turns).split() == words


def test_nul_in_a_file_is_left_out_and_counted(waiting: Caller) -> None:
    sent = _file(waiting, b"The old tool lost\x00 shipments, and nobody noticed for weeks.")
    source = waiting.get(sent.json()["url"]).json()
    assert "characters-removed" in {notice["code"] for notice in source["notices"]}
    turns = waiting.get(f"{sent.json()['url']}/turns").json()["items"]
    assert turns[0]["text"] == "The old tool lost shipments, and nobody noticed for weeks."


@pytest.mark.parametrize("hostile", ["a\\u0000b", "a\\ud800b", "\\udc00", "\\ud800\\ud800"])
@pytest.mark.parametrize("field", ["content", "title", "customer", "external_id", "format"])
def test_text_that_cannot_be_stored(mallory: Caller, field: str, hostile: str) -> None:
    fields = {"content": "Hello there", field: "HOSTILE"}
    body = json.dumps(fields).replace("HOSTILE", hostile)
    assert refused(_post(mallory, body), 400, "malformed")["field"] == field


def test_nul_in_a_field_of_a_form(mallory: Caller) -> None:
    for field in ("title", "customer", "deal"):
        answer = _file(mallory, b"Hello there", (field, "a\0b"))
        assert refused(answer, 400, "invalid")["field"] == field


def test_a_form_field_that_is_no_utf8(mallory: Caller) -> None:
    head = b"--b\r\nContent-Disposition: form-data; name="
    body = (
        head + b'"file"; filename="a"\r\n\r\nHello\r\n' + head + b'"title"\r\n\r\n\xff\r\n--b--\r\n'
    )
    answer = _post(mallory, body, Content_Type="multipart/form-data; boundary=b")
    refused(answer, 400, "malformed")


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=other"])
def test_a_form_that_is_none(mallory: Caller, kind: str) -> None:
    refused(_post(mallory, b"--b\r\nnot a form\r\n", Content_Type=kind), 400, "malformed")


@pytest.mark.parametrize("deep", [DEEP, DEEP * 10, '{"a":' * 10_000, "[" * 100_000])
def test_json_nested_deep(mallory: Caller, deep: str) -> None:
    assert refused(_post(mallory, f'{{"content": {deep}}}'), 400, "malformed")["field"] == "body"
    refused(_post(mallory, deep), 400, "malformed")
    inside = mallory.post(SOURCES, json={"content": deep})
    assert refused(inside, 400, "malformed")["field"] == "content"
    assert refused(_file(mallory, deep.encode()), 400, "malformed")["field"] == "file"


def test_json_at_the_limit_of_depth(mallory: Caller) -> None:
    at, over = "[" * 63 + "]" * 63, "[" * 64 + "]" * 64
    refused(_post(mallory, f'{{"content": {at}}}'), 422, "format-unknown")
    refused(_post(mallory, f'{{"content": {over}}}'), 400, "malformed")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5_000])
def test_numbers_that_are_none(mallory: Caller, number: str) -> None:
    turn = f'{{"speaker": "Dana", "text": "Hello there", "start_s": {number}}}'
    refused(_post(mallory, f'{{"content": {{"turns": [{turn}]}}}}'), 400, "malformed")
    refused(_post(mallory, f'{{"content": "x", "title": {number}}}'), 400, "malformed")


@pytest.mark.parametrize("number", ["1e300", "-1e300", "9" * 400, '"x"', "[]"])
def test_numbers_outside_their_field(mallory: Caller, number: str) -> None:
    turn = f'{{"speaker": "Dana", "text": "Hello there", "start_s": {number}}}'
    refused(_post(mallory, f'{{"content": {{"turns": [{turn}]}}}}'), 400, "invalid")


@pytest.mark.parametrize("body", ["", "{", "nope", '{"content": "x"} {}', b'{"content": "\xff"}'])
def test_json_that_is_none(mallory: Caller, body: str | bytes) -> None:
    assert refused(_post(mallory, body), 400, "malformed")["field"] == "body"


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "5"])
@pytest.mark.parametrize("path", [SOURCES, SEARCH])
def test_json_that_is_no_object(mallory: Caller, path: str, body: str) -> None:
    answer = mallory.post(path, content=body, headers=JSON_TYPE)
    assert refused(answer, 400, "invalid")["field"] == "body"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content", 5),
        ("content", None),
        ("surprise", 1),
        ("kind", "song"),
        ("title", "t" * 301),
        ("title", 5),
        ("occurred_at", "yesterday"),
        ("occurred_at", "2026-03-03"),
        ("occurred_at", "2026-03-03T15:00:00"),
        ("occurred_at", "2026-02-30T15:00:00Z"),
        ("occurred_at", "1066-10-14T15:00:00Z"),
        ("occurred_at", 1_772_550_000),
        ("occurred_at", True),
        ("participants", "Kim"),
        ("participants", [{"name": "Kim"}] * 201),
    ],
)
def test_fields_refused(mallory: Caller, field: str, value: Any) -> None:
    body = refused(mallory.post(SOURCES, json={"content": "Hello", field: value}), 400, "invalid")
    assert body["field"] == field
    assert [error["field"] for error in body["errors"]] == [field]


@pytest.mark.parametrize(
    "person", [{"side": "theirs"}, {"name": 5}, {"nick": "K"}, {"email": "e" * 301}]
)
def test_participants_refused(mallory: Caller, person: dict[str, Any]) -> None:
    (key,) = person
    answer = mallory.post(SOURCES, json={"content": "Hello", "participants": [person]})
    assert refused(answer, 400, "invalid")["field"] == f"participants.0.{key}"
    form = _file(mallory, b"Hello", ("participants", json.dumps([person])))
    assert refused(form, 400, "invalid")["field"] == f"participants.0.{key}"


def test_participants_of_a_form_that_are_no_json(mallory: Caller) -> None:
    for text in ("{", "Kim", "[NaN]", DEEP):
        answer = _file(mallory, b"Hello", ("participants", text))
        assert refused(answer, 400, "malformed")["field"] == "participants"


def test_a_format_that_is_not_known(mallory: Caller) -> None:
    for name in ("nope", "srt"):
        answer = mallory.post(SOURCES, json={"content": "Hello there", "format": name})
        assert refused(answer, 422, "format-unknown")["field"] == "format"


def test_parts_of_a_form_refused(mallory: Caller) -> None:
    for parts, field in (
        ([("surprise", "1")], "surprise"),
        ([("title", "a"), ("title", "b")], "title"),
        ([("file", "again")], "file"),
        ([("kind", "song")], "kind"),
    ):
        answer = _file(mallory, b"Hello", *parts)
        assert refused(answer, 400, "invalid")["field"] == field


def test_a_form_without_a_file(mallory: Caller) -> None:
    for parts in ({"title": (None, "x")}, {"file": (None, "Dana: no file name")}):
        answer = mallory.post(SOURCES, files=parts)
        assert refused(answer, 400, "invalid")["field"] == "file"


def test_parts_at_the_limit(mallory: Caller) -> None:
    nineteen = [(f"field{n}", "x") for n in range(19)]
    refused(_file(mallory, b"Hello", *nineteen), 400, "invalid")
    refused(_file(mallory, b"Hello", *nineteen, ("one_more", "x")), 413, "too-large")
