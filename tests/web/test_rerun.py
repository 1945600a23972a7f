"""Re-runs and claims by hand over HTTP, with the real worker."""

import time
from typing import Any

import pytest
from live import Caller, Server
from wire import CALL, refused

SOURCES, CLAIMS = "/v1/sources", "/v1/claims"
QUOTE = {"field": "why_they_bought", "turn": 1, "quote": "lost two shipments"}


@pytest.fixture
def read(alice: Caller) -> str:
    """The address of a source that is ready."""
    return f"{SOURCES}/{alice.ready(alice.post(SOURCES, json={'content': CALL}))}"


def until(caller: Caller, url: str, **asked: str) -> Any:
    """The answer once it is one."""
    for _ in range(300):
        answer = caller.get(url, params=asked)
        if answer.status_code == 200 and answer.json().get("hits") != []:
            return answer.json()
        time.sleep(0.1)
    raise AssertionError(answer.text)


def promise(caller: Caller, read: str) -> dict[str, Any]:
    found: dict[str, Any] = caller.get(f"{read}/note").json()["what_was_promised"][0]
    return found


def test_what_a_rerun_finds_is_accepted_and_searched(
    alice: Caller, read: str, server: Server
) -> None:
    missed = promise(alice, read)
    with server.database.connect() as db:
        db.execute("DELETE FROM app.claim WHERE id = %s", [missed["id"]])
    asked = alice.post(f"{read}/runs")
    assert (asked.status_code, asked.json()["url"]) == (202, f"{read}/proposal")
    found = until(alice, f"{read}/proposal")
    assert (found["id"], found["state"], found["base_version"]) == (asked.json()["id"], "open", 1)
    assert [one["statement"] for one in found["new"]] == [missed["statement"]]
    accepted = alice.post(f"{read}/proposal/accept", json={"id": found["id"], "by": "Ana"})
    assert (accepted.status_code, accepted.json()["by"]) == (200, "Ana")
    assert promise(alice, read)["id"] == found["new"][0]["id"]
    until(alice, "/v1/search", q=missed["statement"], field="what_was_promised")


def test_runs_are_listed_page_by_page(alice: Caller, read: str) -> None:
    alice.post(f"{read}/runs")
    newest = until(alice, f"{read}/proposal")["run"]
    first = alice.get(f"{read}/runs", params={"limit": 1}).json()
    assert [one["id"] for one in first["items"]] == [newest["id"]]
    cursor = first["next_cursor"]
    second = alice.get(f"{read}/runs", params={"limit": 1, "cursor": cursor}).json()
    assert (len(second["items"]), second["next_cursor"]) == (1, None)
    assert second["items"][0]["at"] < newest["at"]


def test_a_decision_needs_no_body_and_takes_no_other(alice: Caller, read: str) -> None:
    alice.post(f"{read}/runs")
    until(alice, f"{read}/proposal")
    url = f"{read}/proposal/dismiss"
    refused(alice.post(url, json={"becuase": "x"}), 400, "invalid")
    refused(alice.post(url, json={"comment": "x" * 2001}), 400, "invalid")
    refused(alice.post(url, json={"id": "another"}), 409, "proposal-closed")
    assert alice.post(url).json()["state"] == "dismissed"
    refused(alice.post(f"{read}/proposal/accept"), 409, "proposal-closed")


def test_what_is_not_read_yet_is_not_read_again(waiting: Caller) -> None:
    url = waiting.post(SOURCES, json={"content": CALL}).json()["url"]
    answer = waiting.post(f"{url}/runs")
    refused(answer, 409, "not-ready")
    assert int(answer.headers["retry-after"]) > 0
    source_id = url.rpartition("/")[2]
    refused(waiting.post(CLAIMS, json=QUOTE | {"source_id": source_id}), 409, "not-ready")


