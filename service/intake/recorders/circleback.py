"""Circleback: a meeting as its webhook sends it."""

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person, written_by_machine
from service.intake.recorders.moments import moment

NAME = "circleback"
_SIGNS = frozenset(("actionItems", "attendees", "icalUid", "recordingUrl", "insights"))


def fits(content: Content) -> bool:
    """`attendees` and another key that only Circleback has; its parts can be switched off."""
    return bool(_meeting(content))


def read(content: Content) -> Parsed:
    """Seconds, without ends."""
    found = _meeting(content)
    return meeting(
        NAME,
        map(_utterance, fields.items(found, "transcript")),
        About(
            title=fields.text(found, "name"),
            began=moment(found.get("createdAt")),
            call_id=found.get("id"),
            people=[person(one) for one in fields.items(found, "attendees")],
            machine_made=written_by_machine(found, "notes", "actionItems", "insights"),
        ),
    )


def _meeting(content: Content) -> Item:
    for part in content.objects:
        if "attendees" in part and len(_SIGNS & part.keys()) > 1:
            return part
    return {}


def _utterance(one: Item) -> Utterance:
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=fields.speaker(one.get("speaker")),
        start_s=fields.seconds(one, "timestamp"),
    )
