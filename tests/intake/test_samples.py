import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from schemas.source import Utterance
from service.errors import NoContent
from service.intake.read import read
from service.intake.turns import join

CONSTRUCTED = (
    "teams/ui_download_guid_cues.vtt",
    "teams/ui_download.docx",
    "otter/export.srt",
    "otter/export.txt",
    "text/bracket_time_first.txt",
    "text/colon.txt",
    "text/name_bracket_time.txt",
    "text/name_then_paren_time_line.txt",
    "text/paren_time_colon.txt",
    "text/time_dash_name.md",
)
EXACT_TIMES = ("teams/ui_download_guid_cues.vtt", "otter/export.srt", "json/openai_diarized.json")
ANONYMOUS = (
    "text/name_two_spaces_time.txt",
    "text/agent_customer.txt",
    "json/openai_diarized.json",
    "json/whisperx_diarized.json",
)
CAPTIONS = {
    "captions_with_bom.vtt": 4,
    "cue_tags.vtt": 3,
    "metadata_headers.vtt": 2,
    "using_identifiers.vtt": 6,
    "sample.vtt": 16,
    "sample.srt": 5,
    "one_caption.srt": 1,
    "missing_caption_text.srt": 4,
    "comments.vtt": 3,
    "styles.vtt": 1,
}


def turns_of(shared: Path, name: str) -> tuple[Utterance, ...]:
    return join(read((shared / "samples" / "transcripts" / name).read_bytes()))


def truth(shared: Path) -> list[dict[str, object]]:
    call = json.loads((shared / "samples" / "truth" / "call.json").read_text())
    return list(call["turns"])


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_turns_and_speakers_are_the_true_ones(shared: Path, name: str) -> None:
    found = [(one.speaker, one.text) for one in turns_of(shared, name)]
    assert found == [(one["speaker"], one["text"]) for one in truth(shared)]


@pytest.mark.parametrize("name", ANONYMOUS)
def test_words_are_the_true_ones_without_names(shared: Path, name: str) -> None:
    assert [one.text for one in turns_of(shared, name)] == [one["text"] for one in truth(shared)]


@pytest.mark.parametrize("name", EXACT_TIMES)
def test_times_are_true_within_a_tenth_of_a_second(shared: Path, name: str) -> None:
    expected = [(one["start"], one["end"]) for one in truth(shared)]
    found = [(one.start_s, one.end_s) for one in turns_of(shared, name)]
    assert found == [pytest.approx(pair, abs=0.1) for pair in expected]


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in (*CONSTRUCTED, "text/name_two_spaces_time.txt")
        if name.endswith((".txt", ".md", ".docx")) and "/colon" not in name
    ],
)
def test_start_times_of_text_are_whole_seconds_and_ends_unknown(shared: Path, name: str) -> None:
    found = turns_of(shared, name)
    assert [one.start_s for one in found] == [3, 10, 18, 26, 34, 41, 48, 54, 58]
    assert {one.end_s for one in found} == {None}


def test_google_meet_turns_are_the_true_ones_with_the_times_of_sections(shared: Path) -> None:
    found = [
        one
        for one in turns_of(shared, "googlemeet/doc_export_2026_layout.txt")
        if one.text != "Um,"
    ]
    expected = [(one["speaker"], one["text"]) for one in truth(shared)]
    assert [(one.speaker, one.text) for one in found] == expected
    starts = {at: one.start_s for at, one in enumerate(found) if one.start_s is not None}
    assert starts == {0: 0, 3: 26, 7: 54}


@pytest.mark.parametrize(("name", "turns"), [("ppgc_12.md", 21), ("ppgc_20.md", 64)])
def test_real_google_meet_documents_have_their_people(shared: Path, name: str, turns: int) -> None:
    parsed = read((shared / "samples/transcripts/googlemeet" / name).read_bytes())
    assert (parsed.format, len(parsed.utterances)) == ("google-meet-document", turns)
    there = {one.name for one in parsed.participants}
    assert {one.speaker for one in parsed.utterances} <= there
    assert not [one for one in there if one and ("otetaker" in one or "meeting notes" in one)]
    assert parsed.occurred_at is not None


def test_plain_colon_text_has_no_times(shared: Path) -> None:
    assert {one.start_s for one in turns_of(shared, "text/colon.txt")} == {None}


