"""JSON as a stranger may send it: depth known before parsing, strings that can be stored."""

import json
import math
import re
from collections.abc import Iterator

from service.errors import Malformed

MAX_DEPTH = 64
_SHOWN = 80
_STEP = re.compile(r'\\.|["\[\]{}]', re.DOTALL)

Json = dict[str, "Json"] | list["Json"] | str | float | int | bool | None


class _Refused(Exception):
    """What is wrong, and at which place of the JSON where that is known."""

    def __init__(self, detail: str, place: str = "") -> None:
        super().__init__(detail)
        self.place = place


def loads(text: str, *, field: str | None = "file") -> Json:
    """Parse; raises Malformed, which names the place; it is the field where `field` is None."""
    try:
        return _parsed(text)
    except _Refused as error:
        raise Malformed(
            f"The JSON cannot be read: {error}",
            field=field or error.place or "body",
            mend="Send JSON as RFC 8259 has it, nested at most 64 deep.",
        ) from error


def _parsed(text: str) -> Json:
    _refuse_depth(text)
    try:
        value: Json = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _Refused(f"{error.msg} at line {error.lineno}, column {error.colno}.") from error
    except ValueError as error:  # more digits than Python turns into an integer
        raise _Refused("A number has too many digits.") from error
    for place, leaf in _leaves(value, ""):
        _refuse_leaf(leaf, _shown(place) or "the top")
    return value


def _refuse_depth(text: str) -> None:
    depth, in_string = 0, False
    for step in _STEP.finditer(text):
        mark = step.group()
        if mark == '"':
            in_string = not in_string
        elif not in_string and mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise _Refused(f"Nested over {MAX_DEPTH} deep at character {step.start()}.")
        elif not in_string and mark in "]}":
            depth -= 1


def _refuse_constant(name: str) -> None:
    raise _Refused(f"{name} is not JSON.")


def _leaves(value: Json, place: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"a key of {place or 'the top'}", key
            yield from _leaves(item, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{place}[{index}]")
    else:
        yield place, value


def _refuse_leaf(leaf: Json, place: str) -> None:
    if isinstance(leaf, float) and not math.isfinite(leaf):
        raise _Refused(f"A number is too large at {place}.", place)
    if not isinstance(leaf, str):
        return
    if "\x00" in leaf:
        raise _Refused(f"A NUL character stands at {place}.", place)
    if not leaf.isascii() and any("\ud800" <= char <= "\udfff" for char in leaf):
        raise _Refused(f"A lone surrogate stands at {place}.", place)


def _shown(place: str) -> str:
    return "".join(char for char in place[:_SHOWN] if char.isprintable())
