"""One e-mail message as its sender's new words, and the older messages it carries."""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_tz

from schemas.source import Kind, Notice, Parsed, StatedParticipant, Utterance
from service.errors import NoContent
from service.intake.mail import body as mail_body
from service.intake.mail import headers as mail_headers
from service.intake.mail import limits as mail_limits
from service.intake.mail import quoted
from service.intake.mail.headers import Headers
from service.intake.mail.quoted import Quoted

FORMAT = "eml"
MAX_PARTICIPANTS = 200
_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass
class _Reading:
    """What was found so far, and what was cut."""

    utterances: list[Utterance] = field(default_factory=list)
    people: list[StatedParticipant] = field(default_factory=list)
    cut_history: int = 0
    cut_signatures: int = 0
    unnamed: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def read(data: bytes) -> Parsed:
    """Read one message of RFC 5322; older messages inside it come first, oldest first."""
    raw, is_utf8 = _as_ascii_superset(data)
    mail_limits.check(raw)
    message = message_from_bytes(raw)
    reading = _Reading()
    headers = _read_message(message, reading, is_utf8=is_utf8)
    if not reading.utterances:
        _keep_unnamed(reading)
    return Parsed(
        kind=Kind.EMAIL,
        format=FORMAT,
        utterances=_distinct(reading.utterances),
        participants=_people(reading.people),
        title=headers.subject,
        occurred_at=headers.sent_at,
        message_id=headers.message_id,
        references=headers.references,
        notices=tuple(_notices(reading)),
    )


def _as_ascii_superset(data: bytes) -> tuple[bytes, bool]:
    """Without a byte order mark, and UTF-16 as UTF-8: the parser would lose every header."""
    for mark, codec in _UTF16:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace").encode(), True
    if b"\0" in data[:2]:
        codec = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(codec, "replace").encode(), True
    return data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n"), False


def _read_message(message: Message, reading: _Reading, *, is_utf8: bool) -> Headers:
    """Messages attached to this one are older than it, so they come first."""
    headers = mail_headers.read(message)
    body = mail_body.read(message, is_utf8=is_utf8)
    for attached in body.messages:
        _read_message(attached, reading, is_utf8=is_utf8)
    reading.attachments += body.attachments
    reading.ignored += body.ignored
    reading.defects += headers.repeated
    for each in (headers.sender, *headers.recipients):
        reading.people.append(StatedParticipant(name=each.name, email=each.email))
    _read_text(body.text, headers, reading, zone=_zone(message))
    return headers


def _read_text(text: str, headers: Headers, reading: _Reading, *, zone: tzinfo) -> None:
    split = quoted.split(text)
    for older in reversed(split.history):
        _read_older(older, reading, zone=zone)
    reading.cut_signatures += len(split.signature)
    if split.new:
        sender = headers.sender
        reading.utterances.append(
            Utterance(
                text=split.new,
                speaker=sender.name or sender.email,
                email=sender.email,
                sent_at=headers.sent_at,
            )
        )


def _read_older(older: Quoted, reading: _Reading, *, zone: tzinfo) -> None:
    """Quoted words go to the author whom the quote names, or to nobody."""
    reading.cut_signatures += len(older.signature)
    reading.cut_history += len(older.text)
    if not older.text:
        return
    if older.author is None and older.email is None:
        reading.unnamed.append(older.text)
        return
    reading.utterances.append(
        Utterance(
            text=older.text,
            speaker=older.author or older.email,
            email=older.email,
            sent_at=_in_utc(older.sent_at, zone),
        )
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


def _keep_unnamed(reading: _Reading) -> None:
    """Words that nobody signs are kept with no speaker rather than pinned on the sender."""
    if not reading.unnamed:
        names = ", ".join(reading.attachments[:3])
        raise NoContent(
            f"The message has no words of its own{f', only {names}' if names else ''}.",
            mend="Send the text of the message; attachments are not read.",
        )
    reading.utterances = [Utterance(text=text) for text in reading.unnamed]
    reading.cut_history -= sum(len(text) for text in reading.unnamed)


def _distinct(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """A message that stands twice in one file is one; the first place counts."""
    found: dict[tuple[str | None, str], Utterance] = {}
    for each in utterances:
        found.setdefault((each.email or each.speaker, " ".join(each.text.split())), each)
    return tuple(found.values())


def _people(people: Iterable[StatedParticipant]) -> tuple[StatedParticipant, ...]:
    found: dict[str, StatedParticipant] = {}
    for each in people:
        key = each.email or (each.name or "").casefold()
        if key and (key not in found or (each.name and not found[key].name)):
            found[key] = each
    return tuple(found.values())[:MAX_PARTICIPANTS]


def _notices(reading: _Reading) -> Iterable[Notice]:
    if reading.cut_history:
        yield Notice(
            code="history-cut",
            detail=f"{reading.cut_history} characters of quoted history are no part of the new "
            "text; older messages whose author is named stand as turns of their own.",
        )
    if reading.cut_signatures:
        yield Notice(
            code="signature-cut",
            detail=f"{reading.cut_signatures} characters of signatures and disclaimers were cut.",
        )
    yield from _notices_of_parts(reading)


def _notices_of_parts(reading: _Reading) -> Iterable[Notice]:
    if reading.attachments:
        yield Notice(
            code="attachments-not-read",
            detail=f"Not read: {', '.join(reading.attachments)}.",
            mend="Upload an attachment as a source of its own.",
        )
    if reading.ignored:
        yield Notice(code="part-ignored", detail=f"Ignored: {', '.join(reading.ignored)}.")
    if reading.defects:
        yield Notice(
            code="mail-defect",
            detail=f"Repeated header fields, the first counts: {', '.join(reading.defects)}.",
        )
