"""Dialpad: the lines of a call's transcript, among moments and other marks that are not speech."""

from datetime import datetime

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting
from service.intake.recorders.moments import moment, times

NAME = "dialpad"


def fits(content: Content) -> bool:
    """`lines` with `type` and `content`."""
    heads = (one for part in content.objects for one in fields.head(part, "lines"))
    return any("type" in one and "content" in one for one in heads)


def read(content: Content) -> Parsed:
    """Moments, counted from the call's start where its own answer is there too."""
    call = next((one for one in content.objects if "date_started" in one), {})
    began = moment(call.get("date_connected")) or moment(call.get("date_started"))
    ids = [one.get("call_id") for one in content.objects]
    spoken = [one for one in _lines(content) if one.get("type") == "transcript"]
    marks = len(_lines(content)) > len(spoken)
    about = About(
        began=began,
        call_id=next((one for one in ids if one), None),
        machine_made=("moments and questions",) if marks else (),
    )
    return meeting(NAME, [_utterance(one, began) for one in spoken], about)


def _lines(content: Content) -> list[Item]:
    return [one for part in content.objects for one in fields.items(part, "lines")]


def _utterance(one: Item, began: datetime | None) -> Utterance:
    return Utterance(
        text=fields.text(one, "content") or "",
        speaker=fields.text(one, "name"),
        **times(began, moment(one.get("time")), None)._asdict(),
    )
