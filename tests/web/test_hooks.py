"""Hooks over HTTP: made by a workspace, called by providers, and what comes of it."""

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hook_calls import PATH, Hook, wait_for_source
from live import Caller, Server
from scripted_providers import KEY, SAID, SECRET, TOKEN, Reply, recorder
from wire import besides_instance, refused

FATHOM = {
    "title": "Renewal",
    "recording_id": 42,
    "recording_start_time": "2026-03-03T15:00:00Z",
    "calendar_invitees_domains_type": "one_or_more_external",
    "transcript": [
        {"speaker": {"display_name": "Dana Okafor"}, "text": SAID[0], "timestamp": "00:00:01"},
        {"speaker": {"display_name": "Marcus Lee"}, "text": SAID[1], "timestamp": "00:00:06"},
    ],
}
CREDENTIALS = {"key": KEY, "secret": SECRET}
MAIL = {
    "From": "marcus@tamarack.example",
    "FromFull": {"Email": "marcus@tamarack.example", "Name": "Marcus Lee"},
    "ToFull": [{"Email": "dana@northwind.example", "Name": "Dana"}],
    "Subject": "Renewal",
    "MessageID": "b7bc2f4a-e38e-4336-af7d-e6c392c2f817",
    "Date": "Tue, 3 Mar 2026 16:00:00 +0000",
    "TextBody": "We bought it because the old scanners lost every third parcel.",
    "Headers": [{"Name": "Message-ID", "Value": "<m1@tamarack.example>"}],
    "Attachments": [],
}


@pytest.fixture
def owner(server: Server) -> Iterator[Caller]:
    """A workspace of its own for each test."""
    with server.caller() as caller:
        yield caller


def test_a_hook_shows_its_secret_once(owner: Caller) -> None:
    made = owner.put(f"{PATH}/fathom", json={}).json()
    assert made["secret"].startswith("whsec_")
    assert made["url"].endswith(f"/v1/hooks/fathom/{made['hook_id']}")
    again = owner.put(f"{PATH}/fathom", json={"consent": True}).json()
    assert (again["hook_id"], again["secret"], again["consent"]) == (made["hook_id"], None, True)
    listed = owner.get(PATH).json()["items"]
    assert [one["provider"] for one in listed] == ["fathom"]
    assert made["secret"] not in json.dumps(listed)


@pytest.mark.parametrize(
    ("provider", "form", "status", "field"),
    [
        ("nobody", {}, 404, "provider"),
        ("gong", {}, 422, "secret"),
        ("gong", {"secret": "no key"}, 422, "secret"),
        ("fathom", {"secret": "no base64 !"}, 422, "secret"),
        ("zoom", {"secret": "x" * 4_001}, 400, "secret"),
        ("zoom", {"credentials": {"key": "a\nb"}}, 400, "credentials.key"),
        ("zoom", {"credentials": {"base_url": "ftp://x.example"}}, 422, "credentials.base_url"),
        ("zoom", {"unknown": 1}, 400, "unknown"),
    ],
)
def test_what_a_hook_cannot_be(
    owner: Caller, provider: str, form: dict[str, Any], status: int, field: str
) -> None:
    answer = owner.put(f"{PATH}/{provider}", json=form)
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert owner.get(PATH).json()["items"] == []


def test_a_transcript_that_is_carried_becomes_a_source(owner: Caller) -> None:
    hook = Hook(owner, "fathom")
    assert hook.call(FATHOM).status_code == 200
    source = wait_for_source(owner, status="ready")
    assert (source["format"], source["title"], source["turns"]) == ("fathom", "Renewal", 2)
    turns = owner.get(f"/v1/sources/{source['id']}/turns").json()["items"]
    assert [one["text"] for one in turns] == list(SAID)


def test_a_repeat_makes_nothing(owner: Caller) -> None:
    hook = Hook(owner, "fathom")
    body = json.dumps(FATHOM).encode()
    headers = {"content-type": "application/json", **hook.signature(body)}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: hook.send(body, headers), range(8)))
    assert [one.status_code for one in answers] == [200] * 8
    wait_for_source(owner, status="ready")
    assert hook.send(body, headers).status_code == 200
    assert hook.call(FATHOM).status_code == 200  # the same call, signed anew
    wait_for_source(owner, status="ready")


def test_every_failure_is_one_answer(owner: Caller, server: Server) -> None:
    hook = Hook(owner, "fireflies", secret="right")
    body = json.dumps({"event": "meeting.transcribed", "meeting_id": "m-1"}).encode()
    good = hook.signature(body)
    answers = [
        hook.send(body, {}),
        hook.send(body, {"x-hub-signature": "sha256=" + "0" * 64}),
        hook.send(body + b" ", good),
        hook.send(b"no json", {}),
    ]
    for url in (f"{hook.url}x", hook.url.replace("fireflies", "fathom"), f"{server.url}{PATH}/x/y"):
        hook.url = url
        answers.append(hook.send(body, good))
    problems = [refused(one, 401, "signature-invalid") for one in answers]
    assert len({json.dumps(besides_instance(one), sort_keys=True) for one in answers}) == 1
    assert len(problems) == 7
    assert owner.get("/v1/sources").json()["items"] == []


