"""Lists of segments: a text, perhaps a speaker, perhaps times, under the names tools give them."""

import re
from collections.abc import Iterator, Mapping
from statistics import median

from schemas.source import Kind, Parsed, Utterance
from service.errors import FormatUnknown
from service.intake import clock
from service.intake.documents.paragraphs import of_nobody
from service.intake.strict_json import Json

_TEXT = ("text", "content", "words", "transcript", "sentence", "snippet")
_SPEAKER = ("speaker", "speaker_name", "name", "role")
_START = ("start_s", "start", "start_time", "startTime", "begin", "timestamp")
_END = ("end_s", "end", "end_time", "endTime")
_START_MS = ("start_ms", "startMs", "start_time_ms")
_END_MS = ("end_ms", "endMs", "end_time_ms")
_SPEAKER_SIGNS = ("speaker", "person", "participant", "author", "user", "party")

_WORD = re.compile(r"([A-Z])")
_MACHINE_MADE = frozenset(
    (
        "summary",
        "summaries",
        "action",
        "actions",
        "highlight",
        "highlights",
        "topic",
        "topics",
        "note",
        "notes",
        "insight",
        "insights",
        "question",
        "questions",
        "outline",
        "chapter",
        "chapters",
        "tasks",
        "moments",
        "recap",
        "takeaways",
        "steps",
    )
)
"""Words of keys under which tools put what a machine wrote: no part of the talk."""

_LONGEST_S = 36_000
_SMALLEST_MS = 1_000
_LONGEST_UTTERANCE_S = 100

_Item = Mapping[str, Json]
_Times = tuple[float | None, float | None]


def find(value: Json) -> list[_Item] | None:
    """The list itself, or the only such list of an object; None where it is another shape."""
    if isinstance(value, list):
        return _as_segments(value)
    if not isinstance(value, dict):
        return None
    talk = [part for key, part in value.items() if not _MACHINE_MADE.intersection(_words(key))]
    found = [items for part in talk if (items := _as_segments(part))]
    return found[0] if len(found) == 1 else None


def _words(key: str) -> set[str]:
    """`actionItems` and `action_items` are the same two words."""
    return set(_WORD.sub(r" \1", key[:60]).replace("_", " ").casefold().split())


def _as_segments(value: Json) -> list[_Item] | None:
    if not isinstance(value, list) or not value:
        return None
    items: list[_Item] = []
    for item in value:
        if not (isinstance(item, dict) and _is_segment(item)):
            return None
        items.append(item)
    return items


def _is_segment(item: _Item) -> bool:
    """Has a text, and names nobody in a way that is not known here: the name would be lost."""
    if any(isinstance(item.get(key), dict | list) for key in _SPEAKER):
        return False
    strangers = (key.casefold() for key in item if key not in _SPEAKER)
    return _text(item) is not None and not any(
        sign in key for key in strangers for sign in _SPEAKER_SIGNS
    )


def read(value: Json, *, name: str) -> Parsed:
    """An utterance a segment, sorted by start where every start is known."""
    items = find(value)
    if items is None:
        raise FormatUnknown("This JSON is no list of segments.", field="file")
    times = _times(items)
    spoken = [
        Utterance(text=_text(item) or "", speaker=_speaker(item), start_s=start, end_s=end)
        for item, (start, end) in zip(items, times, strict=True)
    ]
    if all(start is not None for start, _ in times):
        spoken.sort(key=lambda one: one.start_s or 0.0)
    return Parsed(
        kind=Kind.CALL,
        format=name,
        utterances=tuple(spoken),
        notices=of_nobody(spoken),
    )


def _text(item: _Item) -> str | None:
    return next((text for key in _TEXT if isinstance(text := item.get(key), str)), None)


def _speaker(item: _Item) -> str | None:
    """A number is a speaker too, as in diarized recordings."""
    for key in _SPEAKER:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return f"Speaker {value}"
    return None


def _times(items: list[_Item]) -> list[_Times]:
    """Seconds; whole numbers too large for a call, or for an utterance, are milliseconds."""
    stated = [(_number(item, _START_MS), _number(item, _END_MS)) for item in items]
    if any(start is not None for start, _ in stated):
        return [_within(start, end, 1000) for start, end in stated]
    found = [(_number(item, _START), _number(item, _END)) for item in items]
    unit = 1000 if _are_milliseconds(found) else 1
    return [_within(start, end, unit) for start, end in found]


def _are_milliseconds(found: list[_Times]) -> bool:
    known = [time for pair in found for time in pair if time is not None]
    if not known:
        return False
    lasting = list(_lasting(found))
    long = bool(lasting) and median(lasting) > _LONGEST_UTTERANCE_S
    whole = all(time.is_integer() and (time > _SMALLEST_MS or time == 0) for time in known)
    return max(known) > _LONGEST_S or (whole and long)


def _lasting(found: list[_Times]) -> Iterator[float]:
    for start, end in found:
        if start is not None and end is not None:
            yield end - start


def _within(start: float | None, end: float | None, unit: int) -> _Times:
    """In seconds; a calendar moment is no time of a call, an end before its start unknown."""
    start_s = _of_a_call(start, unit)
    end_s = _of_a_call(end, unit)
    if start_s is None or (end_s is not None and end_s < start_s):
        end_s = None
    return start_s, end_s


def _of_a_call(time: float | None, unit: int) -> float | None:
    if time is None or abs(time / unit) > 100 * _LONGEST_S:
        return None
    return round(time / unit, 3)


def _number(item: _Item, keys: tuple[str, ...]) -> float | None:
    """The first key that holds a number, a number as text, or a clock."""
    value = next((item[key] for key in keys if item.get(key) is not None), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if abs(value) < 1e15 else None  # noqa: PLR2004 - beyond any calendar
    if not isinstance(value, str):
        return None
    bare = value.strip().removesuffix("s")
    if bare.replace(".", "", 1).isdecimal() and len(bare) < 16:  # noqa: PLR2004 - the same bound
        return float(bare)
    return clock.seconds(value)
