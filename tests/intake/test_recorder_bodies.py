"""Small bodies of recorders for what their samples lack."""

import json
from datetime import datetime
from typing import Any

import pytest

from schemas.source import Parsed, Side
from service.errors import NoContent, SeveralCalls
from service.intake.read import read
from service.intake.recorders.moments import moment

Body = dict[str, Any] | list[Any]
RECALL_WORD = {
    "text": "Hi",
    "start_timestamp": {"relative": 1.5, "absolute": "2026-03-03T15:00:01.5Z"},
}


def parsed(body: Body) -> Parsed:
    return read(json.dumps(body).encode())


def gong(*callers: object, **party: object) -> Body:
    sentences = [{"start": 0, "end": 500, "text": "We need it."}]
    transcript = [{"speakerId": one, "sentences": sentences} for one in callers]
    details = {"metaData": {"id": "1"}, "parties": [{"speakerId": "7", "name": "Jo", **party}]}
    return [{"callTranscripts": [{"callId": "1", "transcript": transcript}]}, {"calls": [details]}]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (gong("7"), ("Jo", None, 0.0)),
        (gong("7", affiliation="Unknown"), ("Jo", None, 0.0)),
        (gong("7", affiliation="External"), ("Jo", Side.CUSTOMER, 0.0)),
        (gong("8", affiliation="External"), ("Speaker 8", None, 0.0)),
        (gong(None), (None, None, 0.0)),
        (
            {"sentences": [{"speaker_name": None, "text": "a", "start_time": "4.5"}]},
            (None, None, 4.5),
        ),
        ({"transcript": [{"speaker": {"display_name": None}, "text": "a"}]}, (None, None, None)),
        ([{"participant": {"name": None}, "words": [RECALL_WORD]}], (None, None, 1.5)),
        ([{"participant": None, "words": [{"text": "Hi"}]}], (None, None, None)),
        (
            [{"participant": {}, "words": [{"text": "Hi", "start_timestamp": {"relative": 0}}]}],
            (None, None, 0.0),
        ),
        (
            [{"speaker": "Jo", "words": [{"text": "Hi", "start_timestamp": 1.5}]}],
            ("Jo", None, 1.5),
        ),
        (
            {"data": {"bot_id": 1, "transcript": [{"speaker": 0, "words": [{"word": "a"}]}]}},
            ("Speaker 0", None, None),
        ),
        (
            {"transcript": [{"participant_id": None, "speaker": "Jo", "text": "a", "start": 2000}]},
            ("Jo", None, 2.0),
        ),
        (
            [{"participant_id": "1", "speaker": "Jo", "text": "a", "start": "2000"}],
            ("Jo", None, 2.0),
        ),
        (
            {"transcript": [{"speaker_id": 1, "timestamps": [], "transcript": "a"}]},
            ("Speaker 1", None, None),
        ),
        (
            {"transcript": [{"speaker": {"source": "speaker"}, "text": "a"}]},
            ("speaker", None, None),
        ),
        (
            {"event": "TranscriptReady", "data": {"data": {"segments": [{"text": "a"}]}}},
            (None, None, None),
        ),
        (
            {"insights": {"Transcript": [{"speakerId": 3, "text": "a", "start": 1}]}},
            ("Speaker 3", None, 1.0),
        ),
        (
            {"transcriptCreateUtterances": [{"speaker": {"id": "11"}, "text": "a"}]},
            ("Speaker 11", None, None),
        ),
        (
            {"attributes": {"recording": {"utterances": [{"text": "a", "start": "3"}]}}},
            (None, None, 3.0),
        ),
        ({"items": [{"offsetMillisecond": 900, "text": "a"}]}, (None, None, 0.9)),
        (
            {"recordings": {"data": [{"transcript": {"speech_segments": [{"text": "a"}]}}]}},
            (None, None, None),
        ),
    ],
)
def test_what_is_missing_is_unknown(
    body: Body, expected: tuple[str | None, Side | None, float | None]
) -> None:
    one = parsed(body).utterances[0]
    assert (one.speaker, one.stated_side, one.start_s) == expected


@pytest.mark.parametrize(
    "body",
    [
        {"type": "url_verification", "challenge": "x"},
        {"callData": {"metaData": {"id": "1"}, "parties": []}, "isTest": True},
        {"value": [{"transcriptContentUrl": "https://graph.example"}]},
        {"title": "x", "calendar_invitees_domains_type": "all", "transcript": None},
        {
            "session_id": "1",
            "trigger": "meeting_end",
            "report_url": "x",
            "action_items": [{"text": "a"}],
        },
        {"attendees": [], "actionItems": [{"title": "a"}], "notes": "A machine wrote this."},
        {"meta": {"webhook": {}}, "data": {"relationships": {"outline": [{"text": "a"}]}}},
        {"native_meeting_id": "a", "segments": [{"text": "a", "completed": False}]},
        {"callTranscripts": [{"callId": "1", "transcript": "a sentence"}]},
        {"speakers": [{"is_rep": True}], "transcript": []},
        {"lines": [{"type": "moment", "content": "a question"}]},
    ],
)
def test_without_talk_there_is_no_content(body: Body) -> None:
    for sent in (body, {"body": body}, [{"headers": {}, "body": body}]):
        with pytest.raises(NoContent):
            parsed(sent)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-03T15:00:00Z", "2026-03-03T15:00:00+00:00"),
        ("2026-03-03T16:00:00+01:00", "2026-03-03T15:00:00+00:00"),
        ("2026-03-03T15:00:00.1234567Z", "2026-03-03T15:00:00.123456+00:00"),
        ("2026-03-03 15:00", "2026-03-03T15:00:00+00:00"),
        ("1772550000000", "2026-03-03T15:00:00+00:00"),
        (1772550000, "2026-03-03T15:00:00+00:00"),
        ("0001-01-01T00:00:00+23:00", None),
        ("9999-12-31T23:59:59-23:00", None),
        (10**14, None),
        (-1e14, None),
        (True, None),
        ("yesterday", None),
        ({}, None),
    ],
)
def test_moments(written: Any, expected: str | None) -> None:
    found = moment(written)
    assert (found and found.isoformat()) == expected


