from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from live import Caller, Server
from wire import CALL, call_of, refused, words

from schemas.search import Query
from service.actions.searching import search_record
from service.db.doors import open_doors

SOURCES, SEARCH = "/v1/sources", "/v1/search"
MAIL = """From: Kim Lang <kim@oakline.example>
To: Dana Okafor <dana@wayfold.example>
Date: Tue, 05 May 2026 10:00:00 +0000
Subject: Rollout
Message-ID: <{0}@oakline.example>

We chose you because our old tool lost two shipments in March.
I will send you the list of our warehouses by Monday.
"""
TEXT = "The dock was closed.\n\nWe will send you the migration plan by Friday."
LONG = [f"We talked about gate {n} and how the crew moves pallets there. " * 12 for n in range(9)]
ANY = "shipments and the migration plan"
Hit = dict[str, Any]


@dataclass(frozen=True)
class Story:
    """A workspace whose sources were all read, and the claims that their notes hold."""

    caller: Caller
    claims: dict[str, dict[str, Any]]
    """By id; each with its source under `source`."""

    def hits(self, **asked: Any) -> list[Hit]:
        answer = self.caller.get(SEARCH, params={"q": ANY, "limit": 100, **asked})
        assert answer.status_code == 200, answer.text
        hits: list[Hit] = answer.json()["hits"]
        return hits


@pytest.fixture(scope="module")
def story(server: Server) -> Iterator[Story]:
    with server.caller() as caller:
        oakline = {"customer": "oakline", "deal": "D-1"}
        first = {"occurred_at": "2026-03-03T15:00:00Z", "title": "First call"}
        sent = [
            {"content": CALL, **oakline, **first},
            {"content": CALL, "customer": "birch", "occurred_at": "2026-04-01T09:00:00Z"},
            {"content": call_of(*LONG), "customer": "birch", "deal": "D-2", **first},
            {"content": MAIL.format(1), **oakline},
            {"content": TEXT},
            {"content": TEXT + " Signed.", "kind": "contract", **oakline},
        ]
        answers = [caller.post(SOURCES, json=one) for one in sent]
        claims: dict[str, dict[str, Any]] = {}
        for source_id in [caller.ready(answer) for answer in answers]:
            source = caller.get(f"{SOURCES}/{source_id}").json()
            note = caller.get(f"{SOURCES}/{source_id}/note").json()
            listed = [claim for part in note.values() if isinstance(part, list) for claim in part]
            claims |= {one["id"]: {**one, "source": source} for one in listed}
        yield Story(caller, claims)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


FIRST_PROMISE = "2026-03-03T15:00:10Z"
Fits = Callable[[dict[str, Any]], bool]
FILTERS: dict[tuple[str, str], Fits] = {
    ("customer", "oakline"): lambda claim: claim["source"]["customer"] == "oakline",
    ("customer", "birch"): lambda claim: claim["source"]["customer"] == "birch",
    ("customer", "nobody"): lambda _: False,
    ("deal", "D-1"): lambda claim: claim["source"]["deal"] == "D-1",
    ("kind", "call"): lambda claim: claim["source"]["kind"] == "call",
    ("kind", "email"): lambda claim: claim["source"]["kind"] == "email",
    ("kind", "contract"): lambda claim: claim["source"]["kind"] == "contract",
    ("field", "what_was_promised"): lambda claim: claim["field"] == "what_was_promised",
    ("field", "why_they_bought"): lambda claim: claim["field"] == "why_they_bought",
    ("field", "no_such_field"): lambda _: False,
    ("side", "customer"): lambda claim: claim["evidence"][0]["side"] == "customer",
    ("side", "vendor"): lambda claim: claim["evidence"][0]["side"] == "vendor",
    ("side", "unknown"): lambda claim: claim["evidence"][0]["side"] == "unknown",
    ("state", "active"): lambda claim: claim["state"] == "active",
    ("state", "unattributed"): lambda claim: claim["state"] == "unattributed",
    ("state", "retracted"): lambda _: False,
    ("since", FIRST_PROMISE): lambda claim: _is_since(claim["stated_at"]),
    ("until", FIRST_PROMISE): lambda claim: _is_until(claim["stated_at"]),
}


def _is_since(stated: str | None) -> bool:
    return stated is not None and _time(stated) >= _time(FIRST_PROMISE)


def _is_until(stated: str | None) -> bool:
    return stated is not None and _time(stated) < _time(FIRST_PROMISE)


def _require_exact(story: Story, *chosen: tuple[str, str]) -> None:
    hits = story.hits(**dict(chosen))
    wanted = {
        id_ for id_, claim in story.claims.items() if all(FILTERS[one](claim) for one in chosen)
    }
    assert {hit["id"] for hit in hits if hit["type"] == "claim"} == wanted
    assert all(_passage_fits(hit, *one) for hit in hits for one in chosen)


