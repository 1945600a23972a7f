"""What each provider's call means: the published bodies, handshakes, and what is none of ours."""

import json
from pathlib import Path

import pytest

from service.errors import Malformed
from service.hooks import handshakes, payload
from service.hooks.meanings import Announced, Carried, Handshake, Nothing
from service.hooks.payload import Payload
from service.hooks.providers import PROVIDERS, carried_body, repeat_key
from service.hooks.received import Received
from service.hooks.signatures import SCHEMES

SAMPLES = {
    "aircall/transcription.json": Carried,
    "circleback/meeting.json": Carried,
    "fathom/new_meeting_content_ready.json": Carried,
    "fireflies/v1_transcription_completed.json": Announced,
    "fireflies/v2_meeting_transcribed.json": Announced,
    "gong/automation_rule.json": Announced,
    "grain/recording_added.json": Announced,
    "granola/note_generated.json": Announced,
    "meetgeek/file_analyzed.json": Announced,
    "meetingbaas/complete.json": Carried,
    "otter/conversation_completed.json": Carried,
    "readai/meeting_end.json": Carried,
    "recall/transcript_done.json": Announced,
    "ringcentral/ringsense_insights.json": Carried,
    "tldv/meeting_ready.json": Announced,
    "tldv/transcript_ready.json": Carried,
    "vexa/meeting_completed.json": Announced,
    "zoom/recording_transcript_completed.json": Announced,
}


def _call(body: bytes = b"", *, url: str = "https://baton.example/h") -> Received:
    return Received("POST", url, {}, body)


def _with(name: str, value: str, body: bytes = b"") -> Received:
    return Received("POST", "https://baton.example/h", {name: value}, body)


@pytest.mark.parametrize(("name", "means"), SAMPLES.items())
def test_published_bodies(shared: Path, name: str, means: type) -> None:
    body = (shared / "samples" / "webhooks" / name).read_bytes()
    provider = name.partition("/")[0]
    meaning = PROVIDERS[provider].means(payload.read(body))
    assert type(meaning) is means
    assert isinstance(meaning, Announced | Carried)
    assert meaning.external_id


def test_every_scheme_has_a_meaning() -> None:
    assert set(PROVIDERS) == set(SCHEMES)


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        ("gong", {"isTest": True, "callData": {"metaData": {"id": "1"}}}),
        ("gong", {"callData": {"metaData": {"id": "1"}}}),
        ("zoom", {"event": "meeting.started", "payload": {"object": {"uuid": "x"}}}),
        ("zoom", {"event": "recording.completed", "payload": {"object": {"uuid": "x"}}}),
        ("fireflies", {"event": "meeting.bot_joined", "meeting_id": "m"}),
        ("granola", {"event_type": "note.access_granted", "note_id": "n"}),
        ("recall", {"event": "bot.done", "data": {"transcript": {"id": "t"}}}),
        ("meetgeek", {"message": "File analyzed failed", "meeting_id": "m"}),
        ("meetingbaas", {"event": "failed", "data": {"bot_id": "b"}}),
        ("readai", {"session_id": "s", "transcript": {"speaker_blocks": []}}),
        ("circleback", {"id": 7, "notes": "#### Overview"}),
        ("aircall", {"event": "call.ended", "data": {"id": 1}}),
        ("assemblyai", {"transcript_id": "t", "status": "error"}),
        ("hubspot", [{"subscriptionType": "deal.propertyChange"}]),
        ("fathom", {"recording_id": True, "transcript": []}),
        ("tldv", {"event": "TranscriptReady", "data": {"id": "x" * 201}}),
        ("fireflies", {"event": ["meeting.transcribed"], "meeting_id": {"a": 1}}),
        ("zoom", {"event": {"recording.": 1}, "payload": []}),
    ],
)
def test_nothing_is_made_of_these(provider: str, body: object) -> None:
    assert isinstance(PROVIDERS[provider].means(payload.read(json.dumps(body).encode())), Nothing)


