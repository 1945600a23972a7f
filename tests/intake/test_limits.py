import importlib
import json
import pkgutil
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.source import Parsed
from service import intake
from service.errors import BatonError, FormatUnknown, Malformed, NoContent, TooLarge
from service.intake.clean import LINE_LIMIT, TURN_LIMIT
from service.intake.read import MAX_CODE_POINTS, MAX_TURNS, read
from service.intake.turns import join

TEAMS = b"WEBVTT\n\n1\n0:0:1.0 --> 0:0:2.5\n<v Dana &amp; Co>Hi</v> <i>so</i>\n\nNOTE x\n"
ZOOM = b"WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nDana: Hi.\r\n\r\n2\r\n"
SRT = b"1\n00:00:01,000 --> 00:00:02,000\n- Dana: Hi\n- Lee: Ho\n\n2\n00:00:03,000 --> 1:2,0\nx\n"
TEXT = b"# T\n\n**Dana:** Hi.\n\n**Lee:** Ho.\n\n(x)\n\n**Dana:** So.\n\n---\n\n**Notes:**\n- a\n"
TIMED = b"[00:00] Dana: Hi.\n[00:12] Lee: Ho.\nand on\n[00:20] Dana: So.\n\n[END]\n"
JSON = b'{"participants": [{"name": "D"}], "turns": [{"speaker": "D", "text": "Hi", "start_s": 1}]}'
MAIL = b"From: a@b.test\nTo: c@d.test\nSubject: x\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nHello.\n"
SEEDS = (TEAMS, ZOOM, SRT, TEXT, TIMED, JSON, MAIL)
WORST = (
    "<v ",
    "<",
    "[",
    "(a)\n",
    "{\\",
    "&#",
    " ",
    "\n",
    ":",
    "a: ",
    "0:",
    "00:00 ",
    "- ",
    "**",
    "A ",
    "1\n",
    '"',
    "-->",
    "0:0 --> 1:1\n",
    "abcd. ",
    "#",
    "\N{LATIN SMALL LETTER E WITH ACUTE}",
)
SCANNING = ("markup", "clean", "strict_json")


@pytest.mark.parametrize(
    "data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"...", b"---\n***", b"WEBVTT\n\n"]
)
def test_no_words_is_no_content(data: bytes) -> None:
    with pytest.raises(NoContent):
        read(data)


def test_nul_and_hidden_characters_are_left_out_and_counted() -> None:
    parsed = read("We wait\x00 until \u202eApril\U000e0041 \u2066now\u200d, she said.\x07".encode())
    assert parsed.utterances[0].text == "We wait until April now\u200d, she said."
    counted = [one.detail for one in parsed.notices if one.code == "characters-removed"]
    assert counted == ["5 control or hidden characters were left out."]


def test_entities_smuggle_nothing_in() -> None:
    parsed = read(b"WEBVTT\n\n0:1.0 --> 0:2.0\n<v D&#x202e;ana>Hi&#7; &#xE0041;there</v>")
    assert (parsed.utterances[0].speaker, parsed.utterances[0].text) == ("Dana", "Hi there")


def test_broken_and_deep_json_is_malformed() -> None:
    for data in (b'{"turns": [', b"[" * 10_000, b'{"turns": [{"text": "\\ud800"}]}'):
        with pytest.raises(Malformed):
            read(data)


def test_a_single_line_of_5_mb_is_too_large_at_once() -> None:
    started = time.perf_counter()
    with pytest.raises(TooLarge) as refused:
        read(b"word " * 1_000_000)
    assert refused.value.field == "file"
    assert time.perf_counter() - started < 5


def test_a_line_at_its_limit_is_one_turn_and_one_over_is_two() -> None:
    assert len(read(b"a" * LINE_LIMIT).utterances) == 1
    found = read(b"a" * (LINE_LIMIT + 1)).utterances
    assert [len(one.text) for one in found] == [LINE_LIMIT, 1]


def test_a_long_line_is_cut_between_words_and_loses_none() -> None:
    words = [f"word{at}" for at in range(9_000)]
    found = read(" ".join(words).encode()).utterances
    assert " ".join(one.text for one in found).split() == words


