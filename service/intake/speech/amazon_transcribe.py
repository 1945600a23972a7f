"""Amazon Transcribe: ready segments of newer jobs, else items with the labels beside them."""

from collections.abc import Iterator

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.speech.words import Word, sentences, spaced

NAME = "amazon-transcribe"
_KEYS = frozenset(("items", "transcripts", "speaker_labels", "channel_labels", "audio_segments"))


def fits(content: Content) -> bool:
    """`results` as an object with items, transcripts or labels."""
    if not content.is_json:
        return False
    results = fields.at(content.json, "results")
    return isinstance(results, dict) and bool(_KEYS & results.keys())


def read(content: Content) -> Parsed:
    """By segments, else by channels, else by items; a transcript alone has no times."""
    results = fields.at(content.json, "results")
    return call(NAME, _spoken(results) if isinstance(results, dict) else ())


def _spoken(results: Item) -> Iterator[Utterance]:
    if segments := fields.items(results, "audio_segments"):
        yield from map(_segment, segments)
    elif channels := fields.items(results, "channel_labels", "channels"):
        for channel in channels:
            label = fields.speaker(channel.get("channel_label"))
            yield from sentences(_words(fields.items(channel, "items"), {}, label))
    elif items := fields.items(results, "items"):
        yield from sentences(_words(items, _labels(results), None))
    else:
        for one in fields.items(results, "transcripts"):
            yield Utterance(text=fields.text(one, "transcript") or "")


def _segment(segment: Item) -> Utterance:
    start_s, end_s = fields.times(segment, "start_time", "end_time")
    return Utterance(
        text=fields.text(segment, "transcript") or "",
        speaker=_speaker(segment),
        start_s=start_s,
        end_s=end_s,
    )


def _speaker(item: Item) -> str | None:
    """A speaker of several in a channel; else the channel itself."""
    return fields.speaker(item.get("speaker_label")) or fields.speaker(item.get("channel_label"))


def _labels(results: Item) -> dict[float, str]:
    """Who speaks at which start, as the list beside the items tells it."""
    segments = fields.items(results, "speaker_labels", "segments")
    said = (item for segment in segments for item in fields.items(segment, "items"))
    found = ((fields.seconds(one, "start_time"), _speaker(one)) for one in said)
    return {start: speaker for start, speaker in found if start is not None and speaker}


def _words(items: list[Item], labels: dict[float, str], channel: str | None) -> Iterator[Word]:
    """Punctuation has no time and belongs to the word before it."""
    texts = list(_texts(items))
    for (item, text), (_, following) in zip(texts, [*texts[1:], ({}, "")], strict=True):
        start_s, end_s = fields.times(item, "start_time", "end_time")
        beside = labels.get(start_s) if start_s is not None else None
        yield Word(spaced(text, following), channel or _speaker(item) or beside, start_s, end_s)


def _texts(items: list[Item]) -> Iterator[tuple[Item, str]]:
    word, text = None, ""
    for item in items:
        best = next(iter(fields.items(item, "alternatives")), item)
        said = fields.text(best, "content") or ""
        if word is not None and item.get("type") == "punctuation":
            text += said
            continue
        if word is not None:
            yield word, text
        word, text = item, said
    if word is not None:
        yield word, text
