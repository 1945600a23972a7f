"""Known faults of servers in the shape of a reply, undone before its types are checked.

What is none of them is handed on as it is, and then refused: a reply that cannot be read is never
taken for an empty one.
"""

from collections.abc import Mapping, Sequence

from schemas.claim import FIELDS

DEEPEST = 3
"""Wrappers around a reply that are taken off."""
ARGUMENTS = ("arguments", "parameters", "input")
"""Where the echo of a tool call keeps the reply, beside its `name`."""
FIELD_KEY = "field"


def unwrapped(data: object) -> object:
    """The object that holds the four fields, whatever it was wrapped in or named."""
    for _ in range(DEEPEST):
        inner = _inner(data)
        if inner is None:
            break
        data = inner
    if isinstance(data, list):
        return _grouped(data)
    if isinstance(data, Mapping) and _is_schema(data):
        raise ValueError("the schema came back instead of a reply")
    return data


def _inner(data: object) -> object | None:
    """What one wrapper holds; None where there is none."""
    if not isinstance(data, Mapping) or any(field in data for field in FIELDS):
        return None
    held = [value for value in data.values() if isinstance(value, Mapping | list)]
    if len(data) == 1:
        return held[0] if held else None
    if set(data) <= {"name", "type", "id", *ARGUMENTS}:
        return next((data[key] for key in ARGUMENTS if key in data), None)
    return None


def _is_schema(data: Mapping[object, object]) -> bool:
    if "properties" in data or "$defs" in data:
        return True
    fields = [data[field] for field in FIELDS if field in data]
    return any(isinstance(field, Mapping) and "type" in field for field in fields)


def _grouped(items: Sequence[object]) -> dict[str, list[object]]:
    """A list of items that each name their field; an empty list names none and is refused."""
    if not items:
        raise ValueError("a list without items does not say which fields are empty")
    fields: dict[str, list[object]] = {field: [] for field in FIELDS}
    for item in items:
        if not isinstance(item, Mapping) or item.get(FIELD_KEY) not in FIELDS:
            raise ValueError("an item of the list names no field")
        rest = {key: value for key, value in item.items() if key != FIELD_KEY}
        fields[str(item[FIELD_KEY])].append(rest)
    return fields
