"""Granola: a note with its transcript of two voices: the owner's microphone, and the rest."""

from collections.abc import Mapping
from datetime import datetime

from schemas.source import Parsed, Side, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.freemail import FREE_MAIL
from service.intake.recorders.meeting import About, address, meeting, person, written_by_machine
from service.intake.recorders.moments import moment, times

NAME = "granola"
_HINT = "granola:speaker.source"
_MICROPHONE, _REST = "microphone", "speaker"


def fits(content: Content) -> bool:
    """A transcript whose speakers have a `source`."""
    return bool(_note(content))


def read(content: Content) -> Parsed:
    """Moments, counted from the one when the note was made."""
    note = _note(content)
    began = moment(note.get("created_at"))
    owner = address(fields.item(note, "owner"), "email")
    sides = {_MICROPHONE: Side.VENDOR, _REST: _side_of_the_rest(note, owner)}
    return meeting(
        NAME,
        [_utterance(one, began, sides=sides) for one in fields.items(note, "transcript")],
        About(
            title=fields.text(note, "title"),
            began=began,
            call_id=note.get("id"),
            people=[person(one) for one in fields.items(note, "attendees")],
            recorded_by=owner,
            machine_made=written_by_machine(note, "summary", "summary_text", "summary_markdown"),
        ),
    )


def _note(content: Content) -> Item:
    for part in content.objects:
        for one in fields.head(part, "transcript"):
            if "source" in fields.item(one, "speaker"):
                return part
    return {}


def _side_of_the_rest(note: Item, owner: str | None) -> Side | None:
    """The customer's, where nobody else of the owner's company was invited."""
    others = {address(one, "email") for one in fields.items(note, "attendees")} - {owner, None}
    own = _domain(owner)
    if not others or not own or own in FREE_MAIL or own in {_domain(one) for one in others}:
        return None
    return Side.CUSTOMER


def _domain(email: str | None) -> str:
    return (email or "").rpartition("@")[2].casefold()


def _utterance(one: Item, began: datetime | None, *, sides: Mapping[str, Side | None]) -> Utterance:
    speaker = fields.item(one, "speaker")
    source = fields.text(speaker, "source")
    side = sides.get(source or "")
    stands = times(began, moment(one.get("start_time")), moment(one.get("end_time")))
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=fields.text(speaker, "name", "diarization_label") or source,
        stated_side=side,
        side_hint=_HINT if side else None,
        **stands._asdict(),
    )
