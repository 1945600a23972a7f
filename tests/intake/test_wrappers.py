import json
from urllib.parse import quote_plus

import pytest

from service.errors import FormatUnknown, Malformed
from service.intake.read import read

GONG = {
    "callTranscripts": [
        {"callId": "1", "transcript": [{"speakerId": "7", "sentences": [{"text": "We need it."}]}]}
    ]
}
TEXT = json.dumps(GONG)
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jo>We need it.</v>\n"


@pytest.mark.parametrize(
    "sent",
    [
        TEXT,
        json.dumps(TEXT),
        json.dumps([GONG]),
        json.dumps([{"headers": {"a": "b"}, "body": GONG}]),
        json.dumps({"body": GONG, "query": {}, "webhookUrl": "x", "executionMode": "test"}),
        json.dumps({"payload": TEXT}),
        json.dumps({"data": {"body": {"payload": TEXT}}}),
        f"payload={quote_plus(TEXT)}",
        f"token=1&payload={quote_plus(TEXT)}",
    ],
)
def test_wrappers_are_taken_off(sent: str) -> None:
    found = read(sent.encode())
    assert (found.format, found.utterances[0].text) == ("gong", "We need it.")


def test_captions_inside_json_are_captions() -> None:
    for sent in (json.dumps(VTT), json.dumps({"body": VTT})):
        found = read(sent.encode())
        assert (found.format, found.utterances[0].speaker) == ("webvtt", "Jo")


def test_a_quoted_sentence_is_text() -> None:
    assert read(b'"We will send the plan."').format == "text"


def test_lines_of_json_are_a_list() -> None:
    lines = [json.dumps({"speaker": name, "text": "Hi."}) for name in ("Jo", "Kim")]
    found = read("\n".join(lines).encode())
    assert [one.speaker for one in found.utterances] == ["Jo", "Kim"]


def test_a_broken_line_of_json_is_refused_with_its_place() -> None:
    with pytest.raises(Malformed, match="column"):
        read(b'{"text": "a"}\n{"text": }\n{"text": "b"}')


@pytest.mark.parametrize(
    "sent",
    [
        json.dumps({"body": "Thank you."}),
        json.dumps("Thank you.\nGoodbye."),
        json.dumps({"a": {"b": {"c": 1}}}),
        json.dumps([[[[[[TEXT]]]]]]),
        json.dumps({"body": {"body": {"body": {"body": {"body": {"body": GONG}}}}}}),
        json.dumps({"payload": {}, "event": "x"}),
    ],
)
def test_what_wraps_no_transcript_is_unknown(sent: str) -> None:
    with pytest.raises(FormatUnknown):
        read(sent.encode())


@pytest.mark.parametrize(
    "key", ["action_items", "actionItems", "summary", "keyQuestions", "topics"]
)
def test_what_a_machine_wrote_is_no_list_of_segments(key: str) -> None:
    with pytest.raises(FormatUnknown):
        read(json.dumps({key: [{"text": "We will send the plan."}]}).encode())
