"""Rev AI: monologues of elements, whose punctuation carries the spaces."""

from collections.abc import Iterator

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.speech.words import Word, sentences

NAME = "rev"


def fits(content: Content) -> bool:
    """Monologues with elements."""
    return content.is_json and any(
        "elements" in one for one in fields.items(content.json, "monologues")
    )


def read(content: Content) -> Parsed:
    """The sentences of each monologue."""
    monologues = fields.items(content.json, "monologues")
    return call(NAME, (one for each in monologues for one in _spoken(each)))


def _spoken(monologue: Item) -> Iterator[Utterance]:
    named = fields.at(monologue.get("speaker_info"), "display_name")
    speaker = fields.speaker(named) or fields.speaker(monologue.get("speaker"))
    return sentences(_words(fields.items(monologue, "elements"), speaker))


def _words(elements: list[Item], speaker: str | None) -> Iterator[Word]:
    """A timed element opens a word; what follows without a time belongs to it."""
    word = Word("", speaker)
    for element in elements:
        value = element.get("value")
        text = value if isinstance(value, str) else ""
        start_s, end_s = fields.times(element, "ts", "end_ts")
        if start_s is None and element.get("type") != "text":
            word = word._replace(text=word.text + text)
            continue
        if word.text:
            yield word
        word = Word(text, speaker, start_s, end_s)
    if word.text:
        yield word
