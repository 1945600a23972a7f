"""PATCH: what a person corrects, and what follows from it without a model."""

import time

from live import Caller

TALK = (
    "Dana: We will send you the plan by Friday.\n"
    "Kim: We need every door tested before we sign.\n"
    "Dana: I will call you on Tuesday."
)
SIDES = [{"name": "Dana", "side": "vendor"}, {"name": "Kim", "side": "customer"}]
OTHER_WAY = [{"name": "Dana", "side": "customer"}, {"name": "Kim", "side": "vendor"}]


def upload(caller: Caller, **said: object) -> str:
    return caller.ready(caller.post("/v1/sources", json={"content": TALK, **said}))


def states(caller: Caller, source_id: str, field: str) -> list[str]:
    return [one["state"] for one in caller.get(f"/v1/sources/{source_id}/note").json()[field]]


def test_known_sides_promote_what_was_unattributed(alice: Caller) -> None:
    source_id = upload(alice)
    assert set(states(alice, source_id, "what_was_promised")) == {"unattributed"}
    answer = alice.patch(f"/v1/sources/{source_id}", json={"participants": SIDES})
    assert answer.status_code == 200, answer.text
    assert {one["side_rule"] for one in answer.json()["participants"]} == {"stated"}
    assert set(states(alice, source_id, "what_was_promised")) == {"active"}


def test_the_other_side_retracts_and_back_again(alice: Caller) -> None:
    source_id = upload(alice, participants=SIDES)
    alice.patch(f"/v1/sources/{source_id}", json={"participants": OTHER_WAY})
    assert set(states(alice, source_id, "what_was_promised")) == {"retracted"}
    alice.patch(f"/v1/sources/{source_id}", json={"participants": SIDES})
    assert set(states(alice, source_id, "what_was_promised")) == {"active"}


def test_every_change_is_a_version(alice: Caller) -> None:
    source_id = upload(alice)
    alice.patch(f"/v1/sources/{source_id}", json={"participants": SIDES})
    note = alice.get(f"/v1/sources/{source_id}/note").json()
    assert {one["version"] for one in note["what_was_promised"]} == {2}


def test_turns_show_the_side_at_once(alice: Caller) -> None:
    source_id = upload(alice)
    alice.patch(f"/v1/sources/{source_id}", json={"participants": SIDES})
    turns = alice.get(f"/v1/sources/{source_id}/turns").json()["items"]
    assert [one["side"] for one in turns] == ["vendor", "customer", "vendor"]


def test_fields_are_set_and_cleared(alice: Caller) -> None:
    source_id = upload(alice, customer="kim", title="Old")
    said = {"customer": "lee", "title": None, "occurred_at": "2026-03-02T09:00:00Z"}
    view = alice.patch(f"/v1/sources/{source_id}", json=said).json()
    assert (view["customer"], view["title"]) == ("lee", None)
    assert view["occurred_at"] == "2026-03-02T09:00:00Z"
    assert (
        alice.patch(f"/v1/sources/{source_id}", json={"customer": None}).json()["customer"] is None
    )


def test_search_follows_a_new_customer(alice: Caller) -> None:
    source_id = upload(alice, customer="kim")
    alice.patch(f"/v1/sources/{source_id}", json={"customer": "lee"})
    found = alice.get("/v1/search", params={"q": "plan", "customer": "lee"}).json()["hits"]
    assert {hit["source"]["id"] for hit in found} == {source_id}
    assert alice.get("/v1/search", params={"q": "plan", "customer": "kim"}).json()["hits"] == []


def test_side_filter_is_exact_at_once(alice: Caller) -> None:
    source_id = upload(alice)
    asked = {"q": "door tested before we sign", "side": "customer"}
    assert alice.get("/v1/search", params=asked).json()["hits"] == []
    alice.patch(f"/v1/sources/{source_id}", json={"participants": SIDES})
    hits = alice.get("/v1/search", params=asked).json()["hits"]
    assert {one["side"] for hit in hits for one in hit["evidence"]} == {"customer"}


def test_the_index_is_made_anew(alice: Caller) -> None:
    source_id = upload(alice)
    alice.patch(f"/v1/sources/{source_id}", json={"title": "Zanzibar"})
    end = time.monotonic() + 30
    while True:
        answer = alice.get("/v1/search", params={"q": "Zanzibar"}).json()
        if answer["hits"] and answer["answered"]:
            break
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_deal_of_another_customer_is_refused(alice: Caller) -> None:
    upload(alice, customer="kim", deal="D-1")
    other = alice.ready(alice.post("/v1/sources", json={"content": TALK + "!", "customer": "lee"}))
    answer = alice.patch(f"/v1/sources/{other}", json={"deal": "D-1"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/deal-customer-clash")


def test_a_twin_in_the_other_deal_is_refused(alice: Caller) -> None:
    upload(alice, deal="D-1")
    other = upload(alice, deal="D-2")
    answer = alice.patch(f"/v1/sources/{other}", json={"deal": "D-1"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/source-clash")


def test_unknown_keys_and_a_stranger(alice: Caller, charlie: Caller) -> None:
    source_id = upload(alice)
    assert alice.patch(f"/v1/sources/{source_id}", json={"tilte": "x"}).status_code == 400
    assert charlie.patch(f"/v1/sources/{source_id}", json={"title": "x"}).status_code == 404