def test_zooms_handshake_is_the_published_one(shared: Path) -> None:
    file = shared / "samples" / "webhooks" / "signature_vectors.json"
    vectors = json.loads(file.read_text(encoding="utf-8"))["vectors"]
    one = next(one for one in vectors if one["scheme"] == "zoom-url-validation")
    call = payload.read(one["body"].encode())
    answer = handshakes.before_signature("zoom", _call(), call, one["secret"])
    assert answer is not None
    assert json.loads(answer.body) == one["expected_response"]


def test_zooms_handshake_signs_no_call() -> None:
    """Who could have any text signed could sign a call of his own."""
    forged = {"event": "endpoint.url_validation", "payload": {"plainToken": "v0:1772553999:{}"}}
    assert handshakes.before_signature("zoom", _call(), Payload(forged), "secret") is None


@pytest.mark.parametrize(
    ("provider", "received", "answer"),
    [
        ("grain", _call(b"{}"), Handshake()),
        ("grain", _call(), Handshake()),
        ("msgraph", _call(url="https://h/?validationToken=a%20b"), Handshake(b"a b", "text/plain")),
        ("msgraph", _call(b"{}", url="https://h/?validationToken=a"), None),
        (
            "ringcentral",
            _with("validation-token", "vt-1"),
            Handshake(headers=(("validation-token", "vt-1"),)),
        ),
        ("ringcentral", _with("validation-token", "a\r\nb"), None),
        ("fathom", _call(b"{}"), None),
    ],
)
def test_handshakes_without_a_signature(
    provider: str, received: Received, answer: Handshake | None
) -> None:
    call = payload.read(received.body)
    assert handshakes.before_signature(provider, received, call, "s") == answer


def test_slacks_challenge_is_answered_after_its_signature() -> None:
    call = Payload({"type": "url_verification", "challenge": "c-1"})
    assert handshakes.before_signature("slack", _call(), call, "s") is None
    answer = handshakes.after_signature("slack", _call(), call, "s")
    assert answer == Handshake(b'{"challenge": "c-1"}')


@pytest.mark.parametrize(
    "body", [b'{"a": 1, "a": 2}', b"{", b"[" * 100_000, b"\xff\xfe", b'{"a": {"b": 1, "b": 1}}']
)
def test_bodies_that_cannot_be_read(body: bytes) -> None:
    with pytest.raises(Malformed):
        payload.read(body)


def test_a_repeat_is_known_by_what_is_signed() -> None:
    """A header that nobody signed makes no new call of an old one."""
    old, call = _call(b'{"a": 1}'), Payload({"a": 1})
    again = _with("webhook-id", "new", b'{"a": 1}')
    same = repeat_key("fireflies", old, call, signed_id=None)
    assert repeat_key("fireflies", again, call, signed_id=None) == same
    assert repeat_key("fathom", again, call, signed_id="new") != same


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-03-03T15:00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59-23:59"],
)
def test_a_moment_that_is_none(text: str) -> None:
    assert Payload({"at": text}).moment("at") is None


@pytest.mark.parametrize("text", ["a\0b", "\ud800", " ", "", 7, None])
def test_a_text_that_no_database_takes_is_none(text: object) -> None:
    assert Payload({"title": text}).text("title") is None
    assert Payload({"title": "x" * 301}).title("title") == "x" * 300


def test_the_files_of_a_mail_are_not_kept() -> None:
    sent = {"Attachments": [{"Name": "a.pdf", "Content": "QQ=="}, 7], "Subject": "S"}
    received = _call(json.dumps(sent).encode())
    kept = carried_body("postmark", received, payload.of(received))
    assert json.loads(kept) == {"Attachments": [{"Name": "a.pdf"}, 7], "Subject": "S"}
    assert carried_body("circleback", received, payload.of(received)) == received.body
