"""JSON as a stranger may send it: depth known before parsing, strings that can be stored."""

import json
import math
import re
from collections.abc import Iterator

from service.errors import Malformed

MAX_DEPTH = 64
_STEP = re.compile(r'\\.|["\[\]{}]', re.DOTALL)

Json = dict[str, "Json"] | list["Json"] | str | float | int | bool | None


def loads(text: str) -> Json:
    """Parse; raises Malformed, which names the place."""
    _refuse_depth(text)
    try:
        value: Json = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _malformed(f"{error.msg} at line {error.lineno}, column {error.colno}.") from error
    except ValueError as error:  # more digits than Python turns into an integer
        raise _malformed("A number has too many digits.") from error
    for place, leaf in _leaves(value, ""):
        _refuse_leaf(leaf, place or "the top")
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
                raise _malformed(f"Nested over {MAX_DEPTH} deep at character {step.start()}.")
        elif not in_string and mark in "]}":
            depth -= 1


def _refuse_constant(name: str) -> None:
    raise _malformed(f"{name} is not JSON.")


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
        raise _malformed(f"A number is too large at {place}.")
    if not isinstance(leaf, str):
        return
    if "\x00" in leaf:
        raise _malformed(f"A NUL character stands at {_shown(place)}.")
    if not leaf.isascii() and any("\ud800" <= char <= "\udfff" for char in leaf):
        raise _malformed(f"A lone surrogate stands at {_shown(place)}.")


def _shown(place: str) -> str:
    return "".join(char for char in place[:200] if char.isprintable())


def _malformed(detail: str) -> Malformed:
    return Malformed(f"The JSON cannot be read: {detail}", field="file")
