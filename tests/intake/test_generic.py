import json
from typing import Any

import pytest

from schemas.source import Kind, Parsed, Side, StatedParticipant
from service.errors import FormatUnknown, Invalid, NoContent
from service.intake.read import read


def parse(value: Any) -> Parsed:
    return read(json.dumps(value).encode())


def test_the_contracts_shape() -> None:
    turn = {"speaker": "Dana", "text": "Hi.", "start_s": 1, "end_s": "2.5"}
    mail = {"speaker": None, "text": "Ho.", "sent_at": "2026-03-03T15:00:00Z"}
    people = [{"name": "Dana", "email": "d@x.test", "side": "vendor"}]
    parsed = parse({"participants": people, "turns": [turn, mail]})
    assert (parsed.kind, parsed.format) == (Kind.CALL, "json")
    assert parsed.participants == (
        StatedParticipant(name="Dana", email="d@x.test", side=Side.VENDOR),
    )
    assert [(one.speaker, one.start_s, one.end_s) for one in parsed.utterances] == [
        ("Dana", 1.0, 2.5),
        (None, None, None),
    ]
    assert parsed.utterances[1].sent_at is not None


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"turns": [{"speaker": "A", "text": "x", "start": 1}]}, "turns.0.start"),
        ({"turns": [{"speaker": "A"}]}, "turns.0.text"),
        ({"turns": [{"text": "x", "start_s": "nan"}]}, "turns.0.start_s"),
        ({"turns": [{"text": "x", "sent_at": "2026-03-03T15:00:00"}]}, "turns.0.sent_at"),
        ({"turns": "x"}, "turns"),
        ({"turns": [], "title": "x"}, "title"),
        ({"turns": [], "participants": [{"side": "both"}]}, "participants.0.side"),
    ],
)
def test_a_wrong_field_is_named_and_its_value_is_not(value: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(value)
    assert refused.value.field == field
    assert "both" not in repr(refused.value.errors)


@pytest.mark.parametrize(
    "segments",
    [
        [{"speaker": "A", "text": "one", "start": 1.5, "end": 2.5}],
        [{"speaker": "A", "sentence": "one", "start_time": "1.5", "end_time": "2.5s"}],
        [{"name": "A", "content": "one", "start_ms": 1500, "end_ms": 2500}],
        [{"role": "A", "snippet": "one", "timestamp": "00:00:01.5", "end": "00:02.5"}],
        {"id": 7, "segments": [{"speaker": "A", "text": "one", "start": 1.5, "end": 2.5}]},
    ],
)
def test_lists_of_segments(segments: Any) -> None:
    one = parse(segments).utterances[0]
    assert (one.speaker, one.text, one.start_s, one.end_s) == ("A", "one", 1.5, 2.5)


def test_large_whole_numbers_are_milliseconds() -> None:
    found = parse([{"text": "a", "start": 3200, "end": 9800}, {"text": "b", "start": 10400}])
    assert [one.start_s for one in found.utterances] == [3.2, 10.4]
    assert [one.code for one in found.notices] == ["speakers-unknown"]


def test_a_long_call_in_seconds_stays_in_seconds() -> None:
    found = parse(
        [{"text": "a", "start": 3200, "end": 3209}, {"text": "b", "start": 3300, "end": 3311}]
    )
    assert [one.start_s for one in found.utterances] == [3200, 3300]


@pytest.mark.parametrize(
    "value",
    [
        {"foo": 1},
        {},
        [1, 2],
        ["a", "b"],
        [{"id": 1}],
        [{"text": "x", "personName": "Dana"}],
        [{"text": "x", "speaker": {"name": "Dana"}}],
        {"items": [{"text": "a"}], "others": [{"text": "b"}]},
    ],
)
def test_unknown_json_is_refused_by_its_shape(value: Any) -> None:
    with pytest.raises(FormatUnknown, match="JSON"):
        parse(value)


@pytest.mark.parametrize("value", [{"turns": []}, {"turns": [{"text": " "}]}, [{"text": "..."}]])
def test_json_without_words(value: Any) -> None:
    with pytest.raises(NoContent):
        parse(value)
