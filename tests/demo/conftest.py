"""The demo's files read in a plain way, and a scripted server that answers from them."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rich.console import Console

from service.demo import story
from service.demo.wait import Patience

CUE = re.compile(
    r"^\d+\n(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n(.*)$", re.MULTILINE
)
FIELDS = ("why_they_bought", "what_was_promised", "success_in_their_words", "customer_commitments")


@dataclass(frozen=True)
class Cue:
    start_s: float
    end_s: float
    speaker: str
    text: str


def read_cues(vtt: str) -> list[Cue]:
    return [
        Cue(_seconds(*found.groups()[:3]), _seconds(*found.groups()[3:6]), *_label(found[7]))
        for found in CUE.finditer(vtt.replace("\r\n", "\n"))
    ]


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _label(line: str) -> tuple[str, str]:
    speaker, _, text = line.partition(": ")
    return speaker, text


@pytest.fixture(scope="session")
def cues() -> list[Cue]:
    return read_cues(story.CALL.content().decode())


@pytest.fixture(scope="session")
def mail() -> Any:
    return message_from_bytes(story.MAIL.content(), policy=policy.default)


@pytest.fixture(scope="session")
def mail_text(mail: Any) -> str:
    return "\n".join(mail.get_content().splitlines())


@dataclass
class Script:
    """What the server is told to do, and what it saw."""

    key: str = "bt_scripted"
    statuses: tuple[str, ...] = ("queued", "running", "ready")
    error: Any = None
    problem: dict[str, Any] | None = None
    answered: bool = True
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    polls: dict[str, int] = field(default_factory=dict)
    queries: list[dict[str, list[str]]] = field(default_factory=list)

    def status(self, file: str) -> str:
        asked = self.polls.get(file, 0)
        self.polls[file] = asked + 1
        return self.statuses[min(asked, len(self.statuses) - 1)]


def evidence(question: story.Question, content: bytes) -> dict[str, Any]:
    """Where the answering sentence stands in the uploaded bytes."""
    at: dict[str, Any] = {"at_s": None, "sent_at": None}
    if question.file == story.CALL.file:
        cue = next(one for one in read_cues(content.decode()) if question.answer in one.text)
        text, at["at_s"] = cue.text, cue.start_s
    else:
        message = message_from_bytes(content, policy=policy.default)
        text, at["sent_at"] = message.get_content(), message["date"].datetime.isoformat()
    start = text.index(question.answer)
    end = start + len(question.answer)
    return at | {
        "source_id": question.file, "turn": 0, "start": start, "end": end,
        "quote": text[start:end], "speaker": question.speaker,
        "side": "vendor" if "Wayfold" in question.speaker else "customer",
        "before": text[max(0, start - 40) : start], "after": text[end : end + 40],
    }  # fmt: skip


def claim(question: story.Question, found: dict[str, Any]) -> dict[str, Any]:
    name = FIELDS[story.QUESTIONS.index(question)]
    promise = {
        "promised_by": question.speaker, "promised_to": "Denise Pruitt", "contract": "no_contract",
        "due": {"text": "in the first shipment", "date": None, "rule": None},
        "promise_state": "open",
    }  # fmt: skip
    plain = {
        "id": name, "field": name, "statement": found["quote"], "state": "active",
        "version": 1, "confidence": 0.8, "stated_at": None, "evidence": [found],
    }  # fmt: skip
    return plain | (promise if name == "what_was_promised" else {})


def read_form(content_type: str, body: bytes) -> tuple[str, dict[str, str]]:
    """The name of the uploaded file, and the other fields of the form."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    whole: Any = message_from_bytes(head + body, policy=policy.HTTP)
    parts = {one["content-disposition"].params["name"]: one for one in whole.iter_parts()}
    file = parts.pop("file")
    return str(file.get_filename()), {key: one.get_content() for key, one in parts.items()}


class Handler(BaseHTTPRequestHandler):
    """Four routes of the contract, answered from what was uploaded."""

    script: Script
    contents: dict[str, bytes]

    def log_message(self, *_: object) -> None:
        """Silent."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.script.problem is not None:
            self._send(self.script.problem["status"], self.script.problem)
            return
        name, form = read_form(self.headers["Content-Type"], body)
        upload = next(one for one in story.UPLOADS if one.file == name)
        assert upload.content() in body
        self.contents[name], self.script.forms[name] = upload.content(), form
        self._send(202, {"id": name, "status": "queued", "url": f"/v1/sources/{name}"})

    def do_GET(self) -> None:
        if self.headers["Authorization"] != f"Bearer {self.script.key}":
            self._send(401, {"title": "A valid key is needed", "detail": "No such key."})
            return
        url = urlsplit(self.path)
        name = url.path.removeprefix("/v1/sources/").removesuffix("/note")
        if url.path == "/v1/search":
            self._send(200, self._search(parse_qs(url.query)))
        elif url.path.endswith("/note"):
            self._send(200, self._note(name))
        else:
            self._send(200, self._source(name))

    def _source(self, name: str) -> dict[str, Any]:
        status = self.script.status(name)
        run = {"extractor": "local", "outcome": "complete", "seconds": 1.25, "rejected": []}
        return {
            "id": name, "kind": "call" if name.endswith("vtt") else "email", "format": name[-3:],
            "status": status, "error": self.script.error, "title": f"Title of {name}", "turns": 9,
            "participants": [{"name": "Denise Pruitt", "email": None, "side": "customer",
                              "side_rule": "stated"}],
            "run": run if status == "ready" else None, "notices": [],
        }  # fmt: skip

    def _note(self, name: str) -> dict[str, Any]:
        note: dict[str, Any] = {one: [] for one in FIELDS}
        for question in story.QUESTIONS:
            if question.file == name:
                made = claim(question, evidence(question, self.contents[name]))
                note[made["field"]].append(made)
        absent = {one: "not_discussed" for one in FIELDS if not note[one]}
        return note | {"id": "n1", "source_id": name, "absent": absent, "notices": []}

    def _search(self, query: dict[str, list[str]]) -> dict[str, Any]:
        self.script.queries.append(query)
        question = next(one for one in story.QUESTIONS if one.q == query["q"][0])
        found = claim(question, evidence(question, self.contents[question.file]))
        kind = "call" if question.file == story.CALL.file else "email"
        where = {"title": f"Title of {question.file}", "kind": kind, "occurred_at": "2026-01-13"}
        hit = {"type": "claim", "score": 0.0328, "text": found["statement"], "source": where}
        return {
            "q": question.q, "mode": "hybrid", "took_ms": 7, "answered": self.script.answered,
            "hits": [found | hit], "next_cursor": None, "notices": [],
        }  # fmt: skip

    def _send(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        kind = "application/json" if status < 400 else "application/problem+json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def base_url(script: Script) -> Iterator[str]:
    handler = type("ScriptedHandler", (Handler,), {"script": script, "contents": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def console() -> Console:
    return Console(file=StringIO(), width=100)


@pytest.fixture
def quick() -> Patience:
    return Patience(limit_s=2.0, pause_s=0.01)
