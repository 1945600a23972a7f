"""Avoma: a transcription as its API answers it."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from schemas.source import Parsed, Side, StatedParticipant, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person, written_by_machine
from service.intake.recorders.moments import moment
from service.intake.strict_json import Json

NAME = "avoma"
_HINT = "avoma:is_rep"


def fits(content: Content) -> bool:
    """`transcript` with `timestamps`, or `speakers` with `is_rep`."""
    return bool(_transcription(content))


def read(content: Content) -> Parsed:
    """Seconds at which each word starts; an utterance ends where the next one starts."""
    found = _transcription(content)
    speakers = fields.items(found, "speakers")
    known = {str(one["id"]): _person(one) for one in speakers if one.get("id") is not None}
    entries = fields.items(found, "transcript")
    meetings = [one for one in content.objects if "subject" in one]
    return meeting(
        NAME,
        _spoken(entries, known),
        About(
            title=fields.text(meetings[0], "subject") if meetings else None,
            began=moment(meetings[0].get("start_at")) if meetings else None,
            call_id=found.get("meeting_uuid") or found.get("uuid"),
            people=list(map(_person, speakers)),
            machine_made=written_by_machine(found, "notes", "summary", "action_items"),
        ),
    )


def _transcription(content: Content) -> Item:
    for part in content.objects:
        entries = fields.head(part, "transcript")
        if any("is_rep" in one for one in fields.head(part, "speakers")) and "transcript" in part:
            return part
        if any("timestamps" in one and "speaker_id" in one for one in entries):
            return part
    return {}


def _person(one: Item) -> StatedParticipant:
    """Who is no representative may still be the vendor's."""
    side = Side.VENDOR if one.get("is_rep") is True else None
    return person(one, side=side, hint=_HINT)


def _spoken(entries: list[Item], known: Mapping[str, StatedParticipant]) -> Iterator[Utterance]:
    starts = [_start(one.get("timestamps")) for one in entries]
    for one, (start_s, end_s) in zip(entries, pairwise([*starts, None]), strict=True):
        who = known.get(str(one.get("speaker_id")))
        yield Utterance(
            text=fields.text(one, "transcript") or "",
            speaker=who.name if who else fields.speaker(one.get("speaker_id")),
            email=who.email if who else None,
            start_s=start_s,
            end_s=fields.end_after(start_s, end_s),
            stated_side=who.side if who else None,
            side_hint=who.side_hint if who else None,
        )


def _start(timestamps: Json) -> float | None:
    first = timestamps[0] if isinstance(timestamps, list) and timestamps else None
    return fields.seconds({"": first}, "")
