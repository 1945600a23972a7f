"""Webex: the snippets of a meeting's transcript."""

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, address, meeting

NAME = "webex"
_PER_SECOND = 1000


def fits(content: Content) -> bool:
    """`items` with `offsetMillisecond`."""
    heads = (one for part in content.objects for one in fields.head(part, "items"))
    return any("offsetMillisecond" in one for one in heads)


def read(content: Content) -> Parsed:
    """An offset and a length in milliseconds; names and addresses stand at each snippet."""
    return meeting(NAME, map(_utterance, _snippets(content)), About())


def _snippets(content: Content) -> list[Item]:
    return [one for part in content.objects for one in fields.items(part, "items")]


def _utterance(one: Item) -> Utterance:
    start_s = fields.seconds(one, "offsetMillisecond", per_second=_PER_SECOND)
    length_s = fields.seconds(one, "durationMillisecond", per_second=_PER_SECOND)
    end_s = None if start_s is None or length_s is None else round(start_s + length_s, 3)
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=fields.text(one, "personName"),
        email=address(one, "personEmail"),
        start_s=start_s,
        end_s=fields.end_after(start_s, end_s),
    )
