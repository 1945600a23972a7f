"""Chorus: a conversation as its API answers it; the names inside its lists are not verified."""

from schemas.source import Parsed, Side, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person, written_by_machine
from service.intake.recorders.moments import moment

NAME = "chorus"
_HINT = "chorus:speaker_type"
_SIDES = {"rep": Side.VENDOR, "cust": Side.CUSTOMER}


def fits(content: Content) -> bool:
    """`attributes.recording.utterances`."""
    return bool(_conversation(content))


def read(content: Content) -> Parsed:
    """Seconds; the text may be under `snippet`, the time under `snippet_time`."""
    found = _conversation(content)
    about = fields.item(found, "attributes")
    customer = about.get("company_name")
    return meeting(
        NAME,
        map(_utterance, fields.items(about, "recording", "utterances")),
        About(
            title=fields.text(about, "name"),
            began=moment(about.get("start_time")) or moment(about.get("_created_at")),
            call_id=found.get("id"),
            people=[person(one) for one in fields.items(about, "participants")],
            customers=[customer],
            deals=[fields.at(about, "deal", "id")],
            machine_made=written_by_machine(about, "summary", "action_items", "trackers"),
        ),
    )


def _conversation(content: Content) -> Item:
    """An object of the API, under `data` or bare."""
    for part in content.objects:
        if "utterances" in fields.item(part, "attributes", "recording"):
            return part
    return {}


def _utterance(one: Item) -> Utterance:
    side = _SIDES.get((fields.text(one, "speaker_type") or "").casefold())
    start_s = fields.seconds(one, "snippet_time", "start", "start_time")
    return Utterance(
        text=fields.text(one, "snippet", "text") or "",
        speaker=fields.speaker(one.get("speaker_name")),
        start_s=start_s,
        end_s=fields.end_after(start_s, fields.seconds(one, "end", "end_time")),
        stated_side=side,
        side_hint=_HINT if side else None,
    )
