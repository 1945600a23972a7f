"""Documents that meeting tools export as text: what is speech in them, and what is not."""

from datetime import UTC, datetime

import pytest

from schemas.source import Parsed
from service.errors import NoContent
from service.intake.read import read

TALK = "Dana: We wait for the report.\nLee: Good.\nDana: Then April.\nLee: Fine by us.\n"
TALKED = [
    ("Dana", "We wait for the report."),
    ("Lee", "Good."),
    ("Dana", "Then April."),
    ("Lee", "Fine by us."),
]
FOOTER = "\nTranscription ended after 00:10:00\n"
GEMINI = f"""\U0001f4dd Notes
Mar 3, 2026
Renewal call
Invited [Dana Okafor](mailto:dana@north.example) kim@acme.example
Summary
The customer promised to pay twice.
Suggested next steps
Dana: send the contract.
\U0001f4d6 Transcript
Mar 3, 2026
Renewal call - Transcript
### 00:00:00

{TALK}{FOOTER}"""


def said(parsed: Parsed) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.text) for one in parsed.utterances]


def codes(parsed: Parsed) -> list[str]:
    return [one.code for one in parsed.notices]


def meet(talk: str, head: str = "Call - Transcript\n") -> Parsed:
    parsed = read(f"{head}{talk}{FOOTER}".encode())
    assert parsed.format == "google-meet-document"
    return parsed


def test_only_the_transcript_of_gemini_notes_is_speech() -> None:
    parsed = read(GEMINI.encode())
    assert (parsed.format, said(parsed)) == ("google-meet-document", TALKED)
    assert parsed.title == "Renewal call"
    assert [(one.name, one.email) for one in parsed.participants] == [
        ("Dana Okafor", "dana@north.example"),
        (None, "kim@acme.example"),
    ]
    assert parsed.utterances[0].start_s == 0
    assert "machine-notes-left-out" in codes(parsed)


def test_notes_of_gemini_alone_are_no_source() -> None:
    notes = GEMINI.partition("\U0001f4d6")[0]
    with pytest.raises(NoContent, match="Gemini") as refused:
        read(notes.encode())
    assert "Send the transcript" in refused.value.mend


def test_attendees_are_people_and_no_tools() -> None:
    names = (
        "Dana Okafor, Kim's Presentation, Fireflies.ai Notetaker Kim, read.ai meeting notes, Lee"
    )
    parsed = meet(TALK, f"Call - Transcript\n\nAttendees\n{names}\n\nTranscript\n\n")
    assert [one.name for one in parsed.participants] == ["Dana Okafor", "Lee"]
    assert said(parsed) == TALKED


@pytest.mark.parametrize(
    ("heading", "occurred_at"),
    [
        ("Call (2026-03-03 16:05 GMT)", datetime(2026, 3, 3, 16, 5, tzinfo=UTC)),
        ("Call (2026-03-03 16:05 GMT+1)", datetime(2026, 3, 3, 15, 5, tzinfo=UTC)),
        ("Call (2026-03-03 1:05 GMT-3:30)", datetime(2026, 3, 3, 4, 35, tzinfo=UTC)),
        ("Call (2026-03-03 16:05 CET)", None),
        ("Call (2026-13-03 16:05 GMT)", None),
        ("Call (2026-03-03 16:05 GMT+99)", None),
    ],
)
def test_a_heading_tells_the_time_where_it_names_its_zone(
    heading: str, occurred_at: datetime | None
) -> None:
    assert meet(TALK, f"{heading} - Transcript\n\n").occurred_at == occurred_at


def test_a_day_without_a_zone_is_told_and_not_guessed() -> None:
    parsed = meet(TALK, "Mar 3, 2026\nCall - Transcript\n\n")
    assert parsed.occurred_at is None
    assert "time-zone-unknown" in codes(parsed)


@pytest.mark.parametrize(
    ("talk", "expected"),
    [
        (
            "A: It is due in April\nB: Um,\nA: 15.\nB: Right.\nA: So.",
            ["It is due in April 15.", "Um,"],
        ),
        (
            "A: It is due in it.\nB: Um,\nA: Fine.\nB: Right.\nA: So.",
            ["It is due in it.", "Um,", "Fine."],
        ),
        (
            "A: It is due in April\nB: No, it was in May.\nA: 15.\nB: So.",
            ["It is due in April", "No, it was"],
        ),
        (
            "A: It is due in April\nB: Um,\nA: and then we left.\nB: So.",
            ["It is due in April", "Um,", "and"],
        ),
    ],
)
def test_only_the_end_of_a_cut_sentence_goes_back(talk: str, expected: list[str]) -> None:
    found = [one.text for one in meet(talk + "\n").utterances]
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=False))
    assert len(found) == talk.count("\n") + 1 - (expected[0] == "It is due in April 15.")


