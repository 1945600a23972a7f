"""Read AI: a meeting as its webhook sends it."""

from datetime import datetime

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person, written_by_machine
from service.intake.recorders.moments import moment, times

NAME = "read-ai"
_MACHINE_MADE = ("summary", "action_items", "key_questions", "topics", "chapter_summaries")


def fits(content: Content) -> bool:
    """`speaker_blocks`, or `trigger` beside a session and a transcript, which may be empty."""
    return bool(_meeting(content))


def read(content: Content) -> Parsed:
    """Milliseconds since 1970, as text, counted from the meeting's start."""
    found = _meeting(content)
    began = moment(found.get("start_time"))
    blocks = fields.items(found, "transcript", "speaker_blocks")
    return meeting(
        NAME,
        [_utterance(one, began) for one in blocks],
        About(
            title=fields.text(found, "title"),
            began=began,
            call_id=found.get("session_id"),
            people=[person(one) for one in fields.items(found, "participants")],
            machine_made=written_by_machine(found, *_MACHINE_MADE),
        ),
    )


def _meeting(content: Content) -> Item:
    for part in content.objects:
        has_blocks = "speaker_blocks" in fields.item(part, "transcript")
        if has_blocks or {"trigger", "session_id", "report_url"} <= part.keys():
            return part
    return {}


def _utterance(one: Item, began: datetime | None) -> Utterance:
    stands = times(began, moment(one.get("start_time")), moment(one.get("end_time")))
    return Utterance(
        text=fields.text(one, "words", "text") or "",
        speaker=fields.text(fields.item(one, "speaker"), "name"),
        **stands._asdict(),
    )
