"""JSON as a stranger may send it: depth known before parsing, strings that can be stored."""

import json
import math
import re
from collections.abc import Iterator

from service.errors import Malformed

MAX_DEPTH = 64
_SHOWN = 80
_MAY_HIDE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])|[\ud800-\udfff]")
"""How a NUL or a surrogate gets into a string; text without it is not looked through."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STEP = re.compile(r'\\.|["\[\]{}]', re.DOTALL)

Json = dict[str, "Json"] | list["Json"] | str | float | int | bool | None


class _Refused(Exception):
    """What is wrong, and at which place of the JSON where that is known."""

    def __init__(self, detail: str, place: str = "") -> None:
        super().__init__(detail)
        self.place = place


class _Infinite(Exception):
    """A number is larger than any float."""


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
        value: Json = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _Refused(f"{error.msg} at line {error.lineno}, column {error.colno}.") from error
    except _Infinite:
        value = json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:  # more digits than Python turns into an integer
        raise _Refused("A number has too many digits.") from error
    else:
        if not _MAY_HIDE.search(text):
            return value
    for place, leaf in _leaves(value, ""):
        _refuse_leaf(leaf, place)
    return value


def _finite(digits: str) -> float:
    """Every other number is cheap; this one is looked for again, with its place."""
    if math.isinf(number := float(digits)):
        raise _Infinite
    return number


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
        raise _at(place, "A number is too large")
    if not isinstance(leaf, str):
        return
    if "\x00" in leaf:
        raise _at(place, "A NUL character stands")
    if not leaf.isascii() and _SURROGATE.search(leaf):
        raise _at(place, "A lone surrogate stands")


def _at(place: str, what: str) -> _Refused:
    shown = "".join(char for char in place[:_SHOWN] if char.isprintable()) or "the top"
    return _Refused(f"{what} at {shown}.", shown)
