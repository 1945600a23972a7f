"""Values out of JSON as tools write it: what has another type than it should is not there."""

import re

from service.intake.strict_json import Json

Item = dict[str, Json]

_HEAD = 100
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{0,15})?s?")
_BEYOND_ANY_CALENDAR = 1e15
_LONGEST_CALL_S = 3_600_000
_DIGITS_OF_A_TAG = 3


def at(value: Json, *path: str) -> Json:
    """What stands at that path of objects, else None."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def item(value: Json, *path: str) -> Item:
    """The object at that path; an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, dict) else {}


def items(value: Json, *path: str) -> list[Item]:
    """The objects in the list at that path; what is no list of objects holds none."""
    found = at(value, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def head(value: Json, *path: str) -> list[Item]:
    """The first objects of that list: as many as it takes to know a format."""
    found = at(value, *path)
    return items(found[:_HEAD]) if isinstance(found, list) else []


def text(item: Item, *keys: str) -> str | None:
    """The first of the keys that holds words."""
    return next(
        (one for key in keys if isinstance(one := item.get(key), str) and one.strip()), None
    )


def number(value: Json) -> float | None:
    """A number, also one written as text (`"0.44"`, `"1.500s"`)."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if abs(value) < _BEYOND_ANY_CALENDAR else None
    if isinstance(value, str) and _NUMBER.fullmatch(bare := value.strip()):
        return float(bare.removesuffix("s"))
    return None


def seconds(item: Item, *keys: str, per_second: float = 1) -> float | None:
    """A time of a call from the first key that is there; a calendar moment is none."""
    value = number(next((item[key] for key in keys if item.get(key) is not None), None))
    if value is None or abs(value / per_second) > _LONGEST_CALL_S:
        return None
    return round(value / per_second, 3)


def times(
    item: Item, start: str, end: str, *, per_second: float = 1
) -> tuple[float | None, float | None]:
    """Start and end in seconds, from the two keys."""
    start_s = seconds(item, start, per_second=per_second)
    return start_s, end_after(start_s, seconds(item, end, per_second=per_second))


def end_after(start_s: float | None, end_s: float | None) -> float | None:
    """The end, unless it is before the start or the start is unknown."""
    return end_s if start_s is not None and end_s is not None and end_s >= start_s else None


def speaker(value: Json) -> str | None:
    """A label as it stands; a bare number, as diarization writes it, is `Speaker N`."""
    if isinstance(value, str) and value.strip():
        label = value.strip()
        return f"Speaker {label}" if _is_tag(label) else label
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return None


def _is_tag(label: str) -> bool:
    return label.isascii() and label.isdecimal() and len(label) <= _DIGITS_OF_A_TAG
