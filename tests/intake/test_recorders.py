"""Each sample of a recorder, dialer or CRM against the call that all of them hold."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.source import Side, Utterance
from service.errors import NoContent
from service.intake.content import Content
from service.intake.detect import FORMATS
from service.intake.read import read
from service.intake.turns import join


class Sample(NamedTuple):
    """A file, its format, and what of the true call its format can carry."""

    path: str
    format: str
    start_within_s: float | None = 0.1
    has_ends: bool = True
    has_names: bool = True
    sides: str = ""
    """Of the true turns those whose side the file itself states: vendor, customer, or both."""


BOTH, OWN = "vendor customer", "vendor"
SAMPLES = (
    Sample("transcripts/json/gong_calls_transcript.json", "gong", has_names=False),
    Sample(
        "transcripts/json/chorus_conversation_partial.json", "chorus", has_ends=False, sides=BOTH
    ),
    Sample("transcripts/json/fireflies_transcript.json", "fireflies", sides=OWN),
    Sample(
        "webhooks/fathom/new_meeting_content_ready.json", "fathom", 1, has_ends=False, sides=BOTH
    ),
    Sample("webhooks/otter/conversation_completed.json", "otter-webhook", 1, has_ends=False),
    Sample("webhooks/readai/meeting_end.json", "read-ai"),
    Sample("webhooks/circleback/meeting.json", "circleback", has_ends=False),
    Sample("webhooks/tldv/transcript_ready.json", "tldv", 1),
    Sample("transcripts/json/granola_note.json", "granola", has_names=False, sides=BOTH),
    Sample("transcripts/json/avoma_transcription.json", "avoma", has_ends=False, sides=OWN),
    Sample("transcripts/json/grain_recording_with_transcript.json", "grain", sides=BOTH),
    Sample("transcripts/json/fellow_recording.json", "fellow"),
    Sample("webhooks/meetingbaas/complete.json", "meeting-baas"),
    Sample("transcripts/json/recall_transcript.json", "recall"),
    Sample("webhooks/aircall/transcription.json", "aircall", has_names=False, sides=BOTH),
    Sample("transcripts/json/dialpad_transcript.json", "dialpad", None, has_ends=False),
    Sample("webhooks/ringcentral/ringsense_insights.json", "ringsense"),
    Sample("transcripts/json/hubspot_call_transcript.json", "hubspot"),
    Sample(
        "transcripts/json/googlemeet_transcript_entries.json",
        "google-meet-api",
        None,
        has_ends=False,
        has_names=False,
    ),
    Sample("transcripts/json/webex_snippets.json", "webex"),
)
NOTIFICATIONS = (
    "transcripts/json/gong_calls_extensive.json",
    "transcripts/json/googlemeet_participants.json",
    "webhooks/fireflies/v1_transcription_completed.json",
    "webhooks/fireflies/v2_meeting_transcribed.json",
    "webhooks/gong/automation_rule.json",
    "webhooks/grain/recording_added.json",
    "webhooks/granola/note_generated.json",
    "webhooks/meetgeek/file_analyzed.json",
    "webhooks/msgraph/call_transcript.json",
    "webhooks/recall/transcript_done.json",
    "webhooks/tldv/meeting_ready.json",
    "webhooks/vexa/meeting_completed.json",
    "webhooks/zoom/endpoint_url_validation.json",
    "webhooks/zoom/recording_transcript_completed.json",
)
TOOLS = tuple(sample.format for sample in SAMPLES)
by_path = pytest.mark.parametrize("sample", SAMPLES, ids=TOOLS)


def data_of(shared: Path, path: str) -> bytes:
    return (shared / "samples" / path).read_bytes()


def truth(shared: Path) -> list[dict[str, object]]:
    return list(json.loads(data_of(shared, "truth/call.json"))["turns"])


def turns_of(shared: Path, sample: Sample) -> tuple[Utterance, ...]:
    return join(read(data_of(shared, sample.path)))


@by_path
def test_every_word_is_there_once_and_in_order(shared: Path, sample: Sample) -> None:
    parsed = read(data_of(shared, sample.path))
    assert parsed.format == sample.format
    assert [one.text for one in join(parsed)] == [one["text"] for one in truth(shared)]


@by_path
def test_names_are_the_true_ones_or_voices_that_are_told_apart(
    shared: Path, sample: Sample
) -> None:
    true = [one["speaker"] for one in truth(shared)]
    found = [one.speaker for one in turns_of(shared, sample)]
    if sample.has_names:
        assert found == true
    else:
        assert not {*found} & {*true, None}
        assert found[0] == found[2] != found[1]


@by_path
def test_times_are_the_true_ones_or_unknown(shared: Path, sample: Sample) -> None:
    found, true = turns_of(shared, sample), truth(shared)
    if sample.start_within_s is None:
        assert {one.start_s for one in found} == {None}
        assert str(found[0].sent_at) == "2026-03-03 15:00:03.200000+00:00"
        return
    within = sample.start_within_s
    starts = [one["start"] for one in true]
    assert [one.start_s for one in found] == pytest.approx(starts, abs=within)
    if sample.has_ends:
        ends = [one["end"] for one in true]
        assert [one.end_s for one in found] == pytest.approx(ends, abs=within)
    elif sample.format != "avoma":  # its words have starts, so an utterance ends at the next one
        assert {one.end_s for one in found} == {None}


@by_path
def test_sides_are_those_that_the_file_states_and_no_other(shared: Path, sample: Sample) -> None:
    stated = [str(one["role"]) if one["role"] in sample.sides else None for one in truth(shared)]
    found = turns_of(shared, sample)
    assert [one.stated_side for one in found] == [side and Side(side) for side in stated]
    for one in found:
        assert (one.side_hint or "").startswith(f"{sample.format}:") is bool(one.stated_side)


@by_path
def test_exactly_one_family_claims_it(shared: Path, sample: Sample) -> None:
    content = Content(data_of(shared, sample.path))
    fitting = [row.name for row in FORMATS if row.name != "json" and row.fits(content)]
    assert fitting == [sample.format]


def test_vexa_speech(shared: Path) -> None:
    parsed = read(data_of(shared, "transcripts/json/vexa_transcription_response.json"))
    assert (parsed.format, parsed.external_id) == ("vexa", "vexa:abc-defg-hij")
    assert [(one.speaker, one.start_s, one.end_s) for one in parsed.utterances] == [
        ("spk-Anna", 1.0, 2.5)
    ]


@pytest.mark.parametrize("path", NOTIFICATIONS)
def test_a_notification_is_no_transcript(shared: Path, path: str) -> None:
    with pytest.raises(NoContent) as raised:
        read(data_of(shared, path))
    assert "transcript" in raised.value.detail
    assert raised.value.mend


def test_answers_of_one_tool_are_joined(shared: Path) -> None:
    folder = shared / "samples" / "transcripts" / "json"
    for first, second in (
        ("gong_calls_transcript", "gong_calls_extensive"),
        ("googlemeet_transcript_entries", "googlemeet_participants"),
    ):
        one, other = ((folder / f"{name}.json").read_text() for name in (first, second))
        flat = f"{json.dumps(json.loads(one))}\n{json.dumps(json.loads(other))}"
        merged = json.dumps(json.loads(one) | json.loads(other))
        for body in (f"[{one}, {other}]", f'{{"a": {other}, "b": {one}}}', flat, merged):
            turns = join(read(body.encode()))
            assert [turn.speaker for turn in turns[:3]] == [
                "Dana Okafor",
                "Marcus Lee",
                "Dana Okafor",
            ]
            assert len({turn.speaker for turn in turns}) == 3  # in Meet one of them telephoned
            assert turns[0].start_s == pytest.approx(3.2)


def test_what_stands_beside_the_talk(shared: Path) -> None:
    folder = shared / "samples" / "transcripts" / "json"
    answers = (folder / "gong_calls_transcript.json", folder / "gong_calls_extensive.json")
    parsed = read(f"[{','.join(one.read_text() for one in answers)}]".encode())
    assert parsed.title == "Acme Freight x Northwind Analytics - renewal and SSO"
    assert str(parsed.occurred_at) == "2026-03-03 15:00:00+00:00"
    assert parsed.external_id == "gong:7782342274025937895"
    assert (parsed.customer, parsed.deal) == ("0011630000vmLBaEEN", "0061Q00000mkU1fQAE")
    assert [(one.email, one.side) for one in parsed.participants] == [
        ("dana@northwind.example", Side.VENDOR),
        ("marcus.lee@acme.example", Side.CUSTOMER),
        ("priya@acme.example", Side.CUSTOMER),
    ]
    assert {one.stated_side for one in parsed.utterances} == {Side.VENDOR, Side.CUSTOMER}
