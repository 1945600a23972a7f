"""A scripted provider on loopback: the name of the model says how it behaves. It is no model."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Asked"], Any]
"""What the good behaviours reply: an object, or a text that is sent as it is."""

DEMAND = "REPLY WITH:"
"""`obey` replies with what stands behind this, on the same line of the prompt."""


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def model(self) -> str:
        return str(self.body.get("model"))

    @property
    def form(self) -> str:
        """How JSON was asked for."""
        if "tools" in self.body:
            return "tools"
        kind = self.body.get("response_format", {}).get("type")
        return {"json_schema": "json_schema", "json_object": "json"}.get(kind, "none")

    @property
    def is_strict(self) -> bool:
        named = self.body.get("response_format", {}).get("json_schema", {})
        return bool(named.get("strict"))

    @property
    def shape(self) -> str:
        """The name of the type that was asked for, where the form has one."""
        if self.form == "tools":
            return str(self.body["tools"][0]["function"]["name"])
        return str(self.body.get("response_format", {}).get("json_schema", {}).get("name"))

    @property
    def is_probe(self) -> bool:
        return "Set ready to true." in self.user

    @property
    def user(self) -> str:
        return str(self.body["messages"][-1]["content"])

    @property
    def usage(self) -> dict[str, Any]:
        """Words as tokens: other numbers for other prompts."""
        words = sum(len(str(one["content"]).split()) for one in self.body["messages"])
        cached = {"cached_tokens": words // 2}
        return {"prompt_tokens": words, "completion_tokens": 7, "total_tokens": words + 7} | {
            "prompt_tokens_details": cached
        }


@dataclass
class Scripted:
    """The provider: what it was asked, what it has billed, and whether it is down."""

    url: str = ""
    reply: Reply = lambda _: {}
    is_down: bool = False
    asked: list[Asked] = field(default_factory=list)
    billed: list[tuple[int, int]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, asked: Asked) -> int:
        """How many requests there were for this model, this one among them."""
        with self._lock:
            self.asked.append(asked)
            return sum(one.model == asked.model for one in self.asked)


@contextmanager
def scripted(reply: Reply = lambda _: {}) -> Iterator[Scripted]:
    """A provider that runs as long as the block does."""
    provider = Scripted(reply=reply)

    class Handler(_Handler):
        script = provider

    server = _Server(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        provider.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers hang up in the middle: that is what is tested."""
        del request, client_address


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Scripted

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name it has there
        """Nothing: what was asked stands in the script."""

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(length))
        asked = Asked(self.path, body, {k.lower(): v for k, v in self.headers.items()})
        number = self.script.note(asked)
        with suppress(OSError):
            if self.script.is_down:
                self.send_problem(503, "down")
            elif self.path.endswith("/embeddings"):
                _embed(self, asked)
            else:
                _BEHAVIOURS.get(asked.model, good)(self, asked, number)

    def send_body(
        self, status: int, body: bytes, *, of: str = "application/json", **more: str
    ) -> None:
        self.send_response(status)
        headers = {"content-type": of, "content-length": str(len(body)), "x-request-id": "req-1"}
        for name, value in (headers | {k.replace("_", "-"): v for k, v in more.items()}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_problem(
        self, status: int, code: str, *, message: str = "", param: str = "", **more: str
    ) -> None:
        problem = {"message": message or code, "code": code, "type": code, "param": param or None}
        self.send_body(status, json.dumps({"error": problem}).encode(), **more)

    def send_reply(self, asked: Asked, said: Any, *, finish: str = "", **more: Any) -> None:
        """As a tool call or as text; what is whole is billed."""
        text = said if isinstance(said, str) else json.dumps(said)
        completion = completion_of(asked, text, finish=finish, **more)
        usage = completion.get("usage")
        if usage:
            self.script.billed.append((usage["prompt_tokens"], usage["completion_tokens"]))
        self.send_body(200, json.dumps(completion).encode())


def completion_of(
    asked: Asked, text: str | None, *, finish: str = "", call: bool = True, **more: Any
) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
    if asked.form == "tools" and call:
        function = {"name": asked.shape, "arguments": text}
        called = [{"id": "call-1", "type": "function", "function": function}]
        message = {"role": "assistant", "content": None, "refusal": None, "tool_calls": called}
    message |= more.pop("message", {})
    finish = finish or ("tool_calls" if "tool_calls" in message else "stop")
    choice = {"index": 0, "finish_reason": finish, "message": message, "logprobs": None}
    whole = {"id": "x", "object": "chat.completion", "created": 1, "model": asked.model}
    return whole | {"choices": [choice], "usage": asked.usage} | more


def good(to: _Handler, asked: Asked, _: int) -> None:
    to.send_reply(asked, {"ready": True} if asked.is_probe else to.script.reply(asked))


def bad(to: _Handler, asked: Asked, _: int) -> None:
    to.send_reply(asked, {"not": ["what", "was", "asked"]})


def bad_then_good(to: _Handler, asked: Asked, number: int) -> None:
    (bad if number == 1 else good)(to, asked, number)


def truncjson(to: _Handler, asked: Asked, _: int) -> None:
    to.send_reply(asked, '{"ready": tr')


def prose(to: _Handler, asked: Asked, _: int) -> None:
    """Takes no notice of any form."""
    to.send_reply(asked, "I would rather talk.", call=False)


def length(to: _Handler, asked: Asked, _: int) -> None:
    to.send_reply(asked, to.script.reply(asked), finish="length")


def content_filter(to: _Handler, asked: Asked, _: int) -> None:
    to.send_reply(asked, "", finish="content_filter", call=False)


def filter_whole(to: _Handler, asked: Asked, _: int) -> None:
    """What is left can still be read."""
    to.send_reply(asked, to.script.reply(asked), finish="content_filter")


def refuse(to: _Handler, asked: Asked, _: int) -> None:
    to.send_reply(asked, None, call=False, message={"content": None, "refusal": "I will not."})


def no_choices(to: _Handler, asked: Asked, _: int) -> None:
    to.send_reply(asked, "", choices=[])


def nousage(to: _Handler, asked: Asked, _: int) -> None:
    to.send_reply(asked, to.script.reply(asked), usage=None)


def odd_usage(to: _Handler, asked: Asked, _: int) -> None:
    odd = {"prompt_tokens": -5, "completion_tokens": 3, "total_tokens": -2}
    text = json.dumps(to.script.reply(asked))
    to.send_body(200, json.dumps(completion_of(asked, text, usage=odd)).encode())


def html(to: _Handler, _: Asked, __: int) -> None:
    to.send_body(200, b"<html><body>Sign in to the hotel network</body></html>", of="text/html")


def garbage200(to: _Handler, _: Asked, __: int) -> None:
    to.send_body(200, b'{"choices": [{"mess')


def verbatim(to: _Handler, asked: Asked, _: int) -> None:
    """The script writes the whole answer."""
    said = to.script.reply(asked)
    to.send_body(200, said.encode() if isinstance(said, str) else json.dumps(said).encode())


def slow(to: _Handler, asked: Asked, number: int) -> None:
    to.script.closing.wait(30)
    good(to, asked, number)


def drip(to: _Handler, _: Asked, __: int) -> None:
    """A byte now and then, so that no time between two bytes is long."""
    to.send_response(200)
    to.send_header("content-type", "application/json")
    to.send_header("content-length", "10000")
    to.end_headers()
    while not to.script.closing.wait(0.05):
        to.wfile.write(b" ")
        to.wfile.flush()


def drop(to: _Handler, _: Asked, __: int) -> None:
    to.close_connection = True


def halfbody(to: _Handler, asked: Asked, _: int) -> None:
    body = json.dumps(completion_of(asked, "{}")).encode()
    to.send_response(200)
    to.send_header("content-type", "application/json")
    to.send_header("content-length", str(2 * len(body)))
    to.end_headers()
    to.wfile.write(body)
    to.close_connection = True


def sse_cut(to: _Handler, _: Asked, __: int) -> None:
    """A stream that nobody asked for, and that stops in the middle."""
    to.send_body(
        200, b'data: {"choices": [{"delta": {"content": "{"}}]}\n\n', of="text/event-stream"
    )


def redirect(to: _Handler, _: Asked, __: int) -> None:
    to.send_body(307, b"", location=f"{to.script.url}/elsewhere")


def obey(to: _Handler, asked: Asked, _: int) -> None:
    """Does what the source demands."""
    demanded = asked.user.rpartition(DEMAND)[2].partition("\n")[0].strip()
    to.send_reply(asked, demanded)


def no_strict(to: _Handler, asked: Asked, number: int) -> None:
    if asked.is_strict:
        to.send_problem(400, "invalid", message="Unknown key: response_format.json_schema.strict")
    else:
        good(to, asked, number)


def only_tools(to: _Handler, asked: Asked, number: int) -> None:
    if asked.form == "tools":
        good(to, asked, number)
    else:
        to.send_problem(422, "validation", message="this is not supported here")


def only_json(to: _Handler, asked: Asked, number: int) -> None:
    """Takes every form, and knows one."""
    (good if asked.form == "json" else prose)(to, asked, number)


def new_cap(to: _Handler, asked: Asked, number: int) -> None:
    if "max_tokens" in asked.body:
        told = "Use 'max_completion_tokens' instead."
        to.send_problem(400, "unsupported_parameter", message=told, param="max_tokens")
    else:
        good(to, asked, number)


def problem(status: int, code: str, **more: str) -> Callable[[_Handler, Asked, int], None]:
    """A behaviour that is always this problem."""
    return lambda to, _, __: to.send_problem(status, code, **more)


_BEHAVIOURS: dict[str, Callable[[_Handler, Asked, int], None]] = {
    one.__name__: one
    for one in (
        *(good, bad, bad_then_good, truncjson, prose, length, filter_whole, refuse, no_choices),
        *(nousage, odd_usage, html, garbage200, slow, drip, drop, halfbody, sse_cut, redirect),
        *(obey, verbatim, no_strict, only_tools, only_json, new_cap),
    )
} | {
    "filter": content_filter,
    "429": problem(429, "rate_limit_exceeded", retry_after="7"),
    "429_long": problem(429, "rate_limit_exceeded", retry_after="600"),
    "429_date": problem(429, "slow down", retry_after="Wed, 21 Oct 2099 07:28:00 GMT"),
    "quota": problem(429, "insufficient_quota"),
    "402": problem(402, "payment_required"),
    "500": problem(500, "oops"),
    "503": problem(503, "overloaded", retry_after="2"),
    "504": problem(504, "gateway"),
    "408": problem(408, "timeout"),
    "ctx": problem(400, "context_length_exceeded"),
    "ctx_local": problem(400, "invalid", message="exceeds the context window of 4096 tokens"),
    "413": problem(413, "too_large"),
    "400": problem(400, "invalid_value", message="no such thing"),
    "404": problem(404, "model_not_found"),
    "401": problem(401, "invalid_api_key"),
    "403": problem(403, "forbidden"),
}


def vector_of(text: str, width: int = 8) -> list[float]:
    """Not of unit length, and another for each text."""
    return [
        1.0 + sum(ord(c) * (i + place) % 13 for i, c in enumerate(text)) for place in range(width)
    ]


def _embed(to: _Handler, asked: Asked) -> None:
    texts = asked.body["input"]
    rows = [{"index": i, "embedding": vector_of(text)} for i, text in enumerate(texts)]
    if asked.model in _ROWS:
        rows = _ROWS[asked.model](rows)
    elif asked.model in _BEHAVIOURS and asked.model != "good":
        return _BEHAVIOURS[asked.model](to, asked, 1)
    sent = {"object": "list", "data": rows, "model": asked.model, "usage": {"prompt_tokens": 3}}
    return to.send_body(200, json.dumps(sent).encode())


Rows = list[dict[str, Any]]


def _changed(rows: Rows, embedding: list[float]) -> Rows:
    return [*rows[:-1], rows[-1] | {"embedding": embedding}]


_ROWS: dict[str, Callable[[Rows], Rows]] = {
    "reordered": lambda rows: rows[::-1],
    "wrong_count": lambda rows: rows[:-1],
    "twice": lambda rows: [rows[0] | {"index": 0} for _ in rows],
    "wrong_width": lambda rows: _changed(rows, [1.0] * (3 + len(rows))),
    "not_finite": lambda rows: _changed(rows, [float("nan")] * 8),
    "too_big": lambda rows: _changed(rows, [1e999] * 8),
    "zero": lambda rows: _changed(rows, [0.0] * 8),
    "no_vectors": lambda _: [],
}
