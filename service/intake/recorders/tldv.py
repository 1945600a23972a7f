"""tl;dv: a transcript as its API answers it and its webhook `TranscriptReady` sends it."""

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person
from service.intake.recorders.moments import moment
from service.intake.strict_json import Json

NAME = "tldv"


def fits(content: Content) -> bool:
    """`meetingId` beside `data`, or the event `TranscriptReady`."""
    return any(
        part.get("event") == "TranscriptReady"
        or ("meetingId" in part and any("startTime" in one for one in fields.head(part, "data")))
        for part in content.objects
    )


def read(content: Content) -> Parsed:
    """Whole seconds; title, time and invitees come with the meeting's own answer."""
    parts = [two for one in content.objects for two in (one, fields.item(one, "data"))]
    transcripts = [one for one in parts if "meetingId" in one] or parts
    entries = next((found for one in transcripts if (found := _entries(one))), [])
    told = next((one for one in parts if "happenedAt" in one), {})
    ids = [one.get("meetingId") for one in transcripts] + [told.get("id")]
    return meeting(
        NAME,
        map(_utterance, entries),
        About(
            title=fields.text(told, "name"),
            began=moment(told.get("happenedAt")),
            call_id=next((one for one in ids if one), None),
            people=[person(one) for one in fields.items(told, "invitees")],
        ),
    )


def _entries(part: Item) -> list[Item]:
    """A list, or, as one source has it, an object whose segments name nobody."""
    data: Json = part.get("data")
    if isinstance(data, dict):
        return fields.items(data, "segments") or fields.items(data, "data")
    return fields.items(part, "data")


def _utterance(one: Item) -> Utterance:
    start_s = fields.seconds(one, "startTime", "start")
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=fields.speaker(one.get("speaker")),
        start_s=start_s,
        end_s=fields.end_after(start_s, fields.seconds(one, "endTime", "end")),
    )
