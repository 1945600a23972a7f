"""What a caller may say about the source they send."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from schemas.model import Model
from schemas.source import Kind, Side
from schemas.text import Flag, Instant, Reference, Title


class ParticipantForm(Model):
    """Somebody of the source; matched to speakers by e-mail, else by name."""

    name: Title | None = None
    email: Title | None = None
    side: Side | None = None


class SourceForm(Model):
    """The fields beside the content; all optional."""

    kind: Kind | None = None
    format: Title | None = None
    customer: Reference | None = None
    deal: Reference | None = None
    title: Title | None = None
    occurred_at: Instant | None = None
    participants: Annotated[tuple[ParticipantForm, ...], Field(max_length=200)] = ()
    external_id: Reference | None = None
    consent: bool | None = None
    """Whether everybody recorded has agreed."""


def _text_or_shape(value: object) -> object:
    """One error for the field, rather than one for each type that it might have had."""
    if not isinstance(value, str | dict | list):
        raise ValueError("must be a text or an object")  # noqa: TRY004 - pydantic reports ValueErrors
    return value


class SourceChange(Model):
    """What a person corrects on a source; what is left out stays, null clears."""

    customer: Reference | None = None
    deal: Reference | None = None
    title: Title | None = None
    occurred_at: Instant | None = None
    participants: Annotated[tuple[ParticipantForm, ...], Field(max_length=200)] | None = None


class SourceBody(SourceForm):
    """The same as JSON, with the content in it: text, or an object of a known shape."""

    consent: Flag | None = None
    content: Annotated[str | dict[str, Any] | list[Any], BeforeValidator(_text_or_shape)]
