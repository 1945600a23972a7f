"""AssemblyAI: a transcript object with utterances, its sentences, or only its words."""

from collections.abc import Iterator

from schemas.source import Parsed, Utterance
from service.errors import NoContent
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.speech.words import Word, sentences, spaced

NAME = "assemblyai"
_PARTS = ("utterances", "sentences", "paragraphs")
_SIGNS = frozenset(("audio_duration", "audio_url", "speech_model", "acoustic_model"))
_PER_SECOND = 1000


def fits(content: Content) -> bool:
    """A transcript object, or the notice that there is one."""
    value = content.json if content.is_json else None
    if not isinstance(value, dict):
        return False
    has_sign = bool(_SIGNS & value.keys()) and bool({*_PARTS, "words"} & value.keys())
    utterances = fields.items(value, "utterances")
    return has_sign or _is_notification(value) or any(map(_is_of_words, utterances))


def _is_of_words(utterance: Item) -> bool:
    """Whole milliseconds, and the words that it consists of."""
    starts = [one.get("start") for one in fields.items(utterance, "words")]
    return "text" in utterance and bool(starts) and all(isinstance(one, int) for one in starts)


def _is_notification(value: Item) -> bool:
    return {"transcript_id", "status"} <= value.keys() and not {"text", "words"} & value.keys()


def read(content: Content) -> Parsed:
    """Raises NoContent where the transcript is not in it, or not finished."""
    value = content.json
    if not isinstance(value, dict) or _is_notification(value):
        raise NoContent(
            "This is AssemblyAI's notification of a transcript, without its text.",
            field="file",
            mend="Fetch the transcript by its transcript_id and send that.",
        )
    if fields.text(value, "status") in {"queued", "processing", "error"}:
        raise NoContent(
            f"AssemblyAI did not finish this transcript: its status is {value['status']}.",
            field="file",
            mend="Send it once its status is completed.",
        )
    return call(NAME, _spoken(value))


def _spoken(value: Item) -> Iterator[Utterance]:
    """The largest parts that know their speaker; without them words, or the text alone."""
    parts = next((found for key in _PARTS if (found := fields.items(value, key))), None)
    if parts:
        yield from map(_utterance, parts)
    elif words := fields.items(value, "words"):
        yield from sentences(_words(words))
    elif text := fields.text(value, "text"):
        yield Utterance(text=text)


def _utterance(part: Item) -> Utterance:
    start_s, end_s = fields.times(part, "start", "end", per_second=_PER_SECOND)
    return Utterance(
        text=fields.text(part, "text") or "",
        speaker=fields.speaker(part.get("speaker")),
        start_s=start_s,
        end_s=end_s,
    )


def _words(found: list[Item]) -> Iterator[Word]:
    texts = [fields.text(word, "text") or "" for word in found]
    for word, text, following in zip(found, texts, [*texts[1:], ""], strict=True):
        timed = _utterance(word)
        yield Word(spaced(text, following), timed.speaker, timed.start_s, timed.end_s)
