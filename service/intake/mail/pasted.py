"""A mail thread copied out of a mail program as text: no header fields, only marks of quoting."""

from datetime import UTC, datetime

from schemas.source import Kind, Notice, Parsed, StatedParticipant, Utterance
from service.errors import NoContent
from service.intake.content import Content
from service.intake.mail import copies, quoted
from service.intake.mail.quoted import Quoted

NAME = "pasted-mail"
MAX_LINES_LOOKED_AT = 2_000
_NO_ZONE = Notice(
    code="times-without-zone",
    detail="The dates in the text name no time zone and are read as UTC.",
    mend="Upload the messages as .eml for exact times.",
)
_NO_AUTHOR = Notice(
    code="author-unknown",
    detail="Nothing says who wrote the words above the first quoted message.",
    mend="Upload the message as .eml, so that its sender is known.",
)


def fits(content: Content) -> bool:
    """A line or block that names an author and a date, as mail programs put it above a quote."""
    if content.is_json:
        return False
    return quoted.has_dated_head(content.lines[:MAX_LINES_LOOKED_AT])


def read(content: Content) -> Parsed:
    """The quoted messages by their authors, oldest first, then the words above them."""
    split = quoted.split(content.text)
    older = [one for one in map(_older, reversed(split.history)) if one.text]
    newest = [Utterance(text=split.new)] if split.new else []
    if not (older or newest):
        raise NoContent("There are no words in it.", field="file")
    dates = [one.sent_at for one in older if one.sent_at]
    has_no_zone = any(each.sent_at and not each.sent_at.tzinfo for each in split.history)
    return Parsed(
        kind=Kind.EMAIL,
        format=NAME,
        utterances=copies.without_copies([*older, *newest]),
        participants=_people(older),
        occurred_at=min(dates, default=None),
        notices=((_NO_ZONE,) if has_no_zone else ()) + ((_NO_AUTHOR,) if newest else ()),
    )


def _older(one: Quoted) -> Utterance:
    return Utterance(
        text=one.text,
        speaker=one.author or one.email,
        email=one.email,
        sent_at=_in_utc(one.sent_at),
        is_quoted=True,
    )


def _in_utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _people(older: list[Utterance]) -> tuple[StatedParticipant, ...]:
    found = dict.fromkeys((one.speaker, one.email) for one in older if one.speaker)
    return tuple(StatedParticipant(name=name, email=email) for name, email in found)
