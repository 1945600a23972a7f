"""A call out of what a recorder says: the talk, and what stands beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from schemas.source import Notice, Parsed, Side, StatedParticipant, Utterance
from schemas.text import Reference
from service.intake import fields
from service.intake.call import call
from service.intake.fields import Item
from service.intake.strict_json import Json

MOST_PEOPLE = 200
_REFERENCE: TypeAdapter[str] = TypeAdapter(Reference)


@dataclass(frozen=True)
class About:
    """What a tool says beside the talk; all of it optional."""

    title: str | None = None
    began: datetime | None = None
    call_id: Json = None
    people: Iterable[StatedParticipant] = ()
    customers: Iterable[Json] = ()
    deals: Iterable[Json] = ()
    recorded_by: str | None = None
    machine_made: Sequence[str] = ()
    notices: tuple[Notice, ...] = ()


def meeting(name: str, spoken: Iterable[Utterance], about: About) -> Parsed:
    """Raises NoContent where nobody said a word."""
    found = list(spoken)
    parsed = call(name, found)
    people = list(about.people)
    customers, deals = references(about.customers), references(about.deals)
    call_id = next(iter(references([about.call_id])), None)
    return parsed.model_copy(
        update={
            "title": about.title,
            "occurred_at": about.began or _first_moment(parsed.utterances),
            "participants": tuple(people[:MOST_PEOPLE]),
            "external_id": f"{name}:{call_id}"[:200] if call_id else None,
            "customer": customers[0] if len(customers) == 1 else None,
            "deal": deals[0] if len(deals) == 1 else None,
            "recorded_by": about.recorded_by,
            "notices": parsed.notices
            + about.notices
            + tuple(_machine_made(about.machine_made))
            + tuple(_several("customer", customers))
            + tuple(_several("deal", deals))
            + tuple(_left_out(len(found) - len(parsed.utterances), len(people) - MOST_PEOPLE)),
        }
    )


def person(
    item: Item,
    *,
    name: Sequence[str] = ("name",),
    email: Sequence[str] = ("email",),
    side: Side | None = None,
    hint: str | None = None,
) -> StatedParticipant:
    """Somebody as the tool lists them, with the side it gives them and the field that says so."""
    return StatedParticipant(
        name=fields.text(item, *name),
        email=address(item, *email),
        side=side,
        side_hint=hint if side else None,
    )


def address(item: Item, *keys: str) -> str | None:
    """A mail address from the first of the keys that holds one."""
    found = (fields.text(item, key) for key in keys)
    return next((one.strip() for one in found if one and "@" in one), None)


def references(values: Iterable[Json]) -> list[str]:
    """The different ones among them that may be references; an id may be a number."""
    return list(dict.fromkeys(ref for one in values if (ref := _reference(one)) is not None))


def _reference(value: Json) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    try:
        return _REFERENCE.validate_python(str(value))
    except ValidationError:
        return None


def written_by_machine(item: Item, *keys: str) -> tuple[str, ...]:
    """Which of these parts of an answer are there: summaries, action items, topics."""
    return tuple(key for key in keys if item.get(key))


def _machine_made(parts: Sequence[str]) -> Iterable[Notice]:
    if parts:
        detail = f"Left out, because a machine wrote it: {', '.join(parts)}."
        yield Notice(code="machine-text-left-out", detail=detail)


def _several(what: str, found: Sequence[str]) -> Iterable[Notice]:
    if len(found) > 1:
        yield Notice(
            code=f"{what}-ambiguous",
            detail=f"The file names {len(found)} of them, so it was given none: {what}.",
            mend=f"Set `{what}` with PATCH.",
        )


def _left_out(blank: int, people: int) -> Iterable[Notice]:
    if blank > 0:
        detail = f"{blank} entries without words were left out."
        yield Notice(code="entries-without-words", detail=detail)
    if people > 0:
        detail = f"{people} participants beyond {MOST_PEOPLE} were left out."
        yield Notice(code="participants-cut", detail=detail)


def _first_moment(utterances: Iterable[Utterance]) -> datetime | None:
    """When the first words were said, where only the calendar knows."""
    return min((one.sent_at for one in utterances if one.sent_at), default=None)
