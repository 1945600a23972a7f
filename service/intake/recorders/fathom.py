"""Fathom: a meeting as its webhook sends it and its API lists it."""

from collections.abc import Iterator, Mapping

from schemas.source import Parsed, Side, StatedParticipant, Utterance
from service.errors import NoContent
from service.intake import clock, fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, address, meeting, person, written_by_machine
from service.intake.recorders.moments import moment
from service.intake.recorders.one_call import only
from service.intake.strict_json import Json

NAME = "fathom"
_HINT = "fathom:is_external"
_SIDES = {True: Side.CUSTOMER, False: Side.VENDOR}


def fits(content: Content) -> bool:
    """`calendar_invitees_domains_type`, or a transcript of `speaker.display_name`."""
    return bool(_meetings(content))


def read(content: Content) -> Parsed:
    """Clock times without ends. Raises NoContent where the transcript was not asked for."""
    found = only(_meetings(content), "items")
    if not fields.items(found, "transcript"):
        raise NoContent(
            "This is a Fathom meeting without its transcript.",
            field="file",
            mend="Create the webhook with include_transcript, or fetch the transcript.",
        )
    people = [_invitee(one) for one in fields.items(found, "calendar_invitees")]
    known = {one.email.casefold(): one for one in people if one.email} | _by_name(found)
    return meeting(
        NAME,
        [_utterance(one, known) for one in fields.items(found, "transcript")],
        _about(found, people),
    )


def _meetings(content: Content) -> list[Item]:
    found = [
        one
        for part in content.objects
        for one in (part, *fields.head(part, "items"))
        if "calendar_invitees_domains_type" in one or _has_speakers(one)
    ]
    return list({id(one): one for one in found}.values())


def _has_speakers(one: Item) -> bool:
    entries = fields.head(one, "transcript")
    return any("display_name" in fields.item(entry, "speaker") for entry in entries)


def _by_name(found: Item) -> dict[str, StatedParticipant]:
    """Invitees by the name that Fathom gave their voice."""
    return {
        name.casefold(): _invitee(one)
        for one in fields.items(found, "calendar_invitees")
        if (name := fields.text(one, "matched_speaker_display_name"))
    }


def _invitee(one: Item) -> StatedParticipant:
    is_external = one.get("is_external")
    side = _SIDES[is_external] if isinstance(is_external, bool) else None
    return person(one, side=side, hint=_HINT)


def _utterance(entry: Item, known: Mapping[str, StatedParticipant]) -> Utterance:
    speaker = fields.item(entry, "speaker")
    name = fields.text(speaker, "display_name")
    email = address(speaker, "matched_calendar_invitee_email")
    who = known.get((email or name or "").casefold())
    return Utterance(
        text=fields.text(entry, "text") or "",
        speaker=name,
        email=email or (who.email if who else None),
        start_s=clock.seconds(fields.text(entry, "timestamp") or ""),
        stated_side=who.side if who else None,
        side_hint=who.side_hint if who else None,
    )


def _about(found: Item, people: list[StatedParticipant]) -> About:
    """`is_external` is seen from whoever recorded it."""
    matches = fields.item(found, "crm_matches")
    return About(
        title=fields.text(found, "title", "meeting_title"),
        began=moment(found.get("recording_start_time"))
        or moment(found.get("scheduled_start_time")),
        call_id=found.get("recording_id"),
        people=people,
        customers=_records(matches, "companies"),
        deals=_records(matches, "deals"),
        recorded_by=address(fields.item(found, "recorded_by"), "email"),
        machine_made=written_by_machine(found, "default_summary", "action_items"),
    )


def _records(matches: Item, key: str) -> Iterator[Json]:
    """The CRM's id at the end of a record's address, else the name."""
    for one in fields.items(matches, key):
        last = (fields.text(one, "record_url") or "").partition("?")[0].rstrip("/").rpartition("/")
        yield last[2] if any(char.isdecimal() for char in last[2]) else one.get("name")
