"""Recall.ai: a downloaded transcript, a list of who said which words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, address, meeting
from service.intake.recorders.moments import moment

NAME = "recall"


def fits(content: Content) -> bool:
    """A list whose items have `participant` and `words`; `is_host` is no side."""
    value = content.json if content.is_json else None
    heads = fields.head(value) or fields.head(value, "transcript")
    return any(map(_is_entry, heads))


def read(content: Content) -> Parsed:
    """Words joined by spaces; their times are seconds, and moments that tell when it began."""
    entries = _entries(content)
    began = next((at for one in entries if (at := _began(one))), None)
    return meeting(NAME, map(_utterance, entries), About(began=began))


def _is_entry(one: Item) -> bool:
    if "words" not in one:
        return False
    return "participant" in one or any("start_timestamp" in w for w in fields.head(one, "words"))


def _entries(content: Content) -> list[Item]:
    return fields.items(content.json) or fields.items(content.json, "transcript")


def _began(entry: Item) -> datetime | None:
    """A moment less its own distance from the start."""
    for stamp in _stamps(entry):
        absolute, relative = moment(stamp.get("absolute")), fields.seconds(stamp, "relative")
        if absolute and relative is not None:
            return absolute - timedelta(seconds=relative)
    return None


def _stamps(entry: Item) -> Iterator[Item]:
    for word in fields.items(entry, "words"):
        yield fields.item(word, "start_timestamp")


def _utterance(entry: Item) -> Utterance:
    participant = fields.item(entry, "participant")
    words = fields.items(entry, "words")
    start_s = _relative(words[0], "start_timestamp") if words else None
    end_s = _relative(words[-1], "end_timestamp") if words else None
    return Utterance(
        text=" ".join(text.strip() for one in words if (text := fields.text(one, "text"))),
        speaker=fields.speaker(participant.get("name") or entry.get("speaker")),
        email=address(participant, "email"),
        start_s=start_s,
        end_s=fields.end_after(start_s, end_s),
    )


def _relative(word: Item, key: str) -> float | None:
    """Seconds, in the older shape right there."""
    found = fields.seconds(word, key)
    return fields.seconds(fields.item(word, key), "relative") if found is None else found
