"""What tests of the API send, and what they expect of every refusal."""

import json
from typing import Any
from uuid import UUID

import httpx2

PROBLEM = {"type", "title", "status", "detail", "field", "mend", "errors", "instance"}
STATED = [{"name": "Dana", "side": "vendor"}, {"name": "Kim", "side": "customer"}]
CALL: dict[str, Any] = {
    "participants": STATED,
    "turns": [
        {"speaker": "Dana", "text": "Why did you start looking?", "start_s": 0, "end_s": 3},
        {
            "speaker": "Kim",
            "text": "Our old tool lost two shipments in March and nobody noticed.",
            "start_s": 4,
            "end_s": 9,
        },
        {
            "speaker": "Dana",
            "text": "We will send you the migration plan by Friday.",
            "start_s": 10,
            "end_s": 14,
        },
    ],
}


def call_of(*said: str, each_s: int = 10) -> dict[str, Any]:
    """A call in which Dana of the vendor and Kim of the customer speak in turn, Dana first."""
    turns = [
        {
            "speaker": ("Dana", "Kim")[number % 2],
            "text": text,
            "start_s": number * each_s,
            "end_s": number * each_s + 5,
        }
        for number, text in enumerate(said)
    ]
    return {"participants": STATED, "turns": turns}


def refused(response: httpx2.Response, status: int, name: str) -> dict[str, Any]:
    """The problem that was answered: whole, mendable, and silent about our code."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body.keys() == PROBLEM
    assert (body["type"], body["status"]) == (f"/problems/{name}", status)
    assert UUID(body["instance"])
    assert body["detail"]
    assert body["mend"]
    assert all(error["field"] and error["detail"] and error["mend"] for error in body["errors"])
    assert "Traceback" not in response.text
    return body


def words(text: str) -> set[str]:
    """The keys that a line names."""
    return set(text.split())


def besides_instance(response: httpx2.Response) -> str:
    """A problem without what differs in every answer."""
    body = response.json()
    del body["instance"]
    return json.dumps(body)
