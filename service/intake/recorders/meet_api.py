"""Google Meet: transcript entries of its API, joined with the participants where both are there."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from schemas.source import Notice, Parsed, StatedParticipant, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting
from service.intake.recorders.moments import moment, times

NAME = "google-meet-api"
_KINDS = ("signedinUser", "anonymousUser", "phoneUser")
_NAMES_MISSING = Notice(
    code="speaker-names-missing",
    detail="Transcript entries of Google Meet name speakers by their resource only.",
    mend="Send the list of participants too: a JSON list of both answers.",
)


def fits(content: Content) -> bool:
    """`transcriptEntries`, each with a participant."""
    return any(
        "participant" in one
        for part in content.objects
        for one in fields.head(part, "transcriptEntries")
    )


def read(content: Content) -> Parsed:
    """Names stand in the list of participants; the call began when the first of them came."""
    parts = content.objects
    entries = [one for part in parts for one in fields.items(part, "transcriptEntries")]
    people = [one for part in parts for one in fields.items(part, "participants")]
    named = {name: _name(one) for one in people if (name := fields.text(one, "name"))}
    began = _began(parts, people)
    about = About(
        notices=() if people else (_NAMES_MISSING,),
        began=began,
        call_id=_conference(entries[0]) if entries else None,
        people=[StatedParticipant(name=name) for name in named.values() if name],
    )
    return meeting(NAME, [_utterance(one, named, began=began) for one in entries], about)


def _name(one: Item) -> str | None:
    users = (one.get(kind) for kind in _KINDS)
    return next(
        (fields.text(user, "displayName") for user in users if isinstance(user, dict)), None
    )


def _began(parts: Iterable[Item], people: Iterable[Item]) -> datetime | None:
    """The start of the conference record, else the earliest arrival."""
    records = [one.get("startTime") for one in parts if "transcriptEntries" not in one]
    arrivals = [one.get("earliestStartTime") for one in people]
    found = [at for one in records if (at := moment(one))]
    return min(found or [at for one in arrivals if (at := moment(one))], default=None)


def _conference(entry: Item) -> str | None:
    """`cr1` of `conferenceRecords/cr1/transcripts/...`."""
    steps = (fields.text(entry, "name") or "").split("/")
    return steps[1] if len(steps) > 1 else None


def _utterance(
    entry: Item, named: Mapping[str, str | None], *, began: datetime | None
) -> Utterance:
    """Without the list of participants the speaker is the resource's own name."""
    resource = fields.text(entry, "participant")
    stands = times(began, moment(entry.get("startTime")), moment(entry.get("endTime")))
    return Utterance(
        text=fields.text(entry, "text") or "",
        speaker=(named.get(resource) or resource) if resource else None,
        **stands._asdict(),
    )
