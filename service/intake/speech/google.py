"""Google Speech-to-Text, versions 1 and 2: results, of which the last may repeat every word."""

from collections.abc import Iterator

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.speech.words import Word, sentences, spaced
from service.intake.strict_json import Json

NAME = "google-speech"
_TAGS = ("speakerTag", "speaker_tag", "speakerLabel", "speaker_label")
_START = ("startTime", "start_time", "startOffset", "start_offset")
_END = ("endTime", "end_time", "endOffset", "end_offset")
_CHANNEL = ("channelTag", "channel_tag")
_NANOS = 1e9


def fits(content: Content) -> bool:
    """A list `results` with alternatives, also inside the `response` of an operation."""
    return content.is_json and any("alternatives" in one for one in _results(content.json))


def _results(value: Json) -> list[Item]:
    return fields.items(value, "results") or fields.items(value, "response", "results")


def read(content: Content) -> Parsed:
    """Where only the last result knows speakers, it has every word and stands alone."""
    results = _results(content.json)
    if _repeats_all(results):
        results = results[-1:]
    channels = {_channel(one) for one in results} - {None}
    return call(NAME, (one for each in results for one in _spoken(each, len(channels) > 1)))


def _repeats_all(results: list[Item]) -> bool:
    if not results or any(_has_tags(one) for one in results[:-1]):
        return False
    before = sum(len(_words_of(one)) for one in results[:-1])
    return _has_tags(results[-1]) and len(_words_of(results[-1])) >= before


def _has_tags(result: Item) -> bool:
    return any(_tag(word) is not None for word in _words_of(result))


def _tag(word: Item) -> str | None:
    """Version 1 writes 0 where nobody was told apart."""
    value = next((word[key] for key in _TAGS if word.get(key) is not None), None)
    return None if value in (0, "0") else fields.speaker(value)


def _best(result: Item) -> Item:
    return next(iter(fields.items(result, "alternatives")), {})


def _words_of(result: Item) -> list[Item]:
    return fields.items(_best(result), "words")


def _channel(result: Item) -> int | None:
    value = next((result[key] for key in _CHANNEL if result.get(key) is not None), None)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _spoken(result: Item, several: bool) -> Iterator[Utterance]:  # noqa: FBT001 - of `read` alone
    channel = _channel(result)
    room = f"Channel {channel}" if several and channel is not None else None
    if words := _words_of(result):
        yield from sentences(_words(words, room))
    elif text := fields.text(_best(result), "transcript"):
        yield Utterance(text=text, speaker=room)


def _words(found: list[Item], room: str | None) -> Iterator[Word]:
    texts = [fields.text(word, "word") or "" for word in found]
    for word, text, following in zip(found, texts, [*texts[1:], ""], strict=True):
        start_s, end_s = _time(word, _START), _time(word, _END)
        voice = " ".join(filter(None, (room, _tag(word)))) or None
        yield Word(spaced(text, following), voice, start_s, fields.end_after(start_s, end_s))


def _time(word: Item, keys: tuple[str, ...]) -> float | None:
    """`"3.200s"`, a number, or the parts `{seconds, nanos}`."""
    value = next((word[key] for key in keys if word.get(key) is not None), None)
    if not isinstance(value, dict):
        return fields.seconds({"time": value}, "time")
    whole = fields.seconds(value, "seconds") or 0.0
    return round(whole + (fields.seconds(value, "nanos", per_second=_NANOS) or 0.0), 3)
