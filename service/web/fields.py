"""A value from outside in its shape, or each field that is wrong and how to mend it."""

from typing import TypeVar

import pydantic

from schemas.model import Model
from schemas.text import WRITTEN
from service.errors import Invalid, field_errors

Shape = TypeVar("Shape", bound=Model)


def validated(shape: type[Shape], value: object, *, written: bool = False) -> Shape:
    """The value in that shape; `written`: numbers came as text. Raises Invalid with each fault."""
    try:
        return shape.model_validate(value, context=WRITTEN if written else None)
    except pydantic.ValidationError as error:
        raise _invalid(error) from error


def _invalid(error: pydantic.ValidationError) -> Invalid:
    """What pydantic found, without the values that it looked at."""
    wrong = field_errors(error)
    detail = "; ".join(f"{one.field}: {one.detail}" for one in wrong[:5])
    return Invalid(detail, field=wrong[0].field, mend="See `errors`.", errors=wrong)
