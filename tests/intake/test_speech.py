import json
from typing import Any

import pytest

from schemas.source import Parsed, Side, Utterance
from service.errors import NoContent
from service.intake.read import read
from service.intake.turns import join

HELLO = {"word": "hello", "punctuated_word": "Hello.", "start": 1, "end": 1.5}
NAME = {"word": "name", "punctuated_word": "Name?", "start": 1.6, "end": 2}


def parse(value: Any) -> Parsed:
    return read(json.dumps(value).encode())


def said(value: Any) -> list[tuple[str | None, float | None, float | None, str]]:
    return [(one.speaker, one.start_s, one.end_s, one.text) for one in parse(value).utterances]


def deepgram(*channels: Any, **results: Any) -> dict[str, Any]:
    found = [{"alternatives": [one]} for one in channels]
    return {"metadata": {"request_id": "r"}, "results": {"channels": found, **results}}


def amazon(**results: Any) -> dict[str, Any]:
    return {"jobName": "j", "status": "COMPLETED", "results": results}


def item(content: str, start: str | None = None, end: str | None = None, **more: Any) -> Any:
    kind = "pronunciation" if start else "punctuation"
    times = {"start_time": start, "end_time": end} if start else {}
    return {"type": kind, "alternatives": [{"content": content}], **times, **more}


def google(*words: tuple[str, int, Any]) -> dict[str, Any]:
    return {
        "alternatives": [
            {
                "transcript": " ".join(text for text, _, _ in words),
                "words": [
                    {"word": text, "startTime": f"{at}.500s", "endTime": f"{at}.900s", **tag}
                    for text, at, tag in words
                ],
            }
        ]
    }


TAG_1, TAG_2 = {"speakerTag": 1}, {"speakerTag": 2}

