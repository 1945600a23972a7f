"""Scripted recorders on loopback: they answer as their documents say, and hold to their rules.

They are scripted: what they prove is our side of the talk, not theirs.
"""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY, SECRET, TOKEN = "key-1", "secret-1", "token-1"
SAID = ("We will send the report by Friday.", "Good, the dashboard must load in two seconds.")
VTT = f"""WEBVTT

1
00:00:01.000 --> 00:00:04.000
Dana Okafor: {SAID[0]}

2
00:00:05.000 --> 00:00:09.000
Marcus Lee: {SAID[1]}
"""


@dataclass(frozen=True)
class Reply:
    """What is answered to one request."""

    status: int = 200
    body: bytes = b"{}"
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def json(cls, value: object, status: int = 200) -> "Reply":
        return cls(status, json.dumps(value).encode(), (("content-type", "application/json"),))


UNAUTHORIZED = Reply.json({"message": "no"}, 401)
NOT_FOUND = Reply.json({"message": "none"}, 404)


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body or b"{}"))


Answer = Callable[["Recorder", Asked], Reply]


@dataclass
class Recorder:
    """A provider; `first` are answers that come before those of its script."""

    answer: Answer
    first: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        return self.first.pop(0) if self.first else self.answer(self, asked)


@contextmanager
def recorder(provider: str) -> Iterator[Recorder]:
    """That provider, for as long as the block runs."""
    script = Recorder(ANSWERS[provider])

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = script.reply(Asked(self.command, self.path, headers, body))
            with suppress(OSError):
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.send_header("content-length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

        do_GET = do_POST = _serve  # noqa: N815  the names it has there

        def log_message(self, *_: object) -> None:
            """Tests print what they want to."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    script.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _zoom(_: Recorder, asked: Asked) -> Reply:
    if asked.headers.get("authorization") != f"Bearer {TOKEN}":
        return UNAUTHORIZED
    return Reply(200, VTT.encode()) if asked.path == "/rec/download/1" else NOT_FOUND


def _fireflies(_: Recorder, asked: Asked) -> Reply:
    """Its errors come with status 200."""
    if asked.headers.get("authorization") != f"Bearer {KEY}":
        return Reply.json({"errors": [{"code": "auth_failed", "message": "Invalid key"}]})
    if asked.json["variables"]["id"] != "m-1":
        return Reply.json({"errors": [{"code": "object_not_found"}], "data": {"transcript": None}})
    sentences = [
        {"index": at, "speaker_id": at, "speaker_name": name, "text": text, "start_time": at * 5.0,
         "end_time": at * 5.0 + 4}
        for at, (name, text) in enumerate(zip(("Dana Okafor", "Marcus Lee"), SAID, strict=True))
    ]  # fmt: skip
    found = {"id": "m-1", "title": "Renewal", "sentences": sentences}
    return Reply.json({"data": {"transcript": found}})


def _gong(_: Recorder, asked: Asked) -> Reply:
    """Two pages of transcripts: the call is on the second."""
    packed = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
    if asked.headers.get("authorization") != f"Basic {packed}":
        return UNAUTHORIZED
    if asked.json["filter"]["callIds"] != ["77"]:
        return NOT_FOUND
    if asked.path == "/v2/calls/extensive":
        return Reply.json({"calls": [_GONG_CALL], "records": {"totalRecords": 1}})
    if "cursor" not in asked.json:
        return Reply.json({"callTranscripts": [], "records": {"cursor": "page-2"}})
    monologues = [
        {"speakerId": str(at), "topic": None,
         "sentences": [{"start": at * 5_000, "end": at * 5_000 + 4_000, "text": text}]}
        for at, text in enumerate(SAID)
    ]  # fmt: skip
    found = {"callId": "77", "transcript": monologues}
    return Reply.json({"callTranscripts": [found], "records": {"totalRecords": 1}})


_GONG_CALL = {
    "metaData": {"id": "77", "title": "Renewal", "started": "2026-03-03T15:00:00Z"},
    "parties": [
        {"name": "Dana Okafor", "speakerId": "0", "affiliation": "Internal"},
        {"name": "Marcus Lee", "speakerId": "1", "affiliation": "External"},
    ],
}


def _fathom(_: Recorder, asked: Asked) -> Reply:
    if asked.headers.get("x-api-key") != KEY:
        return UNAUTHORIZED
    if asked.path != "/recordings/42/transcript":
        return NOT_FOUND
    said = [
        {"speaker": {"display_name": name, "matched_calendar_invitee_email": None}, "text": text,
         "timestamp": f"00:00:0{at * 5 + 1}"}
        for at, (name, text) in enumerate(zip(("Dana Okafor", "Marcus Lee"), SAID, strict=True))
    ]  # fmt: skip
    return Reply.json({"transcript": said})


def _recall(script: Recorder, asked: Asked) -> Reply:
    """Its link is signed: the key of the account must not travel there."""
    if asked.path == "/signed/1":
        return Reply(400) if "authorization" in asked.headers else Reply.json(_RECALL_SAID)
    if asked.headers.get("authorization") != f"Token {KEY}":
        return UNAUTHORIZED
    if asked.path != "/api/v1/transcript/t-1/":
        return NOT_FOUND
    link = {"download_url": f"{script.url}/signed/1"}
    return Reply.json({"id": "t-1", "status": {"code": "done"}, "data": link})


def _recall_words(text: str, start: float) -> list[dict[str, object]]:
    return [
        {
            "text": word,
            "start_timestamp": {"relative": start + at * 0.3, "absolute": None},
            "end_timestamp": {"relative": start + at * 0.3 + 0.2, "absolute": None},
        }
        for at, word in enumerate(text.split())
    ]


_RECALL_SAID = [
    {"participant": {"id": at, "name": name}, "words": _recall_words(text, at * 5.0)}
    for at, (name, text) in enumerate(zip(("Dana Okafor", "Marcus Lee"), SAID, strict=True))
]


def _granola(_: Recorder, asked: Asked) -> Reply:
    if asked.headers.get("authorization") != f"Bearer {KEY}":
        return UNAUTHORIZED
    if asked.path != "/v1/notes/n-1?include=transcript":
        return NOT_FOUND
    said = [
        {"speaker": {"source": source}, "text": text, "start_time": f"2026-03-03T15:00:0{at}Z",
         "end_time": f"2026-03-03T15:00:0{at + 4}Z"}
        for at, (source, text) in enumerate(zip(("microphone", "speaker"), SAID, strict=True))
    ]  # fmt: skip
    return Reply.json({"id": "n-1", "title": "Renewal", "transcript": said})


ANSWERS: dict[str, Answer] = {
    "fathom": _fathom,
    "fireflies": _fireflies,
    "gong": _gong,
    "granola": _granola,
    "recall": _recall,
    "zoom": _zoom,
}
