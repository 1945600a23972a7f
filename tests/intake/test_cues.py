from itertools import pairwise

import pytest

from schemas.source import Utterance
from service.intake import clock
from service.intake.captions import srt, webvtt
from service.intake.captions.cues import timing
from service.intake.content import Content


def vtt(text: str) -> tuple[Utterance, ...]:
    return webvtt.read(Content(f"WEBVTT\n\n{text}".encode())).utterances


def said(text: str) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.text) for one in vtt(text)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:00:01.000", 1.0),
        ("0:0:5.320", 5.32),
        ("01:02,5", 62.5),
        ("00:00:07", 7.0),
        ("-00:00:01.500", -1.5),
        ("120:00:00.000", 432_000.0),
        ("0\u22361\uff1a30", 90.0),
        ("12", None),
        ("1:2:3:4", None),
        ("aa:bb", None),
    ],
)
def test_times_as_tools_write_them(text: str, seconds: float | None) -> None:
    assert clock.seconds(text) == seconds


def test_settings_are_no_text_and_text_on_the_time_line_is_kept() -> None:
    found = timing("00:01.000 --> 00:02.000 align:start position:0%")
    assert found is not None
    assert found.rest == ""
    assert said("00:01.000 --> 00:02.000 <v Dana>Hello") == [("Dana", "Hello")]


def test_an_end_before_its_start_is_unknown() -> None:
    one = vtt("00:05.000 --> 00:02.000\nHello")[0]
    assert (one.start_s, one.end_s) == (5.0, None)


def test_negative_times_stay_and_cues_are_sorted() -> None:
    found = vtt("00:05.000 --> 00:06.000\nlater\n\n-00:01.000 --> 00:02.000\nfirst")
    assert [(one.start_s, one.text) for one in found] == [(-1.0, "first"), (5.0, "later")]


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("<v Dana Okafor>Hello</v>", [("Dana Okafor", "Hello")]),
        ("<v.loud.first Okafor, D. (Acme)>Hello", [("Okafor, D. (Acme)", "Hello")]),
        ("<v A &amp; B>Tom &lt;3 &nbsp;pie</v>", [("A & B", "Tom <3 \xa0pie")]),
        ("<v Dana>Yes.</v> <v Lee>No.</v>", [("Dana", "Yes."), ("Lee", "No.")]),
        ("<v Dana>One\ntwo</v>", [("Dana", "One two")]),
        ("<c.red>Red</c> <i>it</i> <00:00:01.500>now", [(None, "Red it now")]),
        ("<unk> stays", [(None, "<unk> stays")]),
    ],
)
def test_voices_and_markup(cue: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(f"00:01.000 --> 00:02.000\n{cue}") == expected


def test_comments_styles_and_regions_are_not_said() -> None:
    cue = "00:01.000 --> 00:02.000\nHello"
    text = f"NOTE a\nb\n\nSTYLE\n::cue {{}}\n\n{cue}\n\nNOTE c\nd\n\nREGION\nid:x"
    assert said(text) == [(None, "Hello")]


def test_a_file_without_its_header_is_known_by_its_cues() -> None:
    content = Content(b"00:01.000 --> 00:02.000\nHello\n\n00:03.000 --> 00:04.000\nyou")
    assert webvtt.fits(content)
    assert len(webvtt.read(content).utterances) == 2


def test_label_before_a_colon_needs_company() -> None:
    lone = "00:01.000 --> 00:02.000\nMy point: we wait.\n\n00:03.000 --> 00:04.000\nYes.\n\n"
    assert {who for who, _ in said(lone + "00:05.000 --> 00:06.000\nNo.")} == {None}


def test_half_a_sentence_is_no_speaker_among_speakers() -> None:
    cues = ["Dana: Hi.", "Lee: Hi.", "Dana: So.", "so here is the thing: we wait", "https://a.b"]
    text = "\n\n".join(f"00:0{at}.000 --> 00:0{at}.900\n{cue}" for at, cue in enumerate(cues))
    assert [who for who, _ in said(text)] == ["Dana", "Lee", "Dana", None, None]


def test_dialogue_with_labels_is_two_utterances() -> None:
    cue = "- Dana: Hi.\n- Lee: Hello."
    text = f"00:01.000 --> 00:02.000\n{cue}\n\n00:03.000 --> 00:04.000\n{cue}"
    assert said(text) == [("Dana", "Hi."), ("Lee", "Hello.")] * 2


def test_rolling_captions_say_each_line_once() -> None:
    lines = ["we start", "with the plan", "and the price", "of the pilot", "in May"]
    cues = [f"{old}\n{new}" for old, new in pairwise(lines)]
    text = "\n\n".join(f"00:0{at}.000 --> 00:0{at}.900\n{cue}" for at, cue in enumerate(cues))
    assert [words for _, words in said(text)] == ["we start with the plan", *lines[2:]]


def test_a_word_said_twice_is_kept_twice() -> None:
    assert len(said("00:01.000 --> 00:02.000\nYes.\n\n00:02.000 --> 00:03.000\nYes.")) == 2


def test_srt_without_numbers_with_points_and_blank_lines() -> None:
    text = (
        "00:00:01,000 --> 00:00:02,000\n{\\an8}<font color='red'>One</font>\n\nmore\n\n"
        "00:00:03.000 --> 00:00:04.000\ntwo\n\n3\n00:00:05,000 --> 00:00:06,000\nthree\n"
    )
    found = srt.read(Content(text.encode())).utterances
    assert [one.text for one in found] == ["One more", "two", "three"]


def test_srt_names_in_brackets_and_no_music() -> None:
    cues = ["[Dana] Hi.", "[Lee] Hello.", "[Dana] So."]
    text = "\n\n".join(
        f"{at}\n00:00:0{at},000 --> 00:00:0{at},900\n{cue}" for at, cue in enumerate(cues)
    )
    found = srt.read(Content(text.encode())).utterances
    assert [one.speaker for one in found] == ["Dana", "Lee", "Dana"]


def test_a_footer_after_the_last_cue_is_not_said() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nHi.\n\nTranscribed by somebody"
    assert [one.text for one in srt.read(Content(text.encode())).utterances] == ["Hi."]
