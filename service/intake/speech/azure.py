"""Azure Speech: recognised phrases of a batch, or the phrases of a fast transcription."""

import re
from collections.abc import Iterator

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.strict_json import Json

NAME = "azure-speech"
_TICKS = 10_000_000
_PARTS_OF_DURATION = r"(?:([0-9]{1,4})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)S)?"
_DURATION = re.compile("PT" + _PARTS_OF_DURATION)


def fits(content: Content) -> bool:
    """`recognizedPhrases`, or `phrases` with their offsets."""
    if not content.is_json:
        return False
    fast = fields.items(content.json, "phrases")
    return bool(fields.items(content.json, "recognizedPhrases")) or any(
        "offsetMilliseconds" in one and "text" in one for one in fast
    )


def read(content: Content) -> Parsed:
    """The best reading of each phrase; a phrase without one is left out."""
    value = content.json
    phrases = fields.items(value, "recognizedPhrases") or fields.items(value, "phrases")
    channels = {_channel(one) for one in phrases} - {None}
    return call(NAME, _spoken(phrases, several=len(channels) > 1))


def _spoken(phrases: list[Item], *, several: bool) -> Iterator[Utterance]:
    for phrase in phrases:
        start_s = _time(phrase, "offset")
        duration_s = _time(phrase, "duration")
        known = start_s is not None and duration_s is not None and duration_s >= 0
        yield Utterance(
            text=_text(phrase) or "",
            speaker=_speaker(phrase, several=several),
            start_s=start_s,
            end_s=round((start_s or 0.0) + (duration_s or 0.0), 3) if known else None,
        )


def _text(phrase: Item) -> str | None:
    best = next(iter(fields.items(phrase, "nBest")), phrase)
    return fields.text(best, "display", "text", "lexical")


def _speaker(phrase: Item, *, several: bool) -> str | None:
    """Speakers of several channels are numbered anew in each; else a channel is a speaker."""
    speaker = fields.speaker(phrase.get("speaker"))
    channel = _channel(phrase)
    if not several or channel is None:
        return speaker
    return " ".join(filter(None, (f"Channel {channel}", speaker)))


def _channel(phrase: Item) -> int | None:
    channel = phrase.get("channel")
    return channel if isinstance(channel, int) and not isinstance(channel, bool) else None


def _time(phrase: Item, name: str) -> float | None:
    """Ticks of 100 ns, else milliseconds, else a duration as `PT1M3.2S`."""
    ticks = fields.seconds(phrase, f"{name}InTicks", per_second=_TICKS)
    if ticks is not None:
        return ticks
    milliseconds = fields.seconds(phrase, f"{name}Milliseconds", per_second=1000)
    return milliseconds if milliseconds is not None else _duration(phrase.get(name))


def _duration(value: Json) -> float | None:
    found = _DURATION.fullmatch(value[:40]) if isinstance(value, str) else None
    if not found or not any(found.groups()):
        return None
    hours, minutes, rest = (float(part or 0) for part in found.groups())
    return round(hours * 3600 + minutes * 60 + rest, 3)
