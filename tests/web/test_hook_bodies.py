"""Bodies that hooks get: none ends in an error of ours, and no mail is lost over its charset."""

import base64
import json
import random
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hook_calls import Hook, wait_for_source
from live import Caller, Server
from wire import refused

SAID = "Grüße, wir liefern Übermorgen."
CHARSETS = b'{"text": "iso-8859-1", "html": 7}'
MAIL = {
    "FromFull": {"Email": "marcus@tamarack.example", "Name": "Marcus Lee"},
    "Subject": "Renewal",
    "MessageID": "p-1",
    "TextBody": "We bought it because the scanners lost every third parcel.",
    "Headers": [{"Name": "Message-ID", "Value": "<p1@tamarack.example>"}],
}
ZOOM: dict[str, Any] = {
    "event": "recording.transcript_completed",
    "download_token": "token",
    "payload": {
        "object": {
            "uuid": "u==",
            "topic": "Renewal",
            "start_time": "2026-03-03T15:00:00Z",
            "recording_files": [
                {"file_type": "TRANSCRIPT", "download_url": "http://127.0.0.1:9/1"}
            ],
        }
    },
}
ODD = (
    *(None, True, -1, 1e308, 10**300, "", "\0", "\ud800", "x" * 5_000),
    *([], {}, [[]], {"a": None}, "0001-01-01T00:00:00+23:59"),
)
"""What stands where something else was expected."""


@pytest.fixture
def owner(server: Server) -> Iterator[Caller]:
    """A workspace of its own."""
    with server.caller() as caller:
        yield caller


def _altered(value: Any, seeded: random.Random) -> Any:
    """One place of it holds something odd."""
    if isinstance(value, dict | list) and value and seeded.random() < 0.9:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        at = seeded.choice(list(keys))
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        found = {key: _altered(one, seeded) if key == at else one for key, one in pairs}
        return found if isinstance(value, dict) else list(found.values())
    return seeded.choice(ODD)


@pytest.mark.parametrize(("provider", "body"), [("zoom", ZOOM), ("postmark", MAIL)])
def test_what_is_signed_and_odd_is_no_error_of_ours(
    owner: Caller, provider: str, body: dict[str, Any]
) -> None:
    seeded = random.Random(7)  # noqa: S311  a seed, no secret
    hook = Hook(owner, provider)
    sent = [json.dumps(_altered(body, seeded)).encode() for _ in range(80)]
    sent += [one[: seeded.randrange(len(one))] for one in sent[:20]]
    codes = [hook.call(one).status_code for one in sent]
    assert set(codes) == {200, 400}
    assert all(code == 200 for code in codes[:80])


@pytest.mark.parametrize(
    "body", [b'{"a":', b"[" * 99_999, b'{"a":1,"a":2}', b"\xff\xfe\xfa", b"1" * 4_000, b"null", b""]
)
def test_unsigned_is_one_answer_whatever_it_holds(owner: Caller, body: bytes) -> None:
    refused(Hook(owner, "zoom").send(body, {}), 401, "signature-invalid")


def test_a_host_that_is_none_breaks_no_handshake(owner: Caller) -> None:
    hook = Hook(owner, "msgraph", secret="state")
    hook.url += "?validationToken=abc"
    assert hook.send(b"", {"host": "["}).text == "abc"


def _form(hook: Hook, fields: dict[str, bytes], *, files: str = "") -> httpx2.Response:
    """As a gateway packs it: bytes as they are."""
    parts = [b'form-data; name="%b"\r\n\r\n%b' % (k.encode(), v) for k, v in fields.items()]
    if files:
        parts.append(b'form-data; name="attachment-1"; filename="%b"\r\n\r\nx' % files.encode())
    body = b"".join(b"--XX\r\nContent-Disposition: %b\r\n" % one for one in parts) + b"--XX--\r\n"
    packed = base64.b64encode(f"baton:{hook.secret}".encode()).decode()
    headers = {
        "authorization": f"Basic {packed}",
        "content-type": "multipart/form-data; boundary=XX",
    }
    return hook.send(body, headers)


HEAD = b"From: a@tamarack.example\nTo: b@wayfold.example\nMessage-ID: <s1@t.example>\n"
WHOLE = HEAD + b"Content-Type: text/plain; charset=iso-8859-1\n\n" + SAID.encode("latin-1")
"""Eight-bit, and no UTF-8: its own header says what it is."""


@pytest.mark.parametrize(
    "fields",
    [
        {"headers": HEAD, "text": SAID.encode("latin-1"), "charsets": CHARSETS},
        {"headers": HEAD, "text": SAID.encode()},
        {"headers": HEAD, "text": SAID.encode("cp1252"), "charsets": b"no json"},
        {"email": WHOLE},
    ],
)
def test_a_mail_is_read_in_its_charset(owner: Caller, fields: dict[str, bytes]) -> None:
    hook = Hook(owner, "sendgrid")
    assert _form(hook, {"envelope": b"{}"} | fields, files="offer.pdf").status_code == 200
    source = wait_for_source(owner, status="ready", kind="email")
    turns = owner.get(f"/v1/sources/{source['id']}/turns").json()["items"]
    assert [one["text"] for one in turns] == [SAID]


@pytest.mark.parametrize("mebibytes", [6, 29])
def test_a_mail_with_large_files_comes_without_them(owner: Caller, mebibytes: int) -> None:
    files = [{"Name": "scan.pdf", "ContentType": "application/pdf", "Content": "QQ=="}]
    files[0]["Content"] = "A" * (mebibytes * 1024 * 1024)
    assert Hook(owner, "postmark").call(MAIL | {"Attachments": files}).status_code == 200
    source = wait_for_source(owner, status="ready", kind="email")
    assert "scan.pdf" in json.dumps(source["notices"])
    assert source["turns"] == 1


def test_a_mail_over_the_limit_is_refused(owner: Caller) -> None:
    refused(Hook(owner, "postmark").call(b"x" * (30 * 1024 * 1024 + 1)), 413, "too-large")