def test_both_secrets_hold_while_one_is_changed(owner: Caller) -> None:
    old = Hook(owner, "circleback", secret="first")
    Hook(owner, "circleback", secret="second")
    assert old.call({"id": 1}).status_code == 200
    old.secret = "second"
    assert old.call({"id": 2}).status_code == 200
    Hook(owner, "circleback", secret="third")
    old.secret = "first"
    assert old.call({"id": 3}).status_code == 401


def test_an_ended_hook_answers_as_if_it_had_never_been(owner: Caller) -> None:
    hook = Hook(owner, "circleback")
    assert owner.delete(f"{PATH}/circleback").status_code == 200
    refused(hook.call({"id": 1}), 401, "signature-invalid")
    refused(owner.delete(f"{PATH}/circleback"), 404, "not-found")


def test_the_handshake_of_zoom(owner: Caller) -> None:
    hook = Hook(owner, "zoom", secret="s")
    asked = {"event": "endpoint.url_validation", "payload": {"plainToken": "abc"}}
    answer = hook.send(json.dumps(asked).encode(), {"content-type": "application/json"})
    assert answer.json()["plainToken"] == "abc"
    assert len(answer.json()["encryptedToken"]) == 64


def test_a_test_call_makes_nothing(owner: Caller) -> None:
    hook = Hook(owner, "meetgeek")
    assert hook.call({"message": "File analyzed failed", "meeting_id": "m"}).status_code == 200
    assert owner.get("/v1/sources").json()["items"] == []


ANNOUNCED: dict[str, dict[str, Any]] = {
    "fathom": FATHOM | {"transcript": None},
    "fireflies": {"event": "meeting.transcribed", "meeting_id": "m-1", "timestamp": 1},
    "granola": {"event_type": "note.generated", "note_id": "n-1", "event_id": "e-1"},
    "recall": {"event": "transcript.done", "data": {"transcript": {"id": "t-1"}}},
}


@pytest.mark.parametrize("provider", ANNOUNCED)
def test_from_announcement_to_note(owner: Caller, provider: str) -> None:
    with recorder(provider) as script:
        hook = Hook(owner, provider, credentials=CREDENTIALS | {"base_url": script.url})
        assert hook.call(ANNOUNCED[provider]).status_code == 200
        source = wait_for_source(owner, status="ready")
    assert source["turns"] == 2
    note = owner.get(f"/v1/sources/{source['id']}/note")
    assert note.status_code == 200


def _zoom_call(url: str) -> dict[str, Any]:
    file = {"file_type": "TRANSCRIPT", "download_url": f"{url}/rec/download/1"}
    meeting = {"uuid": "u==", "topic": "Renewal", "recording_files": [file]}
    return {
        "event": "recording.transcript_completed",
        "download_token": TOKEN,
        "payload": {"object": meeting},
    }


def test_zoom_from_announcement_to_note(owner: Caller) -> None:
    with recorder("zoom") as script:
        assert Hook(owner, "zoom", secret="s").call(_zoom_call(script.url)).status_code == 200
        source = wait_for_source(owner, status="ready")
    assert (source["title"], source["format"], source["turns"]) == ("Renewal", "webvtt", 2)
    assert source["notices"] == []


def test_a_file_that_is_no_transcript_says_so(owner: Caller) -> None:
    with recorder("zoom") as script:
        script.first.append(Reply(200, b"\x89PNG\r\n\x1a\n\x00\x00"))
        Hook(owner, "zoom", secret="s").call(_zoom_call(script.url))
        source = wait_for_source(owner, status="failed")
    assert source["error"]["type"] == "/problems/format-unknown"
    assert source["error"]["mend"]


def test_credentials_that_come_later_fetch_what_was_announced(owner: Caller) -> None:
    with recorder("fireflies") as script:
        hook = Hook(owner, "fireflies", secret="s")
        assert hook.made["notices"][0]["code"] == "credentials-missing"
        hook.call(ANNOUNCED["fireflies"])
        source = wait_for_source(owner, status="pending")
        assert source["notices"][0]["code"] == "content-missing"
        bad = CREDENTIALS | {"key": "wrong", "base_url": script.url}
        Hook(owner, "fireflies", secret="s", credentials=bad)
        failed = wait_for_source(owner, status="failed")
        assert failed["error"]["type"] == "/problems/fetch-failed"
        Hook(owner, "fireflies", secret="s", credentials=CREDENTIALS | {"base_url": script.url})
        assert wait_for_source(owner, status="ready")["id"] == source["id"]


