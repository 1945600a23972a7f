"""To whom a source belongs where the uploader does not say."""

import json
from typing import Any

from live import Caller, Server

OURS = {"vendor_domains": ["own.example"], "customer_domains": {"Acme.example": "acme"}}
MAIL = (
    b"From: Dana <dana@own.example>\r\nTo: Jo <jo@eu.acme.example>\r\nSubject: Plan\r\n"
    b"Message-ID: <o1@own.example>\r\n\r\nWe will send you the plan by Friday.\r\n"
)


def grain(**recording: object) -> dict[str, Any]:
    talk = [
        {"participant_id": "1", "speaker": "Dana", "start": 0, "end": 1000, "text": "We deliver."},
        {"participant_id": "2", "speaker": "Jo", "start": 2000, "end": 3000, "text": "We need it."},
    ]
    people = [
        {"id": "1", "name": "Dana", "email": "dana@own.example", "scope": "internal"},
        {"id": "2", "name": "Jo", "email": "jo@acme.example", "scope": "external"},
    ]
    return {"id": "g1", "participants": people, "transcript": talk, **recording}


def sent(caller: Caller, content: object, **said: object) -> dict[str, Any]:
    answer = caller.post("/v1/sources", json={"content": content, **said})
    assert answer.status_code == 202, answer.text
    return dict(caller.get(answer.json()["url"]).json())


def owner(view: dict[str, Any]) -> tuple[str | None, str | None]:
    return view["customer"], view["deal"]


def codes(view: dict[str, Any]) -> set[str]:
    return {one["code"] for one in view["notices"]}


def test_the_file_names_them(waiting: Caller) -> None:
    ids = {"hubspot_company_ids": ["41"], "hubspot_deal_ids": ["99"]}
    view = sent(waiting, grain(hubspot=ids))
    assert owner(view) == ("41", "99")
    assert "customer-from-file" in codes(view)
    assert [(one["side"], one["side_rule"]) for one in view["participants"]] == [
        ("vendor", "grain:scope"),
        ("customer", "grain:scope"),
    ]


def test_what_the_uploader_says_goes_before(waiting: Caller) -> None:
    waiting.put("/v1/workspace", json=OURS)
    ids = {"hubspot_company_ids": ["41"], "hubspot_deal_ids": ["99"]}
    assert owner(sent(waiting, grain(hubspot=ids), customer="mine")) == ("mine", None)


def test_a_contradiction_assigns_nothing(waiting: Caller) -> None:
    sent(waiting, "Hello there.", customer="other", deal="99")
    ids = {"hubspot_company_ids": ["41"], "hubspot_deal_ids": ["99"]}
    view = sent(waiting, grain(hubspot=ids))
    assert (owner(view), "customer-ambiguous" in codes(view)) == ((None, None), True)
    listed = waiting.get("/v1/sources", params={"unassigned": "true"}).json()["items"]
    assert [one["id"] for one in listed] == [view["id"]]


def test_several_deals_are_not_chosen_from(waiting: Caller) -> None:
    view = sent(waiting, grain(hubspot_deal_ids=["1", "2"]))
    assert (owner(view), "deal-ambiguous" in codes(view)) == ((None, None), True)


def test_the_domains_of_those_who_took_part(waiting: Caller) -> None:
    assert owner(sent(waiting, grain(id="before"))) == (None, None)
    waiting.put("/v1/workspace", json=OURS)
    view = sent(waiting, grain())
    assert (owner(view), "customer-from-domain" in codes(view)) == (("acme", None), True)
    people = [{"name": "Pat", "email": "pat@partner.example"}]
    assert owner(sent(waiting, grain(id="g2"), participants=people)) == (None, None)


def test_the_domains_of_a_mail(waiting: Caller) -> None:
    waiting.put("/v1/workspace", json=OURS)
    answer = waiting.post("/v1/sources", files={"file": ("o.eml", MAIL)})
    assert waiting.get(answer.json()["url"]).json()["customer"] == "acme"


def test_an_erased_customer_takes_its_domains_away(waiting: Caller) -> None:
    waiting.put("/v1/workspace", json=OURS)
    assert waiting.get("/v1/workspace").json()["customer_domains"] == {"acme.example": "acme"}
    removed = waiting.delete("/v1/customers/acme").json()
    assert removed == {"removed": {"customer": 1, "customer_domain": 1}, "residue": 0}
    assert waiting.get("/v1/workspace").json()["customer_domains"] == {}


def test_a_stranger_knows_no_domains(waiting: Caller, idle: Server) -> None:
    waiting.put("/v1/workspace", json=OURS)
    with idle.caller() as stranger:
        assert stranger.get("/v1/workspace").json()["customer_domains"] == {}
        assert owner(sent(stranger, grain(id="theirs"))) == (None, None)


def test_bad_domains(waiting: Caller) -> None:
    for wrong in ({"nodot": "a"}, {"a@b.example": "a"}, {"a.example": "x/y"}, [["a.example", "a"]]):
        answer = waiting.put("/v1/workspace", json={"customer_domains": wrong})
        assert answer.status_code == 400


def test_the_same_call_of_a_tool_replaces_its_older_transcript(waiting: Caller) -> None:
    first = sent(waiting, grain())
    again = sent(waiting, grain(title="Now with a title"))
    assert (again["replaces"], again["title"]) == (first["id"], "Now with a title")


def test_a_correction_keeps_what_the_file_states(waiting: Caller) -> None:
    view = sent(waiting, grain())
    people = [{"name": "Jo", "side": "vendor"}]
    changed = waiting.patch(f"/v1/sources/{view['id']}", json={"participants": people}).json()
    rules = {one["name"]: (one["side"], one["side_rule"]) for one in changed["participants"]}
    assert rules == {"Dana": ("vendor", "grain:scope"), "Jo": ("vendor", "stated")}


def test_a_notification_says_what_to_send(waiting: Caller) -> None:
    body = {"event": "meeting.transcribed", "timestamp": 1, "meeting_id": "x"}
    for answer in (
        waiting.post("/v1/sources", json={"content": body}),
        waiting.post("/v1/sources", files={"file": ("a.json", json.dumps(body).encode())}),
    ):
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/no-content")
        assert "Fireflies" in answer.json()["detail"]
        assert answer.json()["mend"]
