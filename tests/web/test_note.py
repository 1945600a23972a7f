from typing import Any

import pytest
from live import Caller, Server
from wire import CALL, call_of, refused, words

SOURCES = "/v1/sources"
FIELDS = ("why_they_bought", "what_was_promised", "success_in_their_words", "customer_commitments")
CLAIM = words("id field statement state version pinned confidence stated_at evidence")
PROMISE = words("promised_by promised_to due contract contract_evidence promise_state")
SPAN = words("source_id turn start end quote speaker side at_s sent_at")


def _claims(note: dict[str, Any]) -> list[dict[str, Any]]:
    return [claim for field in FIELDS for claim in note[field]]


def test_a_note_has_every_key(owner: Caller, read_id: str) -> None:
    note = owner.get(f"{SOURCES}/{read_id}/note").json()
    others = {"id", "source_id", "version", "customer", "deal", "fields", "absent", "notices"}
    assert note.keys() == {*FIELDS, *others}
    assert (note["source_id"], note["version"], note["customer"]) == (read_id, 1, "kim-inc")
    assert [claim.keys() for claim in note["why_they_bought"]] == [CLAIM]
    assert [claim.keys() for claim in note["what_was_promised"]] == [CLAIM | PROMISE]
    assert all(span.keys() == SPAN for claim in _claims(note) for span in claim["evidence"])
    due = note["what_was_promised"][0]["due"]
    assert due == {"text": "by Friday", "date": None, "rule": None}


def test_each_claim_stands_in_its_turns(alice: Caller) -> None:
    said = ["Why did you start looking?", "Wir haben — 🚚 — im März zwei Lieferungen verloren."]
    said += [
        "We will train your crew by May 4.",
        "Because our e\u0301quipe lost two pallets 🚚🚚 a day.",
    ]
    said += [
        "Fine.",
        "Success is no lost pallet in the first 90 days. I'll send you the list today.",
    ]
    source_id = alice.ready(alice.post(SOURCES, json={"content": call_of(*said)}))
    turns = alice.get(f"{SOURCES}/{source_id}/turns").json()["items"]
    claims = _claims(alice.get(f"{SOURCES}/{source_id}/note").json())
    spans = [span for claim in claims for span in claim["evidence"]]
    assert len(spans) >= 3
    for span in spans:
        turn = turns[span["turn"]]
        assert span["quote"] == turn["text"][span["start"] : span["end"]] != ""
        assert (span["speaker"], span["side"]) == (turn["speaker"], turn["side"])
        assert span["at_s"] == turn["start_s"]


def test_stated_at_is_when_it_was_said(alice: Caller) -> None:
    sent = {"content": CALL, "occurred_at": "2026-03-03T23:59:55+01:00"}
    note = alice.get(f"{SOURCES}/{alice.ready(alice.post(SOURCES, json=sent))}/note").json()
    (promise,) = note["what_was_promised"]
    assert promise["stated_at"] == "2026-03-03T23:00:05Z"
    assert promise["due"]["date"] == "2026-03-06"
    undated = alice.post(SOURCES, json={"content": CALL, "deal": "undated"})
    note = alice.get(f"{SOURCES}/{alice.ready(undated)}/note").json()
    assert {claim["stated_at"] for claim in _claims(note)} == {None}


def test_ready_without_claims(alice: Caller) -> None:
    talk = call_of("Good morning to you.", "Good morning. It rains here.", "Here it does too.")
    source_id = alice.ready(alice.post(SOURCES, json={"content": talk}))
    answer = alice.get(f"{SOURCES}/{source_id}/note")
    assert answer.status_code == 200
    assert _claims(answer.json()) == []
    assert answer.json()["absent"] == dict.fromkeys(FIELDS, "not_discussed")


def test_a_field_is_absent_or_has_claims(owner: Caller, read_id: str) -> None:
    note = owner.get(f"{SOURCES}/{read_id}/note").json()
    assert set(note["absent"]) == {field for field in FIELDS if not note[field]}


@pytest.mark.parametrize("status", ["queued", "running"])
def test_not_ready_says_when_to_ask_again(waiting: Caller, idle: Server, status: str) -> None:
    url = waiting.post(SOURCES, json={"content": CALL}).json()["url"]
    with idle.database.connect() as db:
        set_ = "UPDATE app.source SET status = %s WHERE workspace_id = %s"
        db.execute(set_, [status, waiting.workspace_id])
    answer = waiting.get(f"{url}/note")
    refused(answer, 409, "not-ready")
    assert int(answer.headers["retry-after"]) > 0


def test_a_failed_run_says_why(waiting: Caller, idle: Server) -> None:
    url = waiting.post(SOURCES, json={"content": CALL}).json()["url"]
    why = '{"type": "/problems/dead-letter", "detail": "Three starts.", "mend": "Send it again."}'
    with idle.database.connect() as db:
        set_ = "UPDATE app.source SET status = 'failed', error = %s::jsonb WHERE workspace_id = %s"
        db.execute(set_, [why, waiting.workspace_id])
    body = refused(waiting.get(f"{url}/note"), 409, "run-failed")
    assert (body["detail"], body["mend"]) == ("Three starts.", "Send it again.")
    source = waiting.get(url).json()
    assert source["status"] == "failed"
    assert source["error"] == {
        "type": "/problems/dead-letter",
        "detail": "Three starts.",
        "mend": "Send it again.",
    }