def test_what_is_not_fetched_is_uploaded_into_its_place(owner: Caller) -> None:
    Hook(owner, "meetgeek").call({"message": "File analyzed successfully", "meeting_id": "g-7"})
    pending = wait_for_source(owner, status="pending")
    refused(owner.get(f"/v1/sources/{pending['id']}/note"), 409, "not-ready")
    text = f"Dana: {SAID[0]}\nMarcus: {SAID[1]}\nDana: Then we agree.\n"
    sent = owner.post("/v1/sources", json={"content": text, "external_id": "meetgeek:g-7"})
    assert owner.ready(sent) == pending["id"]
    wait_for_source(owner, status="ready")


def test_mail_of_a_gateway_joins_its_thread(owner: Caller) -> None:
    hook = Hook(owner, "postmark")
    assert hook.call(MAIL).status_code == 200
    first = wait_for_source(owner, status="ready", kind="email")
    reply = MAIL | {
        "MessageID": "another",
        "TextBody": "And success means that no driver types a number by hand.",
        "Headers": [
            {"Name": "Message-ID", "Value": "<m2@tamarack.example>"},
            {"Name": "References", "Value": "<m1@tamarack.example>"},
        ],
    }
    assert hook.call(reply).status_code == 200
    for _ in range(100):
        thread = wait_for_source(owner, id=first["id"])
        if thread["turns"] == 2 and thread["status"] == "ready":
            break
    assert thread["turns"] == 2


def test_a_form_with_attachments_is_read_as_it_streams(owner: Caller) -> None:
    hook = Hook(owner, "sendgrid")
    fields = {
        "from": "Marcus Lee <marcus@tamarack.example>",
        "to": "dana@northwind.example",
        "subject": "Renewal",
        "text": MAIL["TextBody"],
        "headers": "Message-ID: <s1@tamarack.example>\nDate: Tue, 3 Mar 2026 16:00:00 +0000\n",
        "envelope": '{"to":["dana@northwind.example"],"from":"marcus@tamarack.example"}',
        "charsets": '{"text":"utf-8"}',
    }
    packed = base64.b64encode(f"baton:{hook.secret}".encode()).decode()
    files = {"attachment1": ("scan.pdf", b"%PDF" + bytes(6 * 1024 * 1024), "application/pdf")}
    answer = hook_post(hook, fields, files, f"Basic {packed}")
    assert answer == 200
    source = wait_for_source(owner, status="ready", kind="email")
    turns = owner.get(f"/v1/sources/{source['id']}/turns").json()["items"]
    assert [one["text"] for one in turns] == [MAIL["TextBody"]]


def hook_post(hook: Hook, fields: dict[str, Any], files: dict[str, Any], authorization: str) -> int:
    import httpx2

    headers = {"authorization": authorization}
    sent = httpx2.post(hook.url, data=fields, files=files, headers=headers, trust_env=False)
    return sent.status_code


def test_a_body_over_the_limit_is_not_read_on(owner: Caller) -> None:
    hook = Hook(owner, "circleback")
    refused(hook.call(b"x" * (5 * 1024 * 1024 + 1)), 413, "too-large")


def test_a_stranger_sees_and_ends_no_hook(owner: Caller, charlie: Caller) -> None:
    hook = Hook(owner, "circleback")
    assert charlie.get(PATH).json()["items"] == []
    refused(charlie.delete(f"{PATH}/circleback"), 404, "not-found")
    assert hook.call({"id": 1}).status_code == 200


def test_an_erased_announcement_does_not_come_back(owner: Caller) -> None:
    hook = Hook(owner, "meetgeek")
    body = json.dumps({"message": "File analyzed successfully", "meeting_id": "g-8"}).encode()
    headers = {"content-type": "application/json", **hook.signature(body)}
    hook.send(body, headers)
    pending = wait_for_source(owner, status="pending")
    assert owner.delete(f"/v1/sources/{pending['id']}").json()["residue"] == 0
    assert hook.send(body, headers).status_code == 200
    assert owner.get("/v1/sources").json()["items"] == []


def test_consent_is_the_hooks_to_give(owner: Caller) -> None:
    owner.put("/v1/workspace", json={"requires_consent": True})
    hook = Hook(owner, "fathom")
    hook.call(FATHOM)
    failed = wait_for_source(owner, status="failed")
    assert failed["error"]["type"] == "/problems/consent-missing"
    Hook(owner, "fathom", secret=hook.secret, consent=True)
    hook.call(FATHOM | {"title": "Renewal, again"})
    wait_for_source(owner, status="ready")
