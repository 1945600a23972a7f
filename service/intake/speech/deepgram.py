"""Deepgram: utterances, else the paragraphs or the words of each channel."""

from collections.abc import Iterator

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.speech.words import Word, sentences, spaced

NAME = "deepgram"


def fits(content: Content) -> bool:
    """`results.channels` with alternatives."""
    if not content.is_json:
        return False
    channels = fields.items(content.json, "results", "channels")
    return any("alternatives" in channel for channel in channels)


def read(content: Content) -> Parsed:
    """The utterances where they were asked for: they know channel and speaker."""
    value = content.json
    channels = fields.items(value, "results", "channels")
    several = len(channels) > 1
    if utterances := fields.items(value, "results", "utterances"):
        spoken = [
            _said(one, _voice(one, one.get("channel"), several=several)) for one in utterances
        ]
        return call(NAME, spoken)
    return call(
        NAME,
        (
            one
            for at, channel in enumerate(channels)
            for one in _of_channel(channel, at, several=several)
        ),
    )


def _voice(item: Item, channel: object, *, several: bool) -> str | None:
    """Speakers are numbered anew in each channel; without them a channel is a speaker."""
    speaker = fields.speaker(item.get("speaker"))
    if not several or isinstance(channel, bool) or not isinstance(channel, int):
        return speaker
    return " ".join(filter(None, (f"Channel {channel}", speaker)))


def _of_channel(channel: Item, at: int, *, several: bool) -> Iterator[Utterance]:
    """The first alternative, as sentences."""
    for best in fields.items(channel, "alternatives")[:1]:
        if paragraphs := fields.items(best, "paragraphs", "paragraphs"):
            for one in paragraphs:
                yield from _sentences(one, _voice(one, at, several=several))
        elif words := fields.items(best, "words"):
            yield from sentences(_words(words, at, several=several))
        elif text := fields.text(best, "transcript"):
            yield Utterance(text=text, speaker=_voice(best, at, several=several))


def _sentences(paragraph: Item, speaker: str | None) -> Iterator[Utterance]:
    for one in fields.items(paragraph, "sentences") or [paragraph]:
        yield _said(one, speaker)


def _said(item: Item, speaker: str | None) -> Utterance:
    start_s, end_s = fields.times(item, "start", "end")
    return Utterance(
        text=fields.text(item, "transcript", "text") or "",
        speaker=speaker,
        start_s=start_s,
        end_s=end_s,
    )


def _words(found: list[Item], channel: int, *, several: bool) -> Iterator[Word]:
    texts = [fields.text(word, "punctuated_word", "word") or "" for word in found]
    for word, text, following in zip(found, texts, [*texts[1:], ""], strict=True):
        timed = _said(word, _voice(word, channel, several=several))
        yield Word(spaced(text, following), timed.speaker, timed.start_s, timed.end_s)
