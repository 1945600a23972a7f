"""Fireflies: a transcript as its GraphQL API answers it."""

from collections.abc import Iterator, Mapping

from schemas.source import Parsed, Side, StatedParticipant, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, address, meeting, person, written_by_machine
from service.intake.recorders.moments import moment
from service.intake.recorders.one_call import only

NAME = "fireflies"
_HINT = "fireflies:workspace_users"
_OF_THE_TOOL = ("organizer_email", "host_email", "fireflies_users", "workspace_users")
_NAMES = ("name", "displayName")


def fits(content: Content) -> bool:
    """`sentences` whose items have `speaker_name`, or beside keys that only Fireflies has."""
    return bool(_transcripts(content))


def read(content: Content) -> Parsed:
    """Seconds from the start; a speaker without a name is unknown."""
    transcript = only(_transcripts(content), "transcripts")
    people = _people(transcript)
    known = {one.name: one for one in people if one.name}
    return meeting(
        NAME,
        [_utterance(one, known) for one in fields.items(transcript, "sentences")],
        About(
            title=fields.text(transcript, "title"),
            began=moment(transcript.get("date")) or moment(transcript.get("dateString")),
            call_id=transcript.get("id"),
            people=people,
            machine_made=written_by_machine(transcript, "summary", "apps_preview", "analytics"),
        ),
    )


def _transcripts(content: Content) -> list[Item]:
    found: list[Item] = []
    for part in content.objects:
        found += [part, *fields.head(part, "transcripts")]
        inner = fields.at(part, "transcript")
        found += [inner] if isinstance(inner, dict) else []
    different = {id(one): one for one in found if _is_transcript(one)}
    return list(different.values())


def _is_transcript(one: Item) -> bool:
    named = any("speaker_name" in sentence for sentence in fields.head(one, "sentences"))
    return named or ("sentences" in one and any(key in one for key in _OF_THE_TOOL))


def _utterance(sentence: Item, known: Mapping[str, StatedParticipant]) -> Utterance:
    name = fields.text(sentence, "speaker_name")
    who = known.get(name.strip()) if name else None
    start_s, end_s = fields.times(sentence, "start_time", "end_time")
    return Utterance(
        text=fields.text(sentence, "text", "raw_text") or "",
        speaker=name,
        email=who.email if who else None,
        start_s=start_s,
        end_s=end_s,
        stated_side=who.side if who else None,
        side_hint=who.side_hint if who else None,
    )


def _people(transcript: Item) -> list[StatedParticipant]:
    """Attendees, then addresses without a name; the account's own people are the vendor's."""
    own = _own(transcript)
    listed = [_person(one, own) for one in fields.items(transcript, "meeting_attendees")]
    known = {one.email.casefold() for one in listed if one.email}
    rest = [one for one in _addresses(transcript, "participants") if one not in known]
    return listed + [_person({"email": one}, own) for one in rest]


def _person(one: Item, own: frozenset[str]) -> StatedParticipant:
    email = address(one, "email")
    side = Side.VENDOR if email and email.casefold() in own else None
    return person(one, name=_NAMES, side=side, hint=_HINT)


def _own(transcript: Item) -> frozenset[str]:
    """The workspace's users; without that list, users of the tool, if all are of one company."""
    if workspace := list(_addresses(transcript, "workspace_users")):
        return frozenset(workspace)
    users = frozenset(_addresses(transcript, "fireflies_users"))
    return users if len({one.rpartition("@")[2] for one in users}) == 1 else frozenset()


def _addresses(transcript: Item, key: str) -> Iterator[str]:
    """Several may stand in one string, with commas between them."""
    found = transcript.get(key)
    for one in found if isinstance(found, list) else ():
        if isinstance(one, str):
            yield from (part.strip().casefold() for part in one.split(",") if "@" in part)
