"""Whisper and what follows it: verbose JSON, WhisperX, OpenAI's diarized JSON."""

import re

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.strict_json import Json

NAME = "whisper"
_DIARIZED = re.compile(r"SPEAKER_[0-9]{1,4}")
_SIGNS = frozenset(("avg_logprob", "no_speech_prob", "compression_ratio"))


def fits(content: Content) -> bool:
    """Segments with a key that only these write; or the words of one text, on request."""
    value = content.json if content.is_json else None
    if any(_is_segment(one) for one in fields.items(value, "segments")):
        return True
    return (
        fields.at(value, "task") == "transcribe" and fields.text(_item(value), "text") is not None
    )


def _is_segment(item: Item) -> bool:
    speaker = item.get("speaker")
    return "text" in item and (
        bool(_SIGNS & item.keys())
        or item.get("type") == "transcript.text.segment"
        or (isinstance(speaker, str) and bool(_DIARIZED.fullmatch(speaker)))
        or any("word" in word for word in fields.items(item, "words"))
    )


def _item(value: Json) -> Item:
    return value if isinstance(value, dict) else {}


def read(content: Content) -> Parsed:
    """A segment is an utterance; words on request have no punctuation and are left alone."""
    if segments := fields.items(content.json, "segments"):
        return call(NAME, map(_utterance, segments))
    whole = _item(content.json)
    return call(NAME, [Utterance(text=fields.text(whole, "text") or "")])


def _utterance(segment: Item) -> Utterance:
    start_s, end_s = fields.times(segment, "start", "end")
    return Utterance(
        text=fields.text(segment, "text") or "",
        speaker=fields.speaker(segment.get("speaker")),
        start_s=start_s,
        end_s=end_s,
    )
