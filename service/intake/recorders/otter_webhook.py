"""Otter: a conversation as its webhook sends it; the talk in it is text, in a layout of its own."""

from collections.abc import Callable

from schemas.source import Notice, Parsed
from service.errors import NoContent
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, meeting, person, written_by_machine
from service.intake.recorders.moments import moment

NAME = "otter-webhook"
_MACHINE_MADE = ("abstract_summary", "action_items", "insights", "outline")


def fits(content: Content) -> bool:
    """`relationships`, in `data` or beside it, and `meta.webhook` or a transcript in them."""
    if not any("relationships" in one for one in content.objects):
        return False
    hooked = any("webhook" in one for one in content.objects)
    return hooked or bool(fields.at(_relationships(content), "transcript"))


def read(content: Content, *, read_text: Callable[[Content], Parsed]) -> Parsed:
    """The text as its own layout says; raises NoContent where there is none."""
    related = _relationships(content)
    text = fields.text(fields.item(related, "transcript"), "content")
    if text is None:
        raise NoContent(
            "This is an Otter conversation without its transcript.",
            field="file",
            mend="Let the webhook send the transcript, or upload Otter's export.",
        )
    data = next((one for one in content.objects if "calendar_guests" in one), {})
    talk = read_text(Content(text.encode()))
    return meeting(NAME, talk.utterances, _about(data, related, talk.notices))


def _relationships(content: Content) -> Item:
    return next(
        (fields.item(one, "relationships") for one in content.objects if "relationships" in one), {}
    )


def _about(data: Item, related: Item, notices: tuple[Notice, ...]) -> About:
    made = written_by_machine(data, *_MACHINE_MADE) + written_by_machine(related, *_MACHINE_MADE)
    return About(
        title=fields.text(data, "title"),
        began=moment(data.get("created_at")),
        call_id=data.get("id"),
        people=[person(one) for one in fields.items(data, "calendar_guests")],
        machine_made=made,
        notices=notices,
    )