@pytest.mark.parametrize(("name", "count"), CAPTIONS.items())
def test_caption_files_keep_each_cue_with_text(shared: Path, name: str, count: int) -> None:
    parsed = read((shared / "samples" / "transcripts" / "webvtt_srt" / name).read_bytes())
    assert parsed.format == name.rpartition(".")[2].replace("vtt", "webvtt")
    assert len(parsed.utterances) == count
    assert {one.speaker for one in parsed.utterances} == {None}


def test_caption_markup_is_gone(shared: Path) -> None:
    assert turns_of(shared, "webvtt_srt/styles.vtt")[0].text == "- Hello world."
    assert "<" not in turns_of(shared, "webvtt_srt/cue_tags.vtt")[0].text


def test_an_empty_file_has_no_content(shared: Path) -> None:
    with pytest.raises(NoContent):
        turns_of(shared, "webvtt_srt/empty.vtt")


@pytest.mark.parametrize(
    "name",
    ["acdc_2026-02-19_175.vtt", "allwalletdevs_2026-05-20_039.vtt", "focil_2026-02-24_029.vtt"],
)
def test_zoom_cues_have_the_speakers_of_the_file_and_no_other(shared: Path, name: str) -> None:
    data = (shared / "samples" / "transcripts" / "zoom" / name).read_bytes()
    lines = data.decode().split("\r\n")
    expected = Counter(line.partition(": ")[0] for above, line in pairwise(lines) if "-->" in above)
    assert Counter(one.speaker for one in read(data).utterances) == expected


def test_a_zoom_chat_keeps_messages_and_no_reactions(shared: Path) -> None:
    data = (shared / "samples/transcripts/zoom/acdt_2026-02-02_068_chat.txt").read_bytes()
    parsed = read(data)
    messages = [line for line in data.decode().split("\r\n") if line.count("\t") == 2]
    spoken = [line for line in messages if "\tReacted to " not in line]
    assert (parsed.format, len(parsed.utterances)) == ("zoom-chat", len(spoken))


def test_teams_content_and_metadata_content_read_the_same_way(shared: Path) -> None:
    plain = turns_of(shared, "teams/graph_content.vtt")[0]
    assert (plain.speaker, plain.text) == ("User Name", "This is a transcript test.")
    assert (plain.start_s, plain.end_s) == (0.0, 5.32)
    json_cue = turns_of(shared, "teams/graph_metadata_content.vtt")[0]
    assert (json_cue.speaker, json_cue.text) == ("User Name", "This is a transcription test.")


@pytest.mark.parametrize(
    "stem",
    [
        "cold-call-success-01",
        "demo-call-success-01",
        "follow-up-success-01",
        "revopsvault_sample-call-transcript",
        "recursive-llm_medium-call",
    ],
)
def test_labelled_quotes_stand_in_a_turn_of_their_speaker(shared: Path, stem: str) -> None:
    folder = shared / "evaldata" / "calls"
    gold = json.loads((folder / "gold" / f"{stem}.json").read_text())
    parsed = read((folder / gold["file"]).read_bytes())
    quotes = [one for key in ("why_bought", "promises", "success") for one in gold[key]]
    assert quotes
    for one in quotes:
        assert any(
            one["quote"] in turn.text and turn.speaker == one["speaker"]
            for turn in parsed.utterances
        )
    assert {one.speaker for one in parsed.utterances} == {*gold["vendor"], *gold["customer"]}


def test_notes_below_the_talk_are_nobodys_words(shared: Path) -> None:
    data = (shared / "evaldata" / "calls" / "calls" / "demo-call-success-01.md").read_bytes()
    parsed = read(data)
    assert not any("Call Notes" in one.text for one in parsed.utterances)
    assert parsed.title == "Sales Call Transcript: Product Demo"
    assert [one.code for one in parsed.notices] == ["lines-outside-turns"]


@pytest.mark.parametrize("name", ["pasted/outlook_thread_en.txt", "pasted/forwarded_thread_en.txt"])
def test_pasted_mail_headers_are_no_speakers(shared: Path, name: str) -> None:
    parsed = read((shared / "samples" / "email" / name).read_bytes())
    assert parsed.format == "pasted-mail"
    assert {one.speaker for one in parsed.utterances} == {"Marcus Lee", "Dana Okafor", None}
