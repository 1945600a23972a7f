"""Every provider's published call, signed as it signs, on its way to a source."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import httpx2
import pytest
from hook_calls import PATH, Hook, wait_for_source
from live import Caller, Server
from scripted_providers import KEY, SECRET, recorder

from evals.hooks.senders import SENDERS, Asked, secrets_of

CARRIED = {
    "aircall": ("aircall/transcription.json", "aircall", 9),
    "circleback": ("circleback/meeting.json", "circleback", 9),
    "deepgram": ("../transcripts/json/deepgram_listen_1.json", "deepgram", 1),
    "fathom": ("fathom/new_meeting_content_ready.json", "fathom", 9),
    "meetingbaas": ("meetingbaas/complete.json", "meeting-baas", 9),
    "otter": ("otter/conversation_completed.json", "otter-webhook", 9),
    "readai": ("readai/meeting_end.json", "read-ai", 9),
    "ringcentral": ("ringcentral/ringsense_insights.json", "ringsense", 9),
    "tldv": ("tldv/transcript_ready.json", "tldv", 9),
}
"""Body, the format as which it is read, and how many turns it has."""
TOLD: dict[str, str | dict[str, Any]] = {
    "assemblyai": {"transcript_id": "a-1", "status": "completed"},
    "grain": "grain/recording_added.json",
    "meetgeek": "meetgeek/file_analyzed.json",
    "vexa": "vexa/meeting_completed.json",
    "webex": {"resource": "meetingTranscripts", "event": "created", "data": {"id": "w-1"}},
}


@pytest.fixture(scope="module")
def owner(server: Server, shared: Path) -> Iterator[Caller]:
    """One workspace that all of them have called."""
    with server.caller() as caller:
        for provider, (name, *_) in CARRIED.items():
            assert Hook(caller, provider).call(_body(shared, name)).status_code == 200
        for provider, sent in TOLD.items():
            body = sent if isinstance(sent, dict) else _body(shared, sent)
            assert Hook(caller, provider).call(body).status_code == 200
        yield caller


@pytest.fixture
def alone(server: Server) -> Iterator[Caller]:
    """A workspace of its own."""
    with server.caller() as caller:
        yield caller


def _body(shared: Path, name: str) -> bytes:
    return (shared / "samples" / "webhooks" / name).read_bytes()


def _settled(caller: Caller, format_: str) -> dict[str, Any]:
    for _ in range(600):
        items = caller.get("/v1/sources?limit=100").json()["items"]
        found = next(one for one in items if one["format"] == format_)
        if found["status"] in {"ready", "failed"}:
            return dict(found)
        time.sleep(0.1)
    raise AssertionError(found)


@pytest.mark.parametrize("provider", CARRIED)
def test_what_is_carried_comes_to_a_note(owner: Caller, provider: str) -> None:
    _, format_, turns = CARRIED[provider]
    source = _settled(owner, format_)
    assert (source["status"], source["turns"]) == ("ready", turns)
    assert owner.get(f"/v1/sources/{source['id']}/note").status_code == 200


@pytest.mark.parametrize("provider", TOLD)
def test_what_is_only_told_waits_and_says_so(owner: Caller, provider: str) -> None:
    items = owner.get("/v1/sources?limit=100").json()["items"]
    (source,) = (one for one in items if one["format"] == provider)
    (notice,) = source["notices"]
    assert (source["status"], notice["code"]) == ("pending", "content-missing")
    assert f"`external_id` {provider}:" in notice["mend"]


def test_microsoft_tells_of_several_transcripts_at_once(alone: Caller) -> None:
    path = f"users('{'u' * 36}')/onlineMeetings('{'m' * 150}')/transcripts"
    told = [{"clientState": "state", "resource": f"{path}('t-{at}')"} for at in range(3)]
    told.append(told[0] | {"resource": f"{path}/x", "resourceData": {"id": "t-0"}})
    hook = Hook(alone, "msgraph", secret="state")
    assert hook.send(json.dumps({"value": told}).encode(), {}).status_code == 200
    told[0]["clientState"] = "other"
    assert hook.send(json.dumps({"value": told}).encode(), {}).status_code == 401
    items = alone.get("/v1/sources").json()["items"]
    mends = {one["notices"][0]["mend"] for one in items}
    assert mends == {f"Upload it with `external_id` msgraph:t-{at}." for at in range(3)}
    assert len(items) == 3


def test_gong_signs_the_address_and_is_fetched(alone: Caller) -> None:
    with recorder("gong") as script:
        credentials = {"key": KEY, "secret": SECRET, "base_url": script.url}
        hook = Hook(alone, "gong", secret=secrets_of("gong")[0], credentials=credentials)
        called = {"isTest": False, "callData": {"metaData": {"id": "77", "title": "Renewal"}}}
        assert hook.call(called).status_code == 200
        source = wait_for_source(alone, status="ready")
    assert (source["turns"], source["title"]) == (2, "Renewal")
    assert {one["side"] for one in source["participants"]} == {"vendor", "customer"}


def test_the_transcript_comes_after_the_meeting(alone: Caller, shared: Path) -> None:
    hook = Hook(alone, "tldv")
    assert hook.call(_body(shared, "tldv/meeting_ready.json")).status_code == 200
    waiting = wait_for_source(alone, status="pending")
    assert hook.call(_body(shared, "tldv/transcript_ready.json")).status_code == 200
    ready = wait_for_source(alone, status="ready")
    assert (ready["id"], ready["title"], ready["turns"]) == (waiting["id"], waiting["title"], 9)


@pytest.mark.parametrize("provider", ["aircall", "otter", "postmark", "sendgrid"])
def test_a_secret_that_is_made_can_stand_in_an_address(alone: Caller, provider: str) -> None:
    for _ in range(3):
        secret = Hook(alone, provider).secret
        assert quote(secret, safe="") == secret
        assert alone.delete(f"{PATH}/{provider}").status_code == 200


def _mailgun(hook: Hook, **fields: str) -> httpx2.Response:
    signed = SENDERS["mailgun"](Asked(hook.secret, b"", datetime.now(UTC), uuid4())).fields
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return hook.send(urlencode(signed | fields).encode(), headers)


def test_mail_of_mailgun_serves_once(alone: Caller) -> None:
    hook = Hook(alone, "mailgun", secret="signing key")
    mail = {
        "sender": "marcus@tamarack.example",
        "from": "Marcus Lee <marcus@tamarack.example>",
        "body-plain": "We bought it because the scanners lost every third parcel.",
        "message-headers": '[["From", "marcus@tamarack.example"], ["Message-Id", "<g1@t.ex>"]]',
    }
    assert _mailgun(hook, **mail).status_code == 200
    source = wait_for_source(alone, status="ready", kind="email")
    assert source["turns"] == 1
    assert _mailgun(hook, token="of somebody else", **mail).status_code == 401


@pytest.mark.parametrize(
    ("provider", "query", "body", "headers", "said"),
    [
        ("msgraph", "?validationToken=a%3A%20b", b"", {}, "a: b"),
        ("ringcentral", "", b"", {"validation-token": "v-1"}, ""),
        ("grain", "", b"", {}, ""),
        ("grain", "", b"{}", {}, ""),
    ],
)
def test_a_handshake_needs_no_signature(
    alone: Caller, provider: str, query: str, body: bytes, headers: dict[str, str], said: str
) -> None:
    hook = Hook(alone, provider, secret="secret")
    hook.url += query
    answer = hook.send(body, headers)
    assert (answer.status_code, answer.text) == (200, said)
    assert headers.items() <= dict(answer.headers).items()
    assert alone.get("/v1/sources").json()["items"] == []


def test_slack_signs_its_handshake(alone: Caller) -> None:
    hook = Hook(alone, "slack", secret="signing secret")
    asked = {"type": "url_verification", "challenge": "abc"}
    assert hook.call(asked).json() == {"challenge": "abc"}
    assert hook.send(json.dumps(asked).encode(), {}).status_code == 401
