"""The same sent again: idempotency keys, replaced content, waiting for the end."""

import json
import threading
import time
from uuid import uuid4

from live import Caller

TALK = "Dana: We will send the plan by Friday.\nKim: We need two keys.\nDana: Agreed, two keys."


def test_a_key_replays_its_request(alice: Caller) -> None:
    head = {"Idempotency-Key": str(uuid4())}
    first = alice.post("/v1/sources", json={"content": TALK}, headers=head)
    again = alice.post("/v1/sources", json={"content": TALK}, headers=head)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["id"] == again.json()["id"]
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_key_with_another_body_is_refused(alice: Caller) -> None:
    head = {"Idempotency-Key": str(uuid4())}
    alice.post("/v1/sources", json={"content": TALK}, headers=head)
    for other in ({"content": TALK + "!"}, {"content": TALK, "title": "Other"}):
        answer = alice.post("/v1/sources", json=other, headers=head)
        assert (answer.status_code, answer.json()["type"]) == (
            422,
            "/problems/idempotency-key-reused",
        )


def test_a_key_belongs_to_its_workspace(alice: Caller, charlie: Caller) -> None:
    head = {"Idempotency-Key": "the-same"}
    one = alice.post("/v1/sources", json={"content": TALK}, headers=head).json()["id"]
    two = charlie.post("/v1/sources", json={"content": TALK + "!"}, headers=head)
    assert two.status_code == 202
    assert two.json()["id"] != one


def test_bad_keys(alice: Caller) -> None:
    for key in ("", "x" * 256, "with space"):
        answer = alice.post("/v1/sources", json={"content": TALK}, headers={"Idempotency-Key": key})
        assert answer.json()["type"] == "/problems/idempotency-key-invalid", key
    good = alice.post("/v1/sources", json={"content": TALK}, headers={"Idempotency-Key": "x" * 255})
    assert good.status_code == 202


def test_twins_with_one_key_at_once(alice: Caller) -> None:
    head, answers = {"Idempotency-Key": str(uuid4())}, []
    body = {"content": TALK, "title": "twins"}

    def send() -> None:
        answers.append(alice.post("/v1/sources", json=body, headers=head))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status_code for one in answers) == [200] * 7 + [202]
    assert len({one.json()["id"] for one in answers}) == 1


def test_new_content_replaces_the_old(alice: Caller) -> None:
    old = alice.ready(alice.post("/v1/sources", json={"content": TALK, "external_id": "call-1"}))
    changed = TALK.replace("Friday", "Monday")
    new = alice.ready(alice.post("/v1/sources", json={"content": changed, "external_id": "call-1"}))
    assert alice.get(f"/v1/sources/{new}").json()["replaces"] == old
    states = {
        one["state"]
        for field in ("what_was_promised", "success_in_their_words")
        for one in alice.get(f"/v1/sources/{old}/note").json()[field]
    }
    assert states == {"retracted"}


def test_prefer_wait_answers_with_the_source(alice: Caller) -> None:
    answer = alice.post("/v1/sources", json={"content": TALK}, headers={"Prefer": "wait=30"})
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert answer.json() == alice.get(f"/v1/sources/{answer.json()['id']}").json()


def test_prefer_that_says_nothing_of_waiting(alice: Caller) -> None:
    for wish in ("respond-async", "wait=soon", "wait=-1", "wait"):
        content = TALK + wish
        answer = alice.post("/v1/sources", json={"content": content}, headers={"Prefer": wish})
        assert answer.status_code == 202, wish


def test_events_tell_each_step(alice: Caller) -> None:
    source_id = alice.post("/v1/sources", json={"content": TALK}).json()["id"]
    seen = []
    with alice.stream("GET", f"/v1/sources/{source_id}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("event: "):
                seen.append(line.removeprefix("event: "))
            if line.startswith("data: ") and seen[-1] == "progress":
                said = json.loads(line.removeprefix("data: "))
                assert set(said) == {"done", "total", "step"}
    assert seen[-1] == "ready"
    assert set(seen) <= {"queued", "running", "progress", "ready"}


def test_events_of_a_finished_source_close_at_once(alice: Caller) -> None:
    source_id = alice.ready(alice.post("/v1/sources", json={"content": TALK}))
    started = time.monotonic()
    answer = alice.get(f"/v1/sources/{source_id}/events")
    assert "event: ready" in answer.text
    assert time.monotonic() - started < 1.5
