"""Fellow: a recording as its API answers it; that its times are seconds is not verified."""

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, written_by_machine
from service.intake.recorders.moments import moment
from service.intake.recorders.one_call import only

NAME = "fellow"


def fits(content: Content) -> bool:
    """`transcript.speech_segments`."""
    return bool(_recordings(content))


def read(content: Content) -> Parsed:
    """Raises SeveralCalls where a page of recordings is sent as it came."""
    found = only(_recordings(content), "recordings.data")
    return meeting(
        NAME,
        map(_utterance, fields.items(found, "transcript", "speech_segments")),
        About(
            title=fields.text(found, "title"),
            began=moment(found.get("recording_start")) or moment(found.get("event_start")),
            call_id=found.get("id"),
            machine_made=written_by_machine(found, "summary", "action_items", "ai_notes"),
        ),
    )


def _recordings(content: Content) -> list[Item]:
    found = [one for part in content.objects for one in (part, *fields.head(part, "data"))]
    ours = [one for one in found if "speech_segments" in fields.item(one, "transcript")]
    return list({id(one): one for one in ours}.values())


def _utterance(one: Item) -> Utterance:
    start_s, end_s = fields.times(one, "start_time", "end_time")
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=fields.speaker(one.get("speaker")),
        start_s=start_s,
        end_s=end_s,
    )