def _passage_fits(hit: Hit, name: str, value: str) -> bool:
    if hit["type"] == "claim":
        return True
    if name in {"customer", "deal", "kind"}:
        return bool(hit["source"][name] == value)
    if name == "side":
        return {span["side"] for span in hit["evidence"]} == {value}
    if name in {"field", "state"}:
        return False
    return all(_said_fits(span, hit["source"], name) for span in hit["evidence"])


def _said_fits(span: dict[str, Any], source: dict[str, Any], name: str) -> bool:
    said = span["sent_at"]
    if said is None and source["occurred_at"] and span["at_s"] is not None:
        said = (_time(source["occurred_at"]) + timedelta(seconds=span["at_s"])).isoformat()
    return _is_since(said) if name == "since" else _is_until(said)


def test_the_story_has_what_filters_tell_apart(story: Story) -> None:
    for one, fits in FILTERS.items():
        matching = sum(map(fits, story.claims.values()))
        if one[1] not in {"nobody", "no_such_field", "retracted", "call"}:
            assert 0 < matching < len(story.claims), one
    assert any(hit["type"] == "passage" for hit in story.hits())


@pytest.mark.parametrize("one", FILTERS, ids="=".join)
def test_each_filter_is_exact(story: Story, one: tuple[str, str]) -> None:
    _require_exact(story, one)


def test_any_two_filters_are_exact_together(story: Story) -> None:
    for one, other in combinations(FILTERS, 2):
        if one[0] != other[0]:
            _require_exact(story, one, other)


def test_all_filters_together_are_exact(story: Story) -> None:
    chosen = [("customer", "oakline"), ("deal", "D-1"), ("kind", "call"), ("state", "active")]
    chosen += [("field", "what_was_promised"), ("side", "vendor"), ("since", FIRST_PROMISE)]
    _require_exact(story, *chosen)
    assert len(story.hits(**dict(chosen))) == 1
    assert story.hits(**dict(chosen), until=FIRST_PROMISE) == []


def test_since_is_inclusive_and_until_exclusive(story: Story) -> None:
    second_later = "2026-03-03T15:00:11Z"
    around = {"deal": "D-1", "field": "what_was_promised", "kind": "call"}
    found = {
        (since, until): len(story.hits(**around, since=since, until=until))
        for since in (FIRST_PROMISE, second_later)
        for until in (FIRST_PROMISE, second_later)
    }
    assert list(found.values()) == [0, 1, 0, 0]


def test_an_answer_has_every_key(story: Story) -> None:
    answer = story.caller.get(SEARCH, params={"q": ANY}).json()
    assert answer.keys() == words("q mode took_ms answered hits next_cursor notices")
    assert (answer["q"], answer["mode"], answer["notices"]) == (ANY, "hybrid", [])
    assert answer["took_ms"] > 0
    assert len(answer["hits"]) == 10
    spans = words("source_id turn start end quote speaker side at_s sent_at before after")
    for hit in answer["hits"]:
        assert hit.keys() == words("type id field state text score evidence source")
        assert hit["source"].keys() == words("id title kind occurred_at customer deal")
        assert all(span.keys() == spans for span in hit["evidence"])
        assert hit["evidence"]


def test_an_unknown_customer_is_no_error(story: Story) -> None:
    answer = story.caller.get(SEARCH, params={"q": ANY, "customer": "never heard of"})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["hits"], body["next_cursor"], body["answered"]) == ([], None, False)


def test_post_equals_get(story: Story) -> None:
    for name, value in FILTERS:
        sent = story.caller.post(SEARCH, json={"q": ANY, "limit": 100, name: value})
        assert sent.json()["hits"] == story.hits(**{name: value})


def test_pages_are_one_large_page_cut_up(story: Story) -> None:
    for asked in ({}, {"customer": "oakline"}, {"side": "customer"}):
        seen: list[Hit] = []
        cursor: dict[str, str] = {}
        answered = set()
        while True:
            page = story.caller.get(SEARCH, params={"q": ANY, "limit": 3, **asked, **cursor}).json()
            seen += page["hits"]
            answered.add(page["answered"])
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
        assert seen == story.hits(**asked)
        assert len({hit["id"] for hit in seen}) == len(seen) > 3
        assert len(answered) == 1


def test_as_many_as_exist_up_to_the_limit(story: Story) -> None:
    for asked in ({}, {"customer": "birch"}, {"field": "why_they_bought"}):
        whole = story.hits(**asked)
        for limit in (1, 2, 5, len(whole), 100):
            assert story.hits(**asked, limit=limit) == whole[:limit]


