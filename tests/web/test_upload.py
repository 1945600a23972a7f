import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from live import Caller, Server
from wire import CALL, STATED, call_of, refused, words

SOURCES = "/v1/sources"
ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Dana Okafor: Why did you start looking?

2
00:00:04.000 --> 00:00:09.000
Kim Lang: Our old tool lost two shipments in March.

3
00:00:10.000 --> 00:00:14.000
Dana Okafor: We will send you the migration plan by Friday.
"""
TEAMS = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Dana Okafor>Why did you start looking?</v>

00:00:04.000 --> 00:00:09.000
<v Kim Lang>Our old tool lost two shipments in March.</v>
"""
PLAIN = """Dana Okafor: Why did you start looking?
Kim Lang: Our old tool lost two shipments in March.
Dana Okafor: We will send you the migration plan by Friday.
Kim Lang: Good, that is what we need.
"""
MAIL = """From: Kim Lang <kim@oakline.example>
To: Dana Okafor <dana@wayfold.example>
Date: Tue, 03 Mar 2026 15:00:00 +0100
Subject: Moving over
Message-ID: <1@oakline.example>
Content-Type: text/plain; charset=utf-8

Our old tool lost two shipments in March.
"""


def _source(caller: Caller, sent: httpx2.Response) -> dict[str, Any]:
    assert sent.status_code == 202, sent.text
    found: dict[str, Any] = caller.get(sent.json()["url"]).json()
    return found


def _turns(caller: Caller, sent: httpx2.Response) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = caller.get(f"{sent.json()['url']}/turns").json()["items"]
    return items


def test_upload_becomes_a_note(alice: Caller) -> None:
    answer = alice.post(SOURCES, json={"content": CALL, "customer": "kim-inc"})
    assert answer.status_code == 202
    note = alice.get(f"{SOURCES}/{alice.ready(answer)}/note").json()
    assert note["customer"] == "kim-inc"
    assert note["what_was_promised"][0]["evidence"][0]["speaker"] == "Dana"


def test_accepted_says_where(waiting: Caller) -> None:
    answer = waiting.post(SOURCES, json={"content": CALL})
    body = answer.json()
    assert body.keys() == {"id", "status", "url"}
    assert body["status"] == "queued"
    assert body["url"] == answer.headers["location"] == f"{SOURCES}/{body['id']}"
    assert waiting.get(body["url"]).json()["id"] == body["id"]


@pytest.mark.parametrize(
    ("content", "format_", "kind"),
    [
        (ZOOM, "webvtt", "call"),
        (TEAMS, "webvtt", "call"),
        (PLAIN, "transcript", "call"),
        (json.dumps(CALL), "json", "call"),
        (MAIL, "eml", "email"),
    ],
    ids=["zoom", "teams", "plain", "json", "eml"],
)
def test_each_format_by_content(waiting: Caller, content: str, format_: str, kind: str) -> None:
    as_file = waiting.post(SOURCES, files={"file": ("anything.bin", content.encode())})
    source = _source(waiting, as_file)
    assert (source["format"], source["kind"]) == (format_, kind)
    speakers = {turn["speaker"] for turn in _turns(waiting, as_file)}
    assert speakers <= {"Dana Okafor", "Kim Lang", "Dana", "Kim"}
    assert any("two shipments" in turn["text"] for turn in _turns(waiting, as_file))
    as_json = waiting.post(SOURCES, json={"content": content})
    assert as_json.status_code == 200
    assert as_json.json()["id"] == source["id"]


def test_every_field_of_a_form(waiting: Caller) -> None:
    fields = {
        "kind": "contract",
        "format": "text",
        "customer": "Oakline",
        "deal": "D-1",
        "title": "Order form",
        "occurred_at": "2026-03-03T15:00:00+01:00",
        "participants": json.dumps([{"name": "Kim", "side": "customer"}]),
        "external_id": "ext-1",
    }
    sent = waiting.post(SOURCES, files={"file": ("o.txt", b"The price is fixed.")}, data=fields)
    source = _source(waiting, sent)
    named = {key: source[key] for key in ("kind", "format", "customer", "deal", "title")}
    assert named == {key: fields[key] for key in named}
    assert source["occurred_at"] == "2026-03-03T14:00:00Z"


def test_form_and_json_say_the_same(waiting: Caller) -> None:
    shared = {"customer": "Oakline", "title": "Call", "occurred_at": "2026-03-03T15:00:00Z"}
    part = (None, json.dumps(STATED), "application/json")
    form = waiting.post(SOURCES, files={"file": ("a", PLAIN), "participants": part}, data=shared)
    other = {"content": PLAIN, "participants": STATED, "deal": "D-2", **shared}
    first, second = _source(waiting, form), _source(waiting, waiting.post(SOURCES, json=other))
    differ = {key for key in first if first[key] != second[key]}
    assert differ == {"id", "deal"}