READ = {
    "assemblyai: words alone, speakers missing": (
        {
            "audio_duration": 9,
            "words": [{"text": "Hi", "start": 100, "end": 400}, {"text": "all."}],
        },
        [(None, 0.1, None, "Hi all.")],
    ),
    "assemblyai: channels are speakers": (
        {"audio_url": "u", "utterances": [{"speaker": "1", "text": "Hi", "start": 0, "end": 9}]},
        [("Speaker 1", 0.0, 0.009, "Hi")],
    ),
    "assemblyai: utterances alone, with their words": (
        {
            "utterances": [
                {"speaker": "A", "text": "Hi", "words": [{"text": "Hi", "start": 20}], "start": 20}
            ],
            "words": [{"text": "Hi", "start": 20}],
        },
        [("A", 0.02, None, "Hi")],
    ),
    "assemblyai: sentences": (
        {
            "audio_duration": 9,
            "sentences": [{"text": "Hi.", "start": 1, "end": 0, "speaker": None}],
        },
        [(None, 0.001, None, "Hi.")],
    ),
    "assemblyai: text alone has no time": (
        {"audio_url": "u", "utterances": None, "words": [], "text": "Hello."},
        [(None, None, None, "Hello.")],
    ),
    "deepgram: words with speakers": (
        deepgram({"words": [{**HELLO, "speaker": 0}, {**NAME, "speaker": 1}]}),
        [("Speaker 0", 1.0, 1.5, "Hello."), ("Speaker 1", 1.6, 2.0, "Name?")],
    ),
    "deepgram: channels are speakers": (
        deepgram({"words": [NAME]}, {"words": [HELLO]}),
        [("Channel 1", 1.0, 1.5, "Hello."), ("Channel 0", 1.6, 2.0, "Name?")],
    ),
    "deepgram: utterances are preferred, and numbered anew in each channel": (
        deepgram(
            {"words": [HELLO]},
            {"words": []},
            utterances=[{"transcript": "Hi.", "start": 1, "end": 2, "channel": 1, "speaker": 0}],
        ),
        [("Channel 1 Speaker 0", 1.0, 2.0, "Hi.")],
    ),
    "deepgram: paragraphs know their speaker": (
        deepgram({"paragraphs": {"paragraphs": [{"speaker": 2, "sentences": [{"text": "A."}]}]}}),
        [("Speaker 2", None, None, "A.")],
    ),
    "deepgram: a transcript alone has no time": (
        deepgram({"transcript": "Hello there.", "words": []}),
        [(None, None, None, "Hello there.")],
    ),
    "whisper: no speakers": (
        {"segments": [{"start": 0.0, "end": 2.5, "text": " Hi all.", "avg_logprob": -0.2}]},
        [(None, 0.0, 2.5, "Hi all.")],
    ),
    "whisper: words on request": (
        {"task": "transcribe", "text": "Hi all.", "words": [{"word": "Hi", "start": 1, "end": 2}]},
        [(None, None, None, "Hi all.")],
    ),
    "whisper: some segments without speaker or time": (
        {
            "segments": [
                {"start": 1, "end": 2, "text": "Hi.", "speaker": "SPEAKER_00"},
                {"text": "So.", "words": [{"word": "So."}]},
            ]
        },
        [("SPEAKER_00", 1.0, 2.0, "Hi."), (None, None, None, "So.")],
    ),
    "whisper: names that were given": (
        {"segments": [{"type": "transcript.text.segment", "text": "Hi", "speaker": "agent"}]},
        [("agent", None, None, "Hi")],
    ),
    "rev: punctuation carries the spaces": (
        {
            "monologues": [
                {
                    "speaker": 1,
                    "elements": [
                        {"type": "text", "value": "Well", "ts": 0.5, "end_ts": 0.9},
                        {"type": "punct", "value": "-"},
                        {"type": "text", "value": "known", "ts": 1.0, "end_ts": 1.4},
                        {"type": "punct", "value": "."},
                    ],
                }
            ]
        },
        [("Speaker 1", 0.5, 1.4, "Well-known.")],
    ),
    "amazon-transcribe: seconds as text, labels beside the items": (
        amazon(
            items=[item("Yes", "0.44", "0.9"), item("."), item("No", "1.0", "1.2"), item("?")],
            speaker_labels={
                "segments": [
                    {"items": [{"start_time": "0.44", "speaker_label": "spk_0"}]},
                    {"items": [{"start_time": "1.0", "speaker_label": "spk_1"}]},
                ]
            },
        ),
        [("spk_0", 0.44, 0.9, "Yes."), ("spk_1", 1.0, 1.2, "No?")],
    ),
    "amazon-transcribe: channels are speakers": (
        amazon(
            channel_labels={
                "channels": [
                    {"channel_label": "ch_0", "items": [item("Yes", "2.0", "2.4"), item(".")]},
                    {"channel_label": "ch_1", "items": [item("Ready", "1.0", "1.4"), item("?")]},
                ]
            }
        ),
        [("ch_1", 1.0, 1.4, "Ready?"), ("ch_0", 2.0, 2.4, "Yes.")],
    ),
    "amazon-transcribe: segments ready to use": (
        amazon(
            audio_segments=[
                {"transcript": "Hi.", "start_time": "1", "end_time": "2", "speaker_label": "spk_0"}
            ]
        ),
        [("spk_0", 1.0, 2.0, "Hi.")],
    ),
    "amazon-transcribe: no spaces where the script has none": (
        amazon(items=[item("今日", "1.0", "1.2"), item("は", "1.2", "1.3"), item("。")]),
        [(None, 1.0, 1.3, "今日は。")],
    ),
    "amazon-transcribe: a transcript alone has no time": (
        amazon(transcripts=[{"transcript": "Hello."}]),
        [(None, None, None, "Hello.")],
    ),
    "amazon-bedrock: other types are no speech": (
        {
            "audio_segments": [
                {
                    "type": "TRANSCRIPT",
                    "text": "Hi.",
                    "start_timestamp_millis": 1200,
                    "end_timestamp_millis": 1900,
                    "speaker": {"speaker_label": "spk_0"},
                    "channel": {"channel_label": "ch_0"},
                },
                {"type": "TOPIC", "text": "Greeting", "start_timestamp_millis": 0},
            ]
        },
        [("spk_0", 1.2, 1.9, "Hi.")],
    ),
    "google-speech: the last result repeats every word with its speaker": (
        {
            "results": [
                google(("Hi.", 1, {})),
                google(("Ho.", 2, {})),
                google(("Hi.", 1, TAG_1), ("Ho.", 2, TAG_2)),
            ]
        },
        [("Speaker 1", 1.5, 1.9, "Hi."), ("Speaker 2", 2.5, 2.9, "Ho.")],
    ),
    "google-speech: each result knows its speakers": (
        {"results": [google(("Hi.", 1, TAG_1)), google(("Ho.", 2, TAG_2))]},
        [("Speaker 1", 1.5, 1.9, "Hi."), ("Speaker 2", 2.5, 2.9, "Ho.")],
    ),
    "google-speech: nobody told apart, in an operation": (
        {"done": True, "response": {"results": [google(("Hi.", 1, {"speakerTag": 0}))]}},
        [(None, 1.5, 1.9, "Hi.")],
    ),
    "google-speech: labels and offsets": (
        {
            "results": [
                {
                    "alternatives": [
                        {
                            "words": [
                                {"word": "Hi", "startOffset": "1s", "speakerLabel": "1"},
                                {"word": "all.", "endOffset": "2.5s", "speakerLabel": "1"},
                            ]
                        }
                    ]
                }
            ]
        },
        [("Speaker 1", 1.0, None, "Hi all.")],
    ),
    "google-speech: channels, and times in parts": (
        {
            "results": [
                {"channelTag": 1, "alternatives": [{"transcript": "Hi."}]},
                {
                    "channelTag": 2,
                    "alternatives": [
                        {"words": [{"word": "Ho.", "startTime": {"seconds": "3", "nanos": 5e8}}]}
                    ],
                },
            ]
        },
        [("Channel 1", None, None, "Hi."), ("Channel 2", 3.5, None, "Ho.")],
    ),
    "azure-speech: ticks, and what was not recognised": (
        {
            "recognizedPhrases": [
                {
                    "offsetInTicks": 32000000.0,
                    "durationInTicks": 66000000,
                    "speaker": 1,
                    "nBest": [{"display": "Hi."}, {"display": "Hay."}],
                },
                {"recognitionStatus": "NoMatch", "channel": 0},
            ]
        },
        [("Speaker 1", 3.2, 9.8, "Hi.")],
    ),
    "azure-speech: durations as text, channels as speakers": (
        {
            "recognizedPhrases": [
                {"channel": 0, "offset": "PT1M3.5S", "nBest": [{"display": "Hi."}]},
                {"channel": 1, "offset": "PT2S", "duration": "PT1S", "nBest": [{"display": "Ho"}]},
            ]
        },
        [("Channel 1", 2.0, 3.0, "Ho"), ("Channel 0", 63.5, None, "Hi.")],
    ),
    "azure-speech: a fast transcription": (
        {"phrases": [{"offsetMilliseconds": 960, "durationMilliseconds": 640, "text": "Hi."}]},
        [(None, 0.96, 1.6, "Hi.")],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_tools_write_is_read_as_it_stands(name: str) -> None:
    value, expected = READ[name]
    assert said(value) == expected
    assert parse(value).format == name.partition(":")[0]


@pytest.mark.parametrize(
    ("role", "side"), [("AGENT", Side.VENDOR), ("CUSTOMER", Side.CUSTOMER), ("SYSTEM", None)]
)
def test_the_role_of_call_analytics_is_a_side(role: str, side: Side | None) -> None:
    entry = {"Content": "Hi.", "BeginOffsetMillis": 40, "EndOffsetMillis": 5050}
    parsed = parse({"Transcript": [{**entry, "ParticipantRole": role}]})
    assert parsed.format == "amazon-call-analytics"
    assert parsed.utterances == (
        Utterance(
            text="Hi.",
            speaker=role,
            start_s=0.04,
            end_s=5.05,
            stated_side=side,
            side_hint="ParticipantRole" if side else None,
        ),
    )


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"transcript_id": "5551722", "status": "completed"}, "notification"),
        ({"audio_url": "u", "status": "processing", "text": None, "words": None}, "processing"),
        ({"audio_url": "u", "status": "error", "error": "x", "words": []}, "error"),
        (deepgram({"transcript": "", "words": []}), "no words"),
        (amazon(transcripts=[{"transcript": ""}], items=[]), "no words"),
        ({"monologues": [{"speaker": 0, "elements": []}]}, "no words"),
    ],
)
def test_without_words_it_says_why(value: Any, why: str) -> None:
    with pytest.raises(NoContent, match=why) as refused:
        parse(value)
    assert refused.value.field == "file"


