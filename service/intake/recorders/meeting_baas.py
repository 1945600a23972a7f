"""Meeting BaaS: the event `complete` of a bot, with its transcript."""

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting

NAME = "meeting-baas"


def fits(content: Content) -> bool:
    """`bot_id` beside a transcript."""
    return bool(_data(content))


def read(content: Content) -> Parsed:
    """Words joined by spaces, in seconds."""
    found = _data(content)
    entries = fields.items(found, "transcript")
    return meeting(NAME, map(_utterance, entries), About(call_id=found.get("bot_id")))


def _data(content: Content) -> Item:
    for part in content.objects:
        if "bot_id" in part and "transcript" in part:
            return part
    return {}


def _utterance(one: Item) -> Utterance:
    words = fields.items(one, "words")
    start_s = fields.seconds(words[0] if words else one, "start", "offset")
    end_s = fields.seconds(words[-1], "end") if words else None
    return Utterance(
        text=" ".join(
            text.strip() for word in words if (text := fields.text(word, "word", "text"))
        ),
        speaker=fields.speaker(one.get("speaker")),
        start_s=start_s if start_s is not None else fields.seconds(one, "offset"),
        end_s=fields.end_after(start_s, end_s),
    )