def test_source_has_every_key(owner: Caller, read_id: str) -> None:
    source = owner.get(f"{SOURCES}/{read_id}").json()
    assert source.keys() == words(
        "id kind format status error title customer deal occurred_at participants turns replaces"
        " run notices"
    )
    assert source["participants"][0].keys() == {"name", "email", "side", "side_rule"}
    assert (source["status"], source["turns"], source["error"]) == ("ready", 3, None)
    assert source["run"].keys() == words(
        "extractor model prompt_version code_version outcome uncovered_turns calls tokens_in"
        " tokens_out cost_usd seconds rejected"
    )
    assert owner.get(SOURCES).json()["items"] == [source]


def test_turns_have_every_key(owner: Caller, read_id: str) -> None:
    page = owner.get(f"{SOURCES}/{read_id}/turns").json()
    assert page.keys() == {"items", "next_cursor"}
    keys = words("turn speaker side side_rule start_s end_s sent_at text")
    keys |= words("is_internal is_quoted duplicate_of")
    assert all(turn.keys() == keys for turn in page["items"])
    assert [turn["turn"] for turn in page["items"]] == [0, 1, 2]
    assert [turn["text"] for turn in page["items"]] == [turn["text"] for turn in CALL["turns"]]
    assert [turn["side"] for turn in page["items"]] == ["vendor", "customer", "vendor"]


