"""The transcript document of Google Meet, and the one that Gemini puts its notes into."""

from schemas.source import Kind, Notice, Parsed
from service.errors import NoContent
from service.intake.content import Content
from service.intake.documents import dated, entries, google_meet_head
from service.intake.documents.google_meet_turns import without_cuts
from service.intake.documents.layouts import has_talk
from service.intake.documents.transcript import require_talk
from service.intake.lines import bare_head

NAME = "google-meet-document"
_MARKS = (
    "transcription ended after ",
    "meeting ended after ",
    "this editable transcript was computer generated",
)
_NOTES, _SPOKEN = "\U0001f4dd notes", "\U0001f4d6 transcript"
_NOTES_LEFT_OUT = Notice(
    code="machine-notes-left-out",
    detail="The notes that Gemini wrote are no source of claims; only the transcript was read.",
)


def fits(content: Content) -> bool:
    """Words that only Meet writes on a line of their own, and a layout; or the notes of Gemini."""
    if content.is_json:
        return False
    heads = [_head(line) for line in content.lines]
    if _NOTES in heads or _SPOKEN in heads:
        return True
    return any(head.startswith(_MARKS) for head in heads) and has_talk(
        content.lines, is_vouched_for=True
    )


def _head(line: str) -> str:
    return bare_head(line).replace("\ufe0f", "").strip("\u200b ").lower()


def read(content: Content) -> Parsed:
    """The transcript alone: an utterance an entry, cut turns made whole. Raises NoContent."""
    lines, has_notes = _spoken(content.lines)
    talk = require_talk(lines, is_vouched_for=True)
    head = google_meet_head.read(content.lines[: len(content.lines) - len(lines)], lines, talk)
    occurred_at = dated.occurred_at(head.heading or "")
    notices = list(entries.notices(talk.entries))
    if has_notes:
        notices.append(_NOTES_LEFT_OUT)
    if head.day and occurred_at is None:
        notices.append(dated.unknown_zone(head.day))
    return Parsed(
        kind=Kind.CALL,
        format=NAME,
        utterances=without_cuts(talk.entries.utterances),
        participants=head.people,
        title=dated.without_time(head.heading or "") or None,
        occurred_at=occurred_at,
        notices=tuple(notices),
    )


def _spoken(lines: list[str]) -> tuple[list[str], bool]:
    """The lines from the heading of the transcript on, and whether machine-made ones are above."""
    heads = [_head(line) for line in lines]
    if _SPOKEN in heads:
        at = heads.index(_SPOKEN)
        return lines[at + 1 :], _NOTES in heads[:at]
    if _NOTES in heads:
        raise NoContent(
            "These are the notes that Gemini wrote, without a transcript.",
            field="file",
            mend="Send the transcript: what a machine has summed up is no source of claims.",
        )
    return lines, False
