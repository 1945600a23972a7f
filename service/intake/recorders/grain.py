"""Grain: a recording and its transcript, which its API answers apart and people send joined."""

from collections.abc import Mapping

from schemas.source import Parsed, Side, StatedParticipant, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person, written_by_machine
from service.intake.recorders.moments import moment
from service.intake.strict_json import Json

NAME = "grain"
_HINT = "grain:scope"
_SIDES = {"internal": Side.VENDOR, "external": Side.CUSTOMER}
_PER_SECOND = 1000
_MOST_ANSWERS = 4
_MACHINE_MADE = (
    "ai_summary",
    "ai_action_items",
    "ai_template_sections",
    "summary",
    "summary_points",
    "intelligence_notes_md",
    "highlights",
)


def fits(content: Content) -> bool:
    """Entries that name their speaker by `participant_id`, alone or in a recording."""
    value = content.json if content.is_json else None
    lists = [fields.head(part, "transcript") for part in content.objects]
    heads = [one for found in (*lists, *map(fields.head, _lists(value))) for one in found]
    return any("participant_id" in one and "text" in one for one in heads)


def read(content: Content) -> Parsed:
    """Milliseconds; the recording has names, sides and the ids of the CRM."""
    recording = _recording(content)
    people = fields.items(recording, "participants")
    known = {str(one["id"]): _person(one) for one in people if one.get("id") is not None}
    hubspot = {**fields.item(recording, "hubspot"), **recording}
    about = About(
        title=fields.text(recording, "title"),
        began=moment(recording.get("start_datetime")),
        call_id=recording.get("id"),
        people=list(map(_person, people)),
        customers=_list(hubspot.get("hubspot_company_ids")),
        deals=_list(hubspot.get("hubspot_deal_ids")),
        machine_made=written_by_machine(recording, *_MACHINE_MADE),
    )
    return meeting(NAME, [_utterance(one, known) for one in _entries(content)], about)


def _entries(content: Content) -> list[Item]:
    found = [one for part in content.objects for one in fields.items(part, "transcript")]
    return found or [one for entries in _lists(content.json) for one in fields.items(entries)]


def _lists(value: Json) -> list[Json]:
    """A transcript by itself, or the lists among a few answers."""
    answers = value if isinstance(value, list) else []
    return [one for one in answers[:_MOST_ANSWERS] if isinstance(one, list)] or [value]


def _recording(content: Content) -> Item:
    found = [one for one in content.objects if "start_datetime" in one or "participants" in one]
    return found[-1] if found else {}


def _person(one: Item) -> StatedParticipant:
    side = _SIDES.get((fields.text(one, "scope") or "").casefold())
    return person(one, side=side, hint=_HINT)


def _utterance(one: Item, known: Mapping[str, StatedParticipant]) -> Utterance:
    who = known.get(str(one.get("participant_id")))
    start_s, end_s = fields.times(one, "start", "end", per_second=_PER_SECOND)
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=fields.speaker(one.get("speaker")) or (who.name if who else None),
        email=who.email if who else None,
        start_s=start_s,
        end_s=end_s,
        stated_side=who.side if who else None,
        side_hint=who.side_hint if who else None,
    )


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