def test_query_fifty_equals_query_one(story: Story) -> None:
    for asked in ({"limit": 20}, {"customer": "oakline"}, {"side": "customer", "limit": 4}):
        first = story.hits(**asked)
        assert first
        assert all(story.hits(**asked) == first for _ in range(49))


def test_evidence_stands_in_its_turn(story: Story) -> None:
    texts: dict[str, list[str]] = {}
    for hit in story.hits():
        for span in hit["evidence"]:
            if span["source_id"] not in texts:
                url = f"{SOURCES}/{span['source_id']}/turns"
                items = story.caller.get(url, params={"limit": 100}).json()["items"]
                texts[span["source_id"]] = [turn["text"] for turn in items]
            text = texts[span["source_id"]][span["turn"]]
            start, end = span["start"], span["end"]
            assert span["quote"] == text[start:end] != ""
            assert span["before"] == text[max(0, start - 200) : start]
            assert span["after"] == text[end : end + 200]


def test_windows_fold_into_the_claims_of_their_talk(alice: Caller) -> None:
    alice.ready(alice.post(SOURCES, json={"content": CALL}))
    hits = alice.get(SEARCH, params={"q": "Why did you start looking?"}).json()["hits"]
    assert sorted(hit["type"] for hit in hits) == ["claim", "claim"]
    vendor = alice.get(SEARCH, params={"q": "Why did you", "side": "vendor"}).json()["hits"]
    assert [hit["field"] for hit in vendor] == ["what_was_promised"]


def test_retracted_claims_are_asked_for_by_name(alice: Caller, server: Server) -> None:
    alice.ready(alice.post(SOURCES, json={"content": CALL}))
    with server.database.connect() as db:
        ended = "UPDATE app.claim SET state = 'retracted' WHERE workspace_id = %s AND field = %s"
        db.execute(ended, [alice.workspace_id, "why_they_bought"])
    hits = alice.get(SEARCH, params={"q": ANY}).json()["hits"]
    assert {hit["field"] for hit in hits} == {"what_was_promised"}
    asked = {"q": ANY, "state": "retracted"}
    (hit,) = alice.get(SEARCH, params=asked).json()["hits"]
    assert (hit["field"], hit["state"]) == ("why_they_bought", "retracted")


def test_the_best_hit_comes_first(story: Story) -> None:
    found = story.hits(q="What went wrong with deliveries before they switched?", deal="D-1")
    assert "lost two shipments" in found[0]["evidence"][0]["quote"]
    assert [hit["score"] for hit in found] == sorted((hit["score"] for hit in found), reverse=True)


def test_answered_tells_a_record_from_none(story: Story) -> None:
    asked = {"Which tool lost two shipments in March?": True, "How do I bake rye bread?": False}
    for question, expected in asked.items():
        answer = story.caller.get(SEARCH, params={"q": question}).json()
        assert answer["answered"] is expected
        assert len(answer["hits"]) == 10


@pytest.mark.parametrize(
    "q",
    [
        *(
            "the of and",
            "😀",
            "\N{ZERO WIDTH JOINER}",
            '"(',
            "'; DROP TABLE app.turn; --",
            "%_\\",
            ":q",
        ),
        *("لماذا اشتروا", "他们为什么购买", "?", "{}", "shipments " * 100, "\u202eabc", "a\nb"),
        *("x" * 1000, "\u0301" * 1000, "-5 3.5% €", "NaN", "ß", "I\u0307"),
    ],
)
def test_odd_questions(story: Story, q: str) -> None:
    answer = story.caller.post(SEARCH, json={"q": q, "limit": 100})
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["hits"]) == len(story.hits())


def test_a_question_over_the_limit(story: Story) -> None:
    for answer in (
        story.caller.post(SEARCH, json={"q": "他" * 1001}),
        story.caller.get(SEARCH, params={"q": "x" * 1001}),
    ):
        assert refused(answer, 400, "invalid")["field"] == "q"


async def test_without_an_embedder_words_alone_rank(story: Story, server: Server) -> None:
    query, here = Query(q="lost two shipments", limit=100), story.caller.workspace_id
    urls = server.database.url("baton_app"), server.database.url("baton_system")
    doors = open_doors(*urls, size=1)
    answer = await search_record(doors, None, workspace_id=here, query=query)
    await doors.close()
    assert answer.mode == "words"
    assert [notice.code for notice in answer.notices] == ["words-only"]
    assert "lost two shipments" in answer.hits[0].evidence[0].quote
    assert len(answer.hits) == len(story.hits())


def test_times_are_in_utc(story: Story) -> None:
    times = {hit["source"]["occurred_at"] for hit in story.hits()} - {None}
    assert times
    assert all(time.endswith("Z") for time in times)
    assert all(_time(time).tzinfo == UTC for time in times)