def test_without_speakers_a_notice_says_so() -> None:
    segments = [{"start": 0, "end": 2, "text": "Hi.", "no_speech_prob": 0.1}]
    assert [one.code for one in parse({"segments": segments}).notices] == ["speakers-unknown"]


def test_words_of_an_hour_are_parted_at_pauses_and_sentences() -> None:
    words = [
        {"word": f"w{at}", "start": at + (at // 400) * 5, "end": at + 1 + (at // 400) * 5}
        for at in range(2_000)
    ]
    parsed = parse(deepgram({"words": words}))
    assert max(len(one.text) for one in parsed.utterances) < 1_020
    assert " ".join(one.text for one in join(parsed)).split() == [one["word"] for one in words]
    starts = {one.start_s for one in parsed.utterances}
    assert {0.0, 405.0, 810.0, 1215.0, 1620.0} <= starts


@pytest.mark.parametrize("odd", [None, True, [], {}, "later", "1e5", 10**18, -(10**18), "9" * 40])
def test_a_time_that_is_none_is_unknown(odd: Any) -> None:
    segment = {"start": odd, "end": 3, "text": "Hi.", "avg_logprob": -1}
    assert said({"segments": [segment]}) == [(None, None, None, "Hi.")]


@pytest.mark.parametrize("odd", [None, True, [], {"id": 1}, "", "  ", 1.5])
def test_a_speaker_that_is_none_is_unknown(odd: Any) -> None:
    words = deepgram({"words": [{**HELLO, "speaker": odd}]})
    assert said(words) == [(None, 1.0, 1.5, "Hello.")]
