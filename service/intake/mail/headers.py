"""The header fields of one message that Baton keeps."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.message import Message
from email.utils import parsedate_tz

from schemas.model import Model
from service.intake.mail import addresses as mail_addresses
from service.intake.mail import text as mail_text
from service.intake.mail.addresses import Address

MAX_NAME = 300
MAX_IDS = 100
_SINGLE = ("from", "date", "subject", "message-id")
_DAY_S = 24 * 60 * 60


class Headers(Model):
    """Who wrote what, when, to whom, and in answer to which messages."""

    sender: Address
    recipients: tuple[Address, ...]
    subject: str | None
    sent_at: datetime | None
    message_id: str | None
    references: tuple[str, ...]
    repeated: tuple[str, ...]
    """Fields that may stand once and stand twice; the first one counts."""


def read(message: Message) -> Headers:
    """The headers of a message; what is missing or unreadable is None."""
    fields = _fields(message)
    senders = _addresses(fields, "from") or _addresses(fields, "sender")
    return Headers(
        sender=senders[0] if senders else Address(None, None),
        recipients=(*senders[1:], *_addresses(fields, "to"), *_addresses(fields, "cc")),
        subject=_first(fields, "subject")[:MAX_NAME] or None,
        sent_at=_sent_at(fields),
        message_id=next(iter(_ids(fields, "message-id")), None),
        references=tuple(dict.fromkeys(_ids(fields, "references") + _ids(fields, "in-reply-to"))),
        repeated=tuple(name for name in _SINGLE if len(fields.get(name, ())) > 1),
    )


def _fields(message: Message) -> dict[str, list[str]]:
    """Raw values by name; a surrogate stands for each byte outside ASCII."""
    fields: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        fields.setdefault(name.strip().lower(), []).append(str(value))
    return fields


def _first(fields: dict[str, list[str]], name: str) -> str:
    return mail_text.header(fields.get(name, [""])[0])


def _addresses(fields: dict[str, list[str]], name: str) -> tuple[Address, ...]:
    """Cut first, decoded second: an encoded comma divides nothing."""
    raw = fields.get(name, ())[:1]
    found = [each for value in raw for each in mail_addresses.parse_all(_unfolded(value))]
    return tuple(Address(_decoded(each.name), _decoded(each.email)) for each in found)


def _unfolded(raw: str) -> str:
    """Raw UTF-8 is decoded at once; encoded words wait until the addresses are cut."""
    if "=?" in raw and raw.isascii():
        return " ".join(raw.split())
    return mail_text.header(raw)


def _decoded(text: str | None) -> str | None:
    return (mail_text.header(text)[:MAX_NAME] or None) if text else None


def _ids(fields: dict[str, list[str]], name: str) -> list[str]:
    """Message ids without their angle brackets."""
    words = " ".join(fields.get(name, ())[:1]).replace("<", " ").replace(">", " ").split()
    found = [mail_text.header(word) for word in words if "@" in word or name == "message-id"]
    return found[:1] + found[1:][-MAX_IDS:]


def _sent_at(fields: dict[str, list[str]]) -> datetime | None:
    """The Date, else the newest Received: the topmost one."""
    stated = [mail_text.header(value) for value in fields.get("date", ())[:1]]
    received = [mail_text.header(value).rpartition(";")[2] for value in fields.get("received", ())]
    found = (moment(value) for value in (*stated, *received[:1]))
    return next((each for each in found if each is not None), None)


def moment(text: str) -> datetime | None:
    """A date of RFC 5322 in UTC; None where it has no zone or is none."""
    try:
        parsed = parsedate_tz(text[:MAX_NAME])
    except (ValueError, IndexError, OverflowError):
        return None
    if parsed is None or (parsed[9] is None and "-0000" not in text):
        return None
    try:
        return datetime(*parsed[:6], tzinfo=offset(parsed[9])).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def offset(seconds: int | None) -> tzinfo:
    """A zone from its seconds; one of a day or more is not possible and reads as UTC."""
    is_possible = seconds is not None and abs(seconds) < _DAY_S
    return timezone(timedelta(seconds=seconds)) if seconds and is_possible else UTC
