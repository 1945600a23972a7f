"""Amazon Transcribe Call Analytics: who takes part is told by role, which is a side."""

from schemas.source import Parsed, Side, Utterance
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item

NAME = "amazon-call-analytics"
_ROLE = "ParticipantRole"
_SIDES = {"agent": Side.VENDOR, "customer": Side.CUSTOMER}
_START, _END = "BeginOffsetMillis", "EndOffsetMillis"
_PER_SECOND = 1000


def fits(content: Content) -> bool:
    """Entries of `Transcript` that name the role of who speaks."""
    return content.is_json and any(_ROLE in one for one in fields.items(content.json, "Transcript"))


def read(content: Content) -> Parsed:
    """An entry is an utterance; other roles, such as a system's, are on no side."""
    return call(NAME, map(_utterance, fields.items(content.json, "Transcript")))


def _utterance(entry: Item) -> Utterance:
    role = fields.text(entry, _ROLE)
    side = _SIDES.get(role.strip().casefold()) if role else None
    start_s, end_s = fields.times(entry, _START, _END, per_second=_PER_SECOND)
    return Utterance(
        text=fields.text(entry, "Content") or "",
        speaker=role,
        start_s=start_s,
        end_s=end_s,
        stated_side=side,
        side_hint=_ROLE if side else None,
    )
