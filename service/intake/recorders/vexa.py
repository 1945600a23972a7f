"""Vexa: the transcript of a meeting; what was typed, and what is not final, is not speech."""

from collections.abc import Iterator
from datetime import datetime

from schemas.source import Notice, Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting
from service.intake.recorders.moments import moment, times

NAME = "vexa"


def fits(content: Content) -> bool:
    """`segments` beside `native_meeting_id`, or segments with `absolute_start_time`."""
    return bool(_meeting(content))


def read(content: Content) -> Parsed:
    """Seconds; without them moments, counted from the meeting's start."""
    found = _meeting(content)
    began = moment(found.get("start_time"))
    segments = fields.items(found, "segments")
    speech = [one for one in segments if _is_speech(one)]
    return meeting(
        NAME,
        [_utterance(one, began) for one in speech],
        About(
            title=fields.text(fields.item(found, "data"), "name"),
            began=began,
            call_id=found.get("native_meeting_id"),
            notices=tuple(_left_out(len(segments) - len(speech))),
        ),
    )


def _meeting(content: Content) -> Item:
    for part in content.objects:
        segments = fields.head(part, "segments")
        if "native_meeting_id" in part and "segments" in part:
            return part
        if any("absolute_start_time" in one for one in segments):
            return part
    return {}


def _is_speech(one: Item) -> bool:
    return one.get("completed") is not False and one.get("source") != "chat"


def _left_out(count: int) -> Iterator[Notice]:
    if count:
        detail = f"{count} lines of chat and segments that were not final were left out."
        yield Notice(code="not-speech", detail=detail)


def _utterance(one: Item, began: datetime | None) -> Utterance:
    text, speaker = fields.text(one, "text") or "", fields.speaker(one.get("speaker"))
    start_s = fields.seconds(one, "start", "start_time")
    if start_s is not None:
        end_s = fields.end_after(start_s, fields.seconds(one, "end", "end_time"))
        return Utterance(text=text, speaker=speaker, start_s=start_s, end_s=end_s)
    start, end = moment(one.get("absolute_start_time")), moment(one.get("absolute_end_time"))
    return Utterance(text=text, speaker=speaker, **times(began, start, end)._asdict())