def test_a_turn_at_its_limit_is_one_and_one_over_is_two() -> None:
    def turns(size: int) -> int:
        return len(read(json.dumps({"turns": [{"text": "a" * size}]}).encode()).utterances)

    assert (turns(TURN_LIMIT), turns(TURN_LIMIT + 1)) == (1, 2)


def test_code_points_at_the_limit_and_one_over() -> None:
    paragraph = "é" * (LINE_LIMIT - 1) + "e"
    whole = "\n\n".join([paragraph] * (MAX_CODE_POINTS // LINE_LIMIT))
    assert sum(len(one.text) for one in read(whole.encode()).utterances) == MAX_CODE_POINTS
    with pytest.raises(TooLarge, match="code points"):
        read(f"{whole}\n\ne".encode())


def test_turns_at_the_limit_and_one_over() -> None:
    assert len(join(read(b"word\n\n" * MAX_TURNS))) == MAX_TURNS
    with pytest.raises(TooLarge, match="turns"):
        read(b"word\n\n" * (MAX_TURNS + 1))


def test_a_wrong_charset_is_read_and_told() -> None:
    parsed = read("Größe ist für uns wichtig.".encode("cp1252"))
    assert parsed.utterances[0].text == "Größe ist für uns wichtig."
    assert "charset-guessed" in {one.code for one in parsed.notices}


def test_binary_is_format_unknown() -> None:
    with pytest.raises(FormatUnknown, match="Office"):
        read(b"PK\x03\x04" + bytes(100))


def is_storable(parsed: Parsed) -> bool:
    texts = [parsed.title or "", *(one.text for one in parsed.utterances)]
    texts += [one.speaker or "" for one in parsed.utterances]
    return not any(
        re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", one) for one in texts
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.data())
def test_damaged_files_are_read_or_refused_by_name(seed: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(seed)))
    cut = data.draw(st.integers(0, 12))
    noise = data.draw(st.binary(max_size=12) | st.sampled_from(WORST).map(str.encode))
    try:
        parsed = read(seed[:at] + noise + seed[at + cut :])
    except BatonError:
        return
    assert is_storable(parsed)
    assert all(one.text.strip() for one in parsed.utterances)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    try:
        parsed = read(text.encode())
    except BatonError:
        return
    assert is_storable(parsed)


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    modules = [one.name for one in pkgutil.iter_modules(intake.__path__)]
    own = [name for name in modules if not name.startswith(("mail", "quoted"))]
    return [
        (name, value)
        for name in own
        for value in vars(importlib.import_module(f"service.intake.{name}")).values()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    ]


@pytest.mark.parametrize("worst", WORST)
def test_each_pattern_takes_under_a_second_for_a_megabyte(worst: str) -> None:
    text = (worst * 1_000_000)[:1_000_000]
    for name, pattern in patterns():
        started = time.process_time()
        pattern.match(text)
        if name in SCANNING:
            pattern.sub("", text)
        assert time.process_time() - started < 1, pattern.pattern


@pytest.mark.parametrize(
    "head", ["", "A: b.\nC: d.\nA: b.\nC: d.\n", "[0:1] A: b\n" * 3, "WEBVTT\n\n0:1.0 --> 0:2.0\n"]
)
def test_reading_one_endless_line_is_linear(head: str) -> None:
    for worst in ("<v ", "(", "[0:0", "a: ", "**", "0:", "&#", "- "):
        started = time.process_time()
        read((head + "x " + (worst * 1_000_000)[:1_000_000]).encode())
        assert time.process_time() - started < 2, worst


@pytest.mark.parametrize("folder", ["zoom", "teams", "webvtt_srt", "text", "otter", "googlemeet"])
def test_no_speaker_is_invented(shared: Path, folder: str) -> None:
    for path in sorted((shared / "samples" / "transcripts" / folder).iterdir()):
        if path.suffix == ".docx" or not path.stat().st_size:
            continue
        data = path.read_bytes()
        for one in read(data).utterances:
            assert one.speaker is None or one.speaker in data.decode()
