"""RingCentral RingSense: the insights of a call; the names in `speakerInfo` are not verified."""

from collections.abc import Mapping

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person, written_by_machine
from service.intake.recorders.moments import moment

NAME = "ringsense"
_MACHINE_MADE = ("Summary", "Highlights", "NextSteps", "AIScore", "CallNotes", "BulletedSummary")


def fits(content: Content) -> bool:
    """`insights.Transcript`."""
    return bool(_body(content))


def read(content: Content) -> Parsed:
    """Seconds; names from `speakerInfo`, else the speaker's id."""
    found = _body(content)
    speakers = fields.items(found, "speakerInfo")
    named = {str(one.get("speakerId")): fields.text(one, "name", "speakerName") for one in speakers}
    insights = fields.item(found, "insights")
    return meeting(
        NAME,
        [_utterance(one, named) for one in fields.items(insights, "Transcript")],
        About(
            title=fields.text(found, "title"),
            began=moment(found.get("recordingStartTime")),
            call_id=found.get("sourceRecordId"),
            people=[person(one, name=("name", "speakerName")) for one in speakers],
            machine_made=written_by_machine(insights, *_MACHINE_MADE),
        ),
    )


def _body(content: Content) -> Item:
    for part in content.objects:
        if "Transcript" in fields.item(part, "insights"):
            return part
    return {}


def _utterance(one: Item, named: Mapping[str, str | None]) -> Utterance:
    start_s, end_s = fields.times(one, "start", "end")
    said_by = one.get("speakerId")
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=named.get(str(said_by)) or fields.speaker(said_by),
        start_s=start_s,
        end_s=end_s,
    )
