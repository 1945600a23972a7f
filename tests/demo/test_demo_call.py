"""The call is long and as messy as real talk."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

from service.demo import story


def test_it_is_zooms_layout() -> None:
    text = story.CALL.content().decode()
    blocks = text.removeprefix("WEBVTT\r\n\r\n").removesuffix("\r\n\r\n").split("\r\n\r\n")
    assert text.startswith("WEBVTT\r\n\r\n")
    assert all(len(block.split("\r\n")) == 3 for block in blocks)
    assert [block.split("\r\n")[0] for block in blocks] == [str(n + 1) for n in range(len(blocks))]


def test_it_lasts_over_25_minutes_and_is_mostly_talk(cues: Any) -> None:
    assert max(cue.end_s for cue in cues) >= 25 * 60
    assert sum(cue.end_s - cue.start_s for cue in cues) >= 25 * 60
    assert 330 <= len(cues) <= 420
    assert 4_000 <= sum(len(cue.text.split()) for cue in cues) <= 4_800


def test_nobody_speaks_at_an_impossible_speed(cues: Any) -> None:
    words = sum(len(cue.text.split()) for cue in cues)
    minutes = sum(cue.end_s - cue.start_s for cue in cues) / 60
    assert 130 <= words / minutes <= 175


def test_five_people_speak_and_one_of_them_comes_late(cues: Any) -> None:
    spoken = Counter(cue.speaker for cue in cues)
    first = {cue.speaker: cue.start_s for cue in reversed(cues)}
    assert len(spoken) == 5
    assert min(spoken.values()) >= 30
    assert first["Ray Castellano (Bus Garage)"] > 5 * 60


def test_some_cues_overlap_and_some_are_out_of_order(cues: Any) -> None:
    changes = [(a, b) for a, b in pairwise(cues) if a.speaker != b.speaker]
    assert sum(b.start_s < a.end_s for a, b in changes) >= 20
    assert 2 <= sum(b.start_s < a.start_s for a, b in changes) <= 10


def test_sentences_run_over_cues_and_fillers_are_left_in(cues: Any) -> None:
    cut = [(a, b) for a, b in pairwise(cues) if a.text.endswith(" …") and a.speaker == b.speaker]
    fillers = sum(len(re.findall(r"\b(?:um|uh|mm|hmm)\b", cue.text.casefold())) for cue in cues)
    assert len(cut) >= 8
    assert fillers >= 30


def test_the_go_live_date_is_moved_and_the_fleet_is_misheard(cues: Any) -> None:
    dated = [cue.text for cue in cues if cue.speaker.startswith("Mara") and "go live" in cue.text]
    counted = [cue.text for cue in cues if re.search(r"sixty-one|seventy-one", cue.text.casefold())]
    assert "March 3rd" in dated[0]
    assert "forget March 3rd" in dated[1]
    assert "March 17th instead" in dated[1]
    assert "Seventy-one" in counted[1]
    assert counted[2].startswith("No, no. Sixty-one")


def test_every_speaker_of_the_call_has_a_side(cues: Any) -> None:
    stated = {one.name for one in story.CALL.participants}
    for speaker in {cue.speaker for cue in cues}:
        company = speaker.partition(" | ")[2]
        assert (speaker in stated) != (company in story.VENDOR_NAMES)