def test_turns_in_pages(waiting: Caller) -> None:
    sent = waiting.post(SOURCES, json={"content": call_of(*(f"Turn {n} of it" for n in range(7)))})
    url, cursor = f"{sent.json()['url']}/turns", None
    seen: list[int] = []
    while cursor or not seen:
        page = waiting.get(url, params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        seen += [turn["turn"] for turn in page["items"]]
        cursor = page["next_cursor"]
    assert seen == list(range(7))


def test_replay_is_the_same_source(waiting: Caller) -> None:
    first = waiting.post(SOURCES, json={"content": CALL, "deal": "D-1"})
    again = waiting.post(SOURCES, json={"content": CALL, "deal": "D-1"})
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert again.json() == first.json()


def test_eight_at_once_are_one(waiting: Caller, idle: Server) -> None:
    def send(_: int) -> httpx2.Response:
        return waiting.post(SOURCES, json={"content": CALL, "customer": "c", "deal": "d"})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [202]
    (one,) = {answer.json()["id"] for answer in answers}
    with idle.database.connect() as db:
        kept = "SELECT count(*) FROM app.source WHERE workspace_id = %s"
        queued = "SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'source_id' = %s"
        assert db.execute(kept, [waiting.workspace_id]).fetchone() == (1,)
        assert db.execute(queued, [one]).fetchone() == (1,)


def test_another_deal_is_another_source(waiting: Caller) -> None:
    deals: list[dict[str, str]] = [{}, {"deal": "D-1"}, {"deal": "D-2"}]
    sent = [waiting.post(SOURCES, json={"content": CALL, **deal}) for deal in deals]
    assert [answer.status_code for answer in sent] == [202] * 3
    assert len({answer.json()["id"] for answer in sent}) == 3
    assert len(waiting.get(SOURCES).json()["items"]) == 3


def test_the_same_content_of_two_workspaces(waiting: Caller, idle: Server) -> None:
    with idle.caller() as other:
        sent = [caller.post(SOURCES, json={"content": CALL}) for caller in (waiting, other)]
    assert [answer.status_code for answer in sent] == [202, 202]
    assert sent[0].json()["id"] != sent[1].json()["id"]


def test_a_failed_twin_is_queued_again(waiting: Caller, idle: Server) -> None:
    url = waiting.post(SOURCES, json={"content": CALL}).json()["url"]
    with idle.database.connect() as db:
        failed = "UPDATE app.source SET status = 'failed' WHERE workspace_id = %s"
        db.execute(failed, [waiting.workspace_id])
    again = waiting.post(SOURCES, json={"content": CALL})
    assert (again.status_code, again.json()["status"]) == (200, "queued")
    assert waiting.get(url).json()["status"] == "queued"


def test_a_deal_belongs_to_one_customer(waiting: Caller) -> None:
    def send(content: str, **owner: str) -> httpx2.Response:
        return waiting.post(SOURCES, json={"content": content, **owner})

    assert send("First of all", deal="D-1").status_code == 202
    assert send("Second of all", deal="D-1", customer="Oakline").status_code == 202
    clash = refused(send("Third", deal="D-1", customer="Other"), 409, "deal-customer-clash")
    assert clash["field"] == "customer"
    assert _source(waiting, send("Fourth of all", deal="D-1"))["customer"] == "Oakline"
    assert "Other" not in waiting.get(SOURCES).text


@pytest.mark.parametrize("bad", ["a/b", "a\\b", "a?", "a#", ".", "..", " ", "", "a\nb", "a\u200bb"])
@pytest.mark.parametrize("field", ["customer", "deal"])
def test_references_refused(mallory: Caller, field: str, bad: str) -> None:
    answer = mallory.post(SOURCES, json={"content": CALL, field: bad})
    assert refused(answer, 400, "invalid")["field"] == field
    listed = mallory.get(SOURCES, params={field: bad})
    assert refused(listed, 400, "invalid")["field"] == field


def test_the_longest_reference(waiting: Caller) -> None:
    sent = waiting.post(SOURCES, json={"content": CALL, "deal": "d" * 200})
    assert _source(waiting, sent)["deal"] == "d" * 200
    longer = waiting.post(SOURCES, json={"content": "Another one", "deal": "d" * 201})
    assert refused(longer, 400, "invalid")["field"] == "deal"


def test_references_are_trimmed_and_keep_their_case(waiting: Caller) -> None:
    sent = waiting.post(SOURCES, json={"content": CALL, "customer": "  Ærø A/S".replace("/", "-")})
    assert _source(waiting, sent)["customer"] == "Ærø A-S"
    for asked, found in ((" Ærø A-S ", 1), ("ærø a-s", 0), ("ÆRØ A-S", 0)):
        items = waiting.get(SOURCES, params={"customer": asked}).json()["items"]
        assert len(items) == found


def test_text_without_speakers(alice: Caller) -> None:
    text = "The old tool lost shipments.\n\nWe will send you the migration plan by Friday."
    source_id = alice.ready(alice.post(SOURCES, json={"content": text}))
    source = alice.get(f"{SOURCES}/{source_id}").json()
    assert (source["format"], source["turns"]) == ("text", 2)
    assert [notice["code"] for notice in source["notices"]] == ["speakers-unknown"]
    turns = alice.get(f"{SOURCES}/{source_id}/turns").json()["items"]
    assert {(turn["speaker"], turn["side"]) for turn in turns} == {(None, "unknown")}
    note = alice.get(f"{SOURCES}/{source_id}/note").json()
    assert [claim["state"] for claim in note["what_was_promised"]] == ["unattributed"]


def test_windows_1252_is_read(waiting: Caller) -> None:
    text = "Jürgen: Schöne Grüße aus Köln\nZoë: Das wäre schön - für 50 €\n" * 2
    sent = waiting.post(SOURCES, files={"file": ("a.txt", text.encode("cp1252"))})
    source = _source(waiting, sent)
    assert "charset-guessed" in {notice["code"] for notice in source["notices"]}
    said = [(turn["speaker"], turn["text"]) for turn in _turns(waiting, sent)]
    assert said[:2] == [
        ("Jürgen", "Schöne Grüße aus Köln"),
        ("Zoë", "Das wäre schön - für 50 €"),
    ]


def test_participants_by_email(waiting: Caller) -> None:
    stated = [{"email": "KIM@oakline.example", "side": "vendor"}]
    sent = waiting.post(SOURCES, json={"content": MAIL, "participants": stated})
    assert [turn["side"] for turn in _turns(waiting, sent)] == ["vendor"]
    found = {one["email"]: one for one in _source(waiting, sent)["participants"]}
    assert found["kim@oakline.example"]["name"] == "Kim Lang"


def test_participants_by_name(waiting: Caller) -> None:
    stated = [{"name": "kim lang", "side": "customer"}, {"name": "Dana Okafor", "side": "vendor"}]
    sent = waiting.post(SOURCES, json={"content": PLAIN, "participants": stated})
    sides = {(turn["speaker"], turn["side"]) for turn in _turns(waiting, sent)}
    assert sides == {("Kim Lang", "customer"), ("Dana Okafor", "vendor")}


def test_lists_narrow_by_each_filter(waiting: Caller) -> None:
    waiting.post(SOURCES, json={"content": MAIL, "customer": "Oakline", "deal": "D-1"})
    waiting.post(SOURCES, json={"content": PLAIN})
    found = {
        query: [item["kind"] for item in waiting.get(f"{SOURCES}?{query}").json()["items"]]
        for query in (
            "customer=Oakline&deal=D-1",
            "kind=call",
            "unassigned=true",
            "unassigned=false",
            "status=ready",
            "customer=nobody",
        )
    }
    assert list(found.values()) == [["email"], ["call"], ["call"], ["email"], [], []]