def test_a_section_has_its_time_and_the_rest_none() -> None:
    parsed = meet(f"00:00:00\n\n{TALK}\n00:05:00\n\n{TALK}")
    starts = [one.start_s for one in parsed.utterances]
    assert starts == [0, None, None, None, 300, None, None, None]


def test_the_older_layout_goes_on_in_paragraphs_without_a_name() -> None:
    talk = "**Dana:** We wait.\n\nUntil May.\n\n**Lee:** Good.\n\n**Dana:** So.\n\n"
    parsed = meet(talk, "## Call - Transcript\n\n")
    assert said(parsed)[0] == ("Dana", "We wait.\nUntil May.")


@pytest.mark.parametrize("colon", [":", "\u2236", "\uff1a"])
def test_teams_documents_have_starts_in_any_colon(colon: str) -> None:
    text = (
        "Renewal-20260303_150000-Meeting Transcript\n3 March 2026, 03:00PM\n1m 3s\n"
        f"Dana started transcription\n\nDana   0{colon}03\nHi.\n\nLee   0{colon}10\nHo.\n\n"
        f"Dana   1{colon}00{colon}18\nSo.\nDana stopped transcription\n"
    )
    parsed = read(text.encode())
    assert (parsed.format, parsed.title) == ("teams-document", "Renewal")
    assert said(parsed) == [("Dana", "Hi."), ("Lee", "Ho."), ("Dana", "So.")]
    assert [one.start_s for one in parsed.utterances] == [3, 10, 3618]
    assert "time-zone-unknown" in codes(parsed)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_older_teams_documents_have_time_name_and_text_apart(gap: str) -> None:
    lines = ["Dana started transcription"]
    for at, who in ((3, "Dana"), (10, "Lee"), (18, "Dana")):
        lines += [f"0:{at:02}", who, f"Words {at}."]
    parsed = read(gap.join(lines).encode())
    assert parsed.format == "teams-document"
    assert said(parsed) == [("Dana", "Words 3."), ("Lee", "Words 10."), ("Dana", "Words 18.")]
    assert [one.start_s for one in parsed.utterances] == [3, 10, 18]


def test_otter_leaves_unnamed_who_it_does_not_know() -> None:
    text = (
        "Dana  0:03  \nHi.\n\n0:10  \nHo.\n\nUnknown Speaker  0:18  \nSo.\n\nDana  0:20  \nYes.\n\n"
        "Transcribed by https://otter.ai\n"
    )
    parsed = read(text.encode())
    assert parsed.format == "otter-text"
    found = [(one.speaker, one.start_s, one.text) for one in parsed.utterances]
    assert found == [
        ("Dana", 3, "Hi."),
        (None, 10, "Ho."),
        ("Unknown Speaker", 18, "So."),
        ("Dana", 20, "Yes."),
    ]


def test_a_zoom_chat_is_messages_without_reactions() -> None:
    chat = (
        '00:03:55\tDana O.:\tGM!\r\n00:04:00\tLee:\tReacted to "GM!" with \U0001f44d\r\n'
        '00:05:00\tLee:\tReplying to "GM!"\r\n\r\nAnd you\r\nall.\r\n'
    )
    parsed = read(chat.encode())
    assert parsed.format == "zoom-chat"
    assert said(parsed) == [("Dana O.", "GM!"), ("Lee", "And you\nall.")]
    assert [one.start_s for one in parsed.utterances] == [235, 300]
    assert codes(parsed) == ["chat-not-speech"]


def test_a_chat_to_somebody_names_who_wrote_it() -> None:
    chat = (
        "10:03:55\t From Dana O. to Everyone:\n\tGood morning\n"
        "10:04:00 From Lee to Dana O.(Direct Message):\n\tHi\n"
    )
    assert said(read(chat.encode())) == [("Dana O.", "Good morning"), ("Lee", "Hi")]


def test_only_reactions_are_no_content() -> None:
    with pytest.raises(NoContent):
        read(b'00:04:00\tLee:\tReacted to "GM!" with :)\n')


@pytest.mark.parametrize(
    "text",
    [
        "0:00 - Intro\n1:20 - Demo of it\n3:00 - Pricing\n5:10 - Questions\n",
        "Agenda\n\n10:00\n\nWelcome\n\n10:30\n\nDemo\n\n11:00\n\nEnd\n",
    ],
)
def test_a_table_of_times_has_no_speakers(text: str) -> None:
    assert {one.speaker for one in read(text.encode()).utterances} == {None}


def test_time_then_name_above_the_words() -> None:
    text = "".join(f"0:{at:02} - {who}\nWords {at}.\n\n" for at, who in enumerate(("A", "B", "A")))
    parsed = read(text.encode())
    assert said(parsed) == [("A", "Words 0."), ("B", "Words 1."), ("A", "Words 2.")]
    assert [one.start_s for one in parsed.utterances] == [0, 1, 2]
