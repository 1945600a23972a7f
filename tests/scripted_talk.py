"""What a scripted provider is asked, what it keeps of that, and how it answers."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

Reply = Callable[["Asked"], Any]
"""What the good behaviours reply: an object, or a text that is sent as it is."""


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


class Talker(BaseHTTPRequestHandler):
    """What a behaviour answers with."""

    protocol_version = "HTTP/1.1"
    script: Scripted

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name it has there
        """Nothing: what was asked stands in the script."""

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