def test_several_calls_are_refused() -> None:
    with pytest.raises(SeveralCalls):
        parsed({"callTranscripts": [{"callId": "1"}, {"callId": "2"}]})


def test_machine_text_is_left_out_and_named() -> None:
    talk = [{"speaker": "Jo", "text": "We need it.", "timestamp": 1}]
    body = {"attendees": [], "actionItems": [{"title": "x"}], "notes": "y", "transcript": talk}
    found = parsed(body)
    assert [one.text for one in found.utterances] == ["We need it."]
    notice = next(one for one in found.notices if one.code == "machine-text-left-out")
    assert notice.detail.endswith("notes, actionItems.")


def test_vexa_chat_and_unfinished_segments_are_no_speech() -> None:
    segments = [
        {"text": "typed", "source": "chat", "start": 1781946000},
        {"text": "spok", "completed": False, "start": 1},
        {"text": "spoken", "absolute_start_time": "2026-06-20T09:00:03Z"},
    ]
    start = "2026-06-20T09:00:00Z"
    found = parsed({"native_meeting_id": "a", "start_time": start, "segments": segments})
    assert [(one.text, one.start_s) for one in found.utterances] == [("spoken", 3.0)]
    assert "not-speech" in [one.code for one in found.notices]


def test_the_start_of_a_recall_meeting_is_a_moment_less_its_distance() -> None:
    found = parsed([{"participant": {"name": "Jo"}, "words": [RECALL_WORD]}])
    assert found.occurred_at == datetime.fromisoformat("2026-03-03T15:00:00Z")


@pytest.mark.parametrize(
    ("deals", "expected"), [([1], "1"), ([" D-1 ", "D-1"], "D-1"), ([1, 2], None), (["a/b"], None)]
)
def test_a_deal_is_taken_where_there_is_one(deals: list[object], expected: str | None) -> None:
    talk = [{"participant_id": "1", "speaker": "Jo", "text": "a"}]
    found = parsed({"hubspot_deal_ids": deals, "participants": [], "transcript": talk})
    assert found.deal == expected
    assert ("deal-ambiguous" in [one.code for one in found.notices]) is (deals == [1, 2])


@pytest.mark.parametrize(
    ("users", "side"),
    [
        ({"workspace_users": ["jo@own.example"]}, Side.VENDOR),
        ({"workspace_users": ["dana@own.example"]}, None),
        ({"fireflies_users": ["jo@own.example", "dana@own.example"]}, Side.VENDOR),
        ({"fireflies_users": ["jo@own.example", "kim@acme.example"]}, None),
    ],
)
def test_fireflies_users_of_two_companies_are_on_no_side(
    users: dict[str, Any], side: Side | None
) -> None:
    body = {
        "sentences": [{"speaker_name": "Jo", "text": "a"}],
        "meeting_attendees": [{"name": None, "displayName": "Jo", "email": "jo@own.example"}],
        "participants": ["jo@own.example,kim@acme.example"],
        **users,
    }
    found = parsed(body)
    assert found.utterances[0].stated_side is side
    assert [one.email for one in found.participants] == ["jo@own.example", "kim@acme.example"]


def test_a_hubspot_call_says_whose_it_was() -> None:
    call = {
        "properties": {"hs_timestamp": "2026-03-03T15:00:00Z", "hs_call_title": "Renewal"},
        "associations": {"deals": {"results": [{"id": "99"}]}},
    }
    talk = {"engagementId": 21, "transcriptCreateUtterances": [{"speaker": {}, "text": "a"}]}
    found = parsed([talk, call])
    assert (found.title, found.deal, found.customer) == ("Renewal", "99", None)
    assert (str(found.occurred_at), found.external_id) == (
        "2026-03-03 15:00:00+00:00",
        "hubspot:21",
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://crm.example/contacts/12/company/456?a=b", "456"),
        ("https://crm.example/", "Acme"),
        (None, "Acme"),
    ],
)
def test_the_company_that_fathom_matched(url: str | None, expected: str) -> None:
    body = {
        "transcript": [{"speaker": {"display_name": "Jo"}, "text": "a", "timestamp": "00:00:01"}],
        "crm_matches": {"companies": [{"name": "Acme", "record_url": url}]},
    }
    assert parsed(body).customer == expected