def test_a_claim_by_hand(alice: Caller, read: str) -> None:
    said = QUOTE | {"source_id": read.rpartition("/")[2], "by": "Ana"}
    made = alice.post(CLAIMS, json=said)
    assert made.status_code == 201
    url = made.headers["location"]
    assert alice.get(url).json()["claim"] == made.json()
    refused(alice.post(CLAIMS, json=said), 422, "claim-rejected")
    change = {"version": 1, "state": "retracted", "comment": "Another tool."}
    assert alice.patch(url, json=change).json()["state"] == "retracted"
    clash = refused(alice.patch(url, json=change), 409, "version-clash")
    assert clash["field"] == "version"
    changes = alice.get(url).json()["changes"]
    assert [(one["version"], one["comment"]) for one in changes] == [
        (1, None),
        (2, "Another tool."),
    ]


def test_search_follows_a_correction(alice: Caller, read: str) -> None:
    claim = alice.get(f"{read}/note").json()["why_they_bought"][0]
    statement = "Two shipments lost in March and nobody noticed"
    answer = alice.patch(f"{CLAIMS}/{claim['id']}", json={"version": 1, "statement": statement})
    assert answer.status_code == 200, answer.text
    asked = {"q": "shipments lost", "field": "why_they_bought"}
    assert [one["text"] for one in until(alice, "/v1/search", **asked)["hits"]] == [statement]
    alice.patch(f"{CLAIMS}/{claim['id']}", json={"version": 2, "state": "retracted"})
    assert alice.get("/v1/search", params=asked).json()["hits"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, "version"),
        ({"version": 0}, "version"),
        ({"version": 2**31}, "version"),
        ({"version": "1"}, "version"),
        ({"version": True}, "version"),
        ({"version": 1, "state": "superseded"}, "state"),
        ({"version": 1, "state": "unattributed"}, "state"),
        ({"version": 1, "statement": " "}, "statement"),
        ({"version": 1, "statement": "x" * 2001}, "statement"),
        ({"version": 1, "promised_to": "x" * 301}, "promised_to"),
        ({"version": 1, "due_text": "x" * 2001}, "due_text"),
        ({"version": 1, "due_date": 20000}, "due_date"),
        ({"version": 1, "due_date": "2026-02-30"}, "due_date"),
        ({"version": 1, "due_date": "1899-12-31"}, "due_date"),
        ({"version": 1, "comment": "x" * 2001}, "comment"),
        ({"version": 1, "pinned": False}, "pinned"),
    ],
)
def test_a_bad_correction(owner: Caller, read_id: str, change: dict[str, Any], field: str) -> None:
    claim = promise(owner, f"{SOURCES}/{read_id}")
    answer = refused(owner.patch(f"{CLAIMS}/{claim['id']}", json=change), 400, "invalid")
    assert answer["field"] == field
    assert promise(owner, f"{SOURCES}/{read_id}") == claim


@pytest.mark.parametrize(
    ("said", "status", "kind", "field"),
    [
        ({"quote": ""}, 400, "invalid", "quote"),
        ({"quote": "x" * 2001}, 400, "invalid", "quote"),
        ({"quote": "x" * 2000}, 422, "claim-rejected", "quote"),
        ({"turn": -1}, 400, "invalid", "turn"),
        ({"turn": 1.5}, 400, "invalid", "turn"),
        ({"turn": 441.0}, 422, "claim-rejected", "turn"),
        ({"turn": 2**31 - 1}, 422, "claim-rejected", "turn"),
        ({"field": "x" * 101}, 400, "invalid", "field"),
        ({"source_id": "nothing"}, 404, "not-found", None),
        ({"state": "active"}, 400, "invalid", "state"),
    ],
)
def test_a_bad_claim(
    owner: Caller, read_id: str, said: dict[str, Any], status: int, kind: str, field: str | None
) -> None:
    sent = QUOTE | {"source_id": read_id} | said
    answer = refused(owner.post(CLAIMS, json=sent), status, kind)
    assert answer["field"] == field
