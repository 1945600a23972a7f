import pytest

from schemas.source import Kind
from service.errors import FormatUnknown
from service.intake.read import read

TALK = [("Dana Okafor", "We can wait."), ("Marcus Lee", "Good."), ("Dana Okafor", "Then April.")]
FORMS = {
    "colon": "{who}: {words}",
    "paren-time": "{who} (00:1{at}): {words}",
    "bracket-first": "[00:00:1{at}] {who}: {words}",
    "bracket-after": "{who}: [00:00:1{at}] {words}",
    "time-first": "00:00:1{at} {who}: {words}",
    "bold": "**{who}:** {words}\n",
    "bold-name": "**{who}**: {words}\n",
    "bold-time": "**{who}** (00:00:1{at})\n{words}\n",
    "head-paren": "{who} (00:00:1{at})\n{words}\n",
    "head-spaces": "{who}  0:1{at}\n{words}\n",
    "name-above": "{who}:\n{words}\n",
    "full-width": "{who}\uff1a{words}",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_each_layout_gives_speakers_words_and_times(form: str) -> None:
    text = "\n".join(
        form.format(who=who, words=words, at=at) for at, (who, words) in enumerate(TALK)
    )
    parsed = read(text.encode())
    assert parsed.format == "transcript"
    assert [(one.speaker, one.text) for one in parsed.utterances] == TALK
    if "{at}" in form:
        assert [one.start_s for one in parsed.utterances] == [10, 11, 12]
    else:
        assert {one.start_s for one in parsed.utterances} == {None}


def test_times_on_their_own_line_belong_to_the_entry_below() -> None:
    text = "00:00:00\n\nAgent: Hello.\n\n00:00:07\n\nCustomer: Hi.\n\nAgent: So.\n\nCustomer: Yes."
    found = read(text.encode()).utterances
    assert [one.start_s for one in found] == [0, 7, None, None]
    assert [one.text for one in found] == ["Hello.", "Hi.", "So.", "Yes."]


def test_two_entries_are_not_enough() -> None:
    parsed = read(b"Dana: Hello.\nLee: Hi.")
    assert parsed.format == "text"
    assert [one.code for one in parsed.notices] == ["speakers-unknown"]


def test_a_list_in_a_turn_stays_in_it() -> None:
    text = "A: Here it is:\n- Price: 10\n- Term: 2\n\nB: Good.\n\nA: Fine.\n\nB: Yes."
    assert read(text.encode()).utterances[0].text == "Here it is:\n- Price: 10\n- Term: 2"


def test_a_known_speaker_without_a_time_keeps_his_words() -> None:
    lines = [f"[00:0{at}] {who}: words" for at, who in enumerate("ABABAB")]
    found = read("\n".join([*lines[:3], "B: no time here", *lines[3:]]).encode()).utterances
    assert [(one.speaker, one.start_s) for one in found][3] == ("B", None)


def test_who_speaks_once_is_a_speaker_too() -> None:
    talk = "Operator: Welcome.\nA: Hi.\nB: Hello.\nTom Wilson: Late, sorry.\nA: So.\nB: Yes."
    found = [one.speaker for one in read(talk.encode()).utterances]
    assert found == ["Operator", "A", "B", "Tom Wilson", "A", "B"]


@pytest.mark.parametrize(
    "text",
    [
        "Term: 12 months\nPrice: 100 euros\nStart: May\nScope: three sites\nOwner: Dana",
        "Note: we wait.\n\nNote: they sign.\n\nNote: we send.\n\nNote: all good.",
        "From: a\nSent: b\n\nHi.\n\nFrom: c\nSent: d\n\nHo.\n\nFrom: e\nSent: f\n\nHey.",
        "We met at 10:30\n\nThe plan: wait.\n\nhttps://example.test: no\n\nThey said: yes.",
    ],
)
def test_forms_and_prose_have_no_speakers(text: str) -> None:
    parsed = read(text.encode())
    assert parsed.format == "text"
    assert {one.speaker for one in parsed.utterances} == {None}


def test_asides_and_footers_are_nobodys_words() -> None:
    text = "A: Hi.\n(crosstalk)\nB: Ho.\nA: So.\nB: Yes.\n\n[END OF TRANSCRIPT]\n"
    parsed = read(text.encode())
    assert [one.text for one in parsed.utterances] == ["Hi.", "Ho.", "So.", "Yes."]
    assert parsed.notices[0].detail.startswith("2 lines")


def test_text_is_a_turn_a_paragraph() -> None:
    parsed = read(b"One line\nand its second.\n\n\nAnother.")
    assert [one.text for one in parsed.utterances] == ["One line\nand its second.", "Another."]


def test_a_contract_has_no_speakers_and_no_notice() -> None:
    parsed = read(b"A: Hi.\n\nB: Ho.\n\nA: So.\n\nB: Yes.", kind=Kind.CONTRACT)
    assert (parsed.kind, parsed.format, parsed.notices) == (Kind.CONTRACT, "text", ())
    assert [one.text for one in parsed.utterances] == ["A: Hi.", "B: Ho.", "A: So.", "B: Yes."]


def test_a_named_format_must_fit() -> None:
    with pytest.raises(FormatUnknown) as refused:
        read(b"Hello there.", format="webvtt")
    assert refused.value.field == "format"
    assert "webvtt, srt" in refused.value.mend
    with pytest.raises(FormatUnknown, match="No such format"):
        read(b"Hello there.", format="docx")
