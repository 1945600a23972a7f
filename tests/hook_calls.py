"""Calls as recorders and mail gateways make them, signed with what the hook was given."""

import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx2
from live import Caller

from evals.hooks.senders import SENDERS, Asked

PATH = "/v1/hooks"


class Hook:
    """One hook of a caller's workspace, as its provider knows it."""

    def __init__(self, caller: Caller, provider: str, **form: Any) -> None:
        answer = caller.put(f"{PATH}/{provider}", json=form)
        assert answer.status_code == 200, answer.text
        self.caller = caller
        self.provider = provider
        self.made = answer.json()
        self.secret = form.get("secret") or self.made["secret"]
        self.url = self.made["url"]

    def call(self, body: object, **headers: str) -> httpx2.Response:
        """Signed as this provider signs; `headers` add to it or replace."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        signed = {"content-type": "application/json", **self.signature(sent), **headers}
        return self.send(sent, signed)

    def send(self, body: bytes, headers: dict[str, str]) -> httpx2.Response:
        """As it is: no key, whatever headers."""
        return httpx2.post(self.url, content=body, headers=headers, trust_env=False, timeout=30)

    def signature(self, body: bytes) -> dict[str, str]:
        asked = Asked(self.secret, body, datetime.now(UTC), uuid4(), self.url)
        return SENDERS[self.provider](asked).headers


def wait_for_source(caller: Caller, **wanted: str) -> dict[str, Any]:
    """The one source of the workspace, once it is as wanted."""
    for _ in range(900):
        items = caller.get("/v1/sources").json()["items"]
        if items and all(items[0][name] == value for name, value in wanted.items()):
            assert len(items) == 1
            return dict(items[0])
        time.sleep(0.1)
    raise AssertionError(items)
