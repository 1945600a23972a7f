"""The mails of one thread as their senders' new words, and the older messages they quote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email.message import Message
from email.utils import parsedate_tz

from schemas.source import Kind, Parsed, StatedParticipant, Utterance
from service.errors import NoContent
from service.intake.mail import body as mail_body
from service.intake.mail import copies, marks, one_thread, quoted
from service.intake.mail import headers as mail_headers
from service.intake.mail.body import Body
from service.intake.mail.headers import Headers
from service.intake.mail.left_out import LeftOut
from service.intake.mail.quoted import Quoted

MAX_PARTICIPANTS = 200
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Mail:
    """One message, however it came, in the shape of the standard parser."""

    message: Message
    is_utf8: bool = False
    """The whole file was recoded to UTF-8."""
    new_text: str | None = None
    """The text without its history, where a mail server says which that is."""


@dataclass(frozen=True)
class _Opened:
    """A mail with its headers read and its parts walked."""

    mail: Mail
    headers: Headers
    body: Body


def read(mails: Iterable[Mail], format_name: str, *, is_one: bool = True) -> Parsed:
    """Read the mails of a thread, oldest first; `is_one` where the file itself says so.

    Raises NoContent, and SeveralThreads where they are no one thread.
    """
    came = sorted(map(_open, mails), key=lambda each: each.headers.sent_at or _LONG_AGO)
    if not is_one:
        one_thread.require([each.headers for each in came])
    opened = _with_all_attached(came)
    left_out = LeftOut()
    utterances = [one for each in opened for one in _read(each, left_out)]
    if not utterances:
        utterances = left_out.take_unnamed()
    if not utterances:
        raise _no_words(left_out)
    first = came[0].headers
    return Parsed(
        kind=Kind.EMAIL,
        format=format_name,
        utterances=copies.without_copies(_distinct(utterances)),
        participants=_people(opened),
        title=first.subject,
        occurred_at=first.sent_at,
        message_ids=_ids(opened),
        references=tuple(dict.fromkeys(one for each in opened for one in each.headers.references)),
        cuts=tuple(left_out.cuts),
        notices=tuple(left_out.notices()),
    )


def _with_all_attached(came: Iterable[_Opened]) -> list[_Opened]:
    """Each id once; messages that are attached to another stand before it."""
    whole = [one for each in came for one in _with_attached(each)]
    found: dict[str | int, _Opened] = {}
    for at, each in enumerate(whole):
        found.setdefault(each.headers.message_id or at, each)
    return list(found.values())


def _open(mail: Mail) -> _Opened:
    headers = mail_headers.read(mail.message)
    return _Opened(mail, headers, mail_body.read(mail.message, is_utf8=mail.is_utf8))


def _with_attached(each: _Opened) -> Iterable[_Opened]:
    for attached in each.body.messages:
        yield from _with_attached(_open(Mail(attached, is_utf8=each.mail.is_utf8)))
    yield each


def _read(each: _Opened, left_out: LeftOut) -> Iterable[Utterance]:
    """The older messages that a mail names the authors of, oldest first; then its own words."""
    left_out.note(each.body, each.headers, marks.notices(each.mail.message))
    split = quoted.split(each.body.text if each.mail.new_text is None else each.mail.new_text)
    zone = _zone(each.mail.message)
    for older in reversed(split.history):
        if one := _older(older, each.headers, left_out, zone=zone):
            yield one
    left_out.sign(each.headers, split.signature)
    if split.new:
        yield _own(split.new, each.headers)


def _own(text: str, headers: Headers) -> Utterance:
    sender = headers.sender
    return Utterance(
        text=text,
        speaker=sender.name or sender.email,
        email=sender.email,
        sent_at=headers.sent_at,
        message_id=headers.message_id,
        recipients=_recipients(headers),
    )


def _recipients(headers: Headers) -> tuple[str, ...]:
    found = dict.fromkeys(one.email for one in headers.recipients if one.email)
    return tuple(found)[:MAX_PARTICIPANTS]


def _older(older: Quoted, inside: Headers, left_out: LeftOut, *, zone: tzinfo) -> Utterance | None:
    """Quoted words go to the author whom the quote names, or to nobody."""
    sent_at = _in_utc(older.sent_at, zone)
    left_out.quote(inside, older, sent_at=sent_at)
    if not older.text or (older.author is None and older.email is None):
        return None
    return Utterance(
        text=older.text,
        speaker=older.author or older.email,
        email=older.email,
        sent_at=sent_at,
        is_quoted=True,
    )


def _zone(message: Message) -> tzinfo:
    """The offset of the sender's own clock: a client writes the dates of its quotes by it."""
    parsed = parsedate_tz(str(message.get("date", ""))[: mail_headers.MAX_NAME])
    return mail_headers.offset(parsed[9] if parsed else None)


def _in_utc(moment: datetime | None, zone: tzinfo) -> datetime | None:
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _no_words(left_out: LeftOut) -> NoContent:
    names = ", ".join(left_out.attachments[:3])
    return NoContent(
        f"There are no words of its sender in it{f', only {names}' if names else ''}.",
        field="file",
        mend="Send the text of the message; attachments are not read.",
    )


def _distinct(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Mail that names no id is one where the same words of the same person come again."""
    found: dict[tuple[str | None, str], Utterance] = {}
    for each in utterances:
        key = each.message_id or " ".join(each.text.split())
        found.setdefault((each.email or each.speaker, key), each)
    return tuple(found.values())


def _people(opened: Sequence[_Opened]) -> tuple[StatedParticipant, ...]:
    found: dict[str, StatedParticipant] = {}
    for one in (one for each in opened for one in (each.headers.sender, *each.headers.recipients)):
        key = one.email or (one.name or "").casefold()
        if key and (key not in found or (one.name and not found[key].name)):
            found[key] = StatedParticipant(name=one.name, email=one.email)
    return tuple(found.values())[:MAX_PARTICIPANTS]


def _ids(opened: Sequence[_Opened]) -> tuple[str, ...]:
    return tuple(one.headers.message_id for one in opened if one.headers.message_id)
