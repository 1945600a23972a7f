"""A value from outside in its shape, or each field that is wrong and how to mend it."""

from typing import TypeVar

import pydantic
from pydantic_core import ErrorDetails

from schemas.model import Model
from schemas.text import WRITTEN
from service.errors import FieldError, Invalid

_SAID = {
    "model_type": ("must be an object", "Send a JSON object."),
    "extra_forbidden": ("is not known here", "Check its spelling, or leave it out."),
    "missing": ("is missing", "Send it."),
}
"""Where the words of pydantic name its own classes or say less than we know."""

_CORRECT = "Correct it, or leave it out."
_ERRORS = 20
_SHOWN = 60

Shape = TypeVar("Shape", bound=Model)


def validated(shape: type[Shape], value: object, *, written: bool = False) -> Shape:
    """The value in that shape; `written`: numbers came as text. Raises Invalid with each fault."""
    try:
        return shape.model_validate(value, context=WRITTEN if written else None)
    except pydantic.ValidationError as error:
        raise _invalid(error) from error


def _invalid(error: pydantic.ValidationError) -> Invalid:
    """What pydantic found, without the values that it looked at."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    wrong = [_field_error(one) for one in found[:_ERRORS]]
    detail = "; ".join(f"{one.field}: {one.detail}" for one in wrong[:5])
    return Invalid(detail, field=wrong[0].field, mend="See `errors`.", errors=wrong)


def _field_error(found: ErrorDetails) -> FieldError:
    field = ".".join(shown(str(part)) for part in found["loc"])
    said = found["msg"].removeprefix("Value error, "), _CORRECT
    detail, mend = _SAID.get(found["type"], said)
    return FieldError(field=field, detail=detail, mend=mend)


def shown(name: str) -> str:
    """As much of a caller's own name for a field as an answer repeats."""
    return "".join(char for char in name[:_SHOWN] if char.isprintable())
