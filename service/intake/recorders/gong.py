"""Gong: the transcript of a call, joined with the call's details where both are there."""

from collections.abc import Iterator, Mapping, Sequence

from schemas.source import Notice, Parsed, Side, StatedParticipant, Utterance
from service.errors import NoContent
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person, written_by_machine
from service.intake.recorders.moments import moment
from service.intake.recorders.one_call import only
from service.intake.strict_json import Json

NAME = "gong"
_HINT = "gong:affiliation"
_SIDES = {"internal": Side.VENDOR, "external": Side.CUSTOMER}
_ACCOUNTS = frozenset({"account", "company"})
_DEALS = frozenset({"opportunity", "deal"})
_PER_SECOND = 1000
_MACHINE_MADE = (
    "brief",
    "outline",
    "highlights",
    "callOutcome",
    "keyPoints",
    "pointsOfInterest",
    "topics",
)
_OTHER_CALL = Notice(
    code="details-of-another-call",
    detail="The details are those of another call than the transcript, so they were not used.",
    mend="Send the answer of /v2/calls/extensive for the same call.",
)
_NAMES_MISSING = Notice(
    code="speaker-names-missing",
    detail="A Gong transcript has ids for speakers; names and sides stand in the call's details.",
    mend="Send the answer of /v2/calls/extensive too: a JSON list of both answers.",
)


def fits(content: Content) -> bool:
    """The answer of `/v2/calls/transcript` or of `/v2/calls/extensive`, or both."""
    return any(
        "callTranscripts" in one or any("metaData" in call for call in fields.head(one, "calls"))
        for one in content.objects
    )


def read(content: Content) -> Parsed:
    """Raises NoContent where the transcript is not in it, SeveralCalls where several are."""
    transcripts = [one for part in content.objects for one in fields.items(part, "callTranscripts")]
    if not transcripts:
        raise NoContent(
            "These are the details of a Gong call, without its transcript.",
            field="file",
            mend="Send the answer of /v2/calls/transcript too: a JSON list of both answers.",
        )
    transcript = only(transcripts, "callTranscripts")
    details = [one for part in content.objects for one in _details(part)]
    call_id = transcript.get("callId")
    ours = [one for one in details if fields.at(one, "metaData", "id") in {call_id, None}]
    return meeting(
        NAME,
        _spoken(transcript, _speakers(ours[0] if ours else {})),
        _about(call_id, ours, others=len(details) - len(ours)),
    )


def _details(part: Item) -> list[Item]:
    """Calls with what is known of them; a webhook has one under `callData`."""
    found = [one for one in fields.items(part, "calls") if "metaData" in one]
    return found or ([part] if "metaData" in part and "parties" in part else [])


def _speakers(details: Item) -> dict[str, StatedParticipant]:
    """By speaker id; who never spoke has none."""
    parties = fields.items(details, "parties")
    return {str(one["speakerId"]): _party(one) for one in parties if one.get("speakerId")}


def _party(one: Item) -> StatedParticipant:
    side = _SIDES.get((fields.text(one, "affiliation") or "").casefold())
    return person(one, email=("emailAddress",), side=side, hint=_HINT)


def _spoken(transcript: Item, speakers: Mapping[str, StatedParticipant]) -> Iterator[Utterance]:
    for monologue in fields.items(transcript, "transcript"):
        said_by = monologue.get("speakerId")
        who = speakers.get(str(said_by))
        for sentence in fields.items(monologue, "sentences"):
            start_s, end_s = fields.times(sentence, "start", "end", per_second=_PER_SECOND)
            yield Utterance(
                text=fields.text(sentence, "text") or "",
                speaker=who.name if who else fields.speaker(said_by),
                email=who.email if who else None,
                start_s=start_s,
                end_s=end_s,
                stated_side=who.side if who else None,
                side_hint=who.side_hint if who else None,
            )


def _about(call_id: Json, ours: Sequence[Item], *, others: int) -> About:
    if not ours:
        return About(call_id=call_id, notices=(_OTHER_CALL if others else _NAMES_MISSING,))
    told = fields.item(ours[0], "metaData")
    return About(
        title=fields.text(told, "title"),
        began=moment(told.get("started")) or moment(told.get("scheduled")),
        call_id=call_id or told.get("id"),
        people=[_party(one) for one in fields.items(ours[0], "parties")],
        customers=_crm_ids(ours[0], _ACCOUNTS),
        deals=_crm_ids(ours[0], _DEALS),
        machine_made=written_by_machine(fields.item(ours[0], "content"), *_MACHINE_MADE),
    )


def _crm_ids(details: Item, types: frozenset[str]) -> list[Json]:
    return [
        one.get("objectId")
        for context in fields.items(details, "context")
        for one in fields.items(context, "objects")
        if (fields.text(one, "objectType") or "").casefold() in types
    ]
