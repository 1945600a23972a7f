"""Aircall: a call's transcription; it has no names, but says who is one of the account's own."""

from schemas.source import Parsed, Side, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting
from service.intake.recorders.moments import moment

NAME = "aircall"
_HINT = "aircall:participant_type"
_SIDES = {"internal": Side.VENDOR, "external": Side.CUSTOMER}


def fits(content: Content) -> bool:
    """`content.utterances` with `participant_type`."""
    return bool(_transcription(content))


def read(content: Content) -> Parsed:
    """Seconds; a speaker is a telephone number, or the number of a user."""
    found = _transcription(content)
    return meeting(
        NAME,
        map(_utterance, fields.items(found, "content", "utterances")),
        About(began=moment(found.get("call_created_at")), call_id=found.get("call_id")),
    )


def _transcription(content: Content) -> Item:
    for part in content.objects:
        for one in (part, fields.item(part, "transcription")):
            utterances = fields.head(one, "content", "utterances")
            if any("participant_type" in utterance for utterance in utterances):
                return one
    return {}


def _utterance(one: Item) -> Utterance:
    side = _SIDES.get((fields.text(one, "participant_type") or "").casefold())
    start_s, end_s = fields.times(one, "start_time", "end_time")
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=fields.text(one, "phone_number") or fields.speaker(one.get("user_id")),
        start_s=start_s,
        end_s=end_s,
        stated_side=side,
        side_hint=_HINT if side else None,
    )
