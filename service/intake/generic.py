"""JSON for everybody: the project's own shape, and lists of segments as tools write them."""

from typing import Annotated

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from schemas.model import Model
from schemas.source import Kind, Parsed, Side, StatedParticipant, Utterance
from service.errors import Invalid, field_errors
from service.intake import segments
from service.intake.content import Content
from service.intake.strict_json import Json

NAME = "json"
_PARTICIPANTS = 200
_SECONDS = 10_000_000.0

_Name = Annotated[str, Field(max_length=300)]
_Time = Annotated[float, Field(ge=-_SECONDS, le=_SECONDS, allow_inf_nan=False)]


class _Person(Model):
    name: _Name | None = None
    email: _Name | None = None
    side: Side | None = None


class _Turn(Model):
    speaker: _Name | None = None
    text: str
    start_s: _Time | None = None
    end_s: _Time | None = None
    sent_at: AwareDatetime | None = None


class _Call(Model):
    participants: Annotated[tuple[_Person, ...], Field(max_length=_PARTICIPANTS)] = ()
    turns: tuple[_Turn, ...]


_CALL = TypeAdapter(_Call)


def fits(content: Content) -> bool:
    """An object with `turns`, or one list of segments."""
    if not content.is_json:
        return False
    return _is_call(content.json) or segments.find(content.json) is not None


def _is_call(value: Json) -> bool:
    return isinstance(value, dict) and "turns" in value


def read(content: Content) -> Parsed:
    """Raises Invalid, which names each field that is wrong."""
    if not _is_call(content.json):
        return segments.read(content.json, name=NAME)
    try:
        call = _CALL.validate_python(content.json)
    except ValidationError as error:
        raise _invalid(error) from error
    return Parsed(
        kind=Kind.CALL,
        format=NAME,
        utterances=tuple(map(_utterance, call.turns)),
        participants=tuple(StatedParticipant(**dict(person)) for person in call.participants),
    )


def _utterance(turn: _Turn) -> Utterance:
    backwards = turn.start_s is not None and turn.end_s is not None and turn.end_s < turn.start_s
    return Utterance(**{**dict(turn), "end_s": None if backwards else turn.end_s})


def _invalid(error: ValidationError) -> Invalid:
    errors = field_errors(error)
    return Invalid(
        "The JSON has `turns`, but not in the known shape.",
        field=errors[0].field or "content",
        mend="Send {participants: [{name, email?, side?}], turns: [{speaker, text, start_s?, "
        "end_s?, sent_at?}]}.",
        errors=errors,
    )
