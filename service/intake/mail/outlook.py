"""A message saved by Outlook (`.msg`), read with python-oxmsg."""

import struct
from datetime import UTC, datetime
from email.utils import format_datetime
from io import BytesIO

from olefile import OleFileIO  # type: ignore[import-untyped] # the library has no types
from oxmsg import Message as OutlookMessage

from schemas.source import Parsed
from service.errors import FormatUnknown
from service.intake.content import Content
from service.intake.mail import build, thread
from service.intake.mail.thread import Mail

NAME = "outlook-msg"
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MESSAGE = "__properties_version1.0"
_OTHERS = {
    "WordDocument": "a Word document (.doc)",
    "Workbook": "an Excel workbook (.xls)",
    "Book": "an Excel workbook (.xls)",
    "PowerPoint Document": "a PowerPoint presentation (.ppt)",
    "VisioDocument": "a Visio drawing (.vsd)",
    "EncryptedPackage": "an Office document with a password",
}
_UNSENT_YEAR = 1601
"""Outlook's zero: the date of a draft."""
_BROKEN = (
    *(ValueError, OSError, LookupError, TypeError, struct.error, AttributeError),
    *(AssertionError, OverflowError, RecursionError),
)
"""What the library raises for a file that is cut or made up."""


def fits(content: Content) -> bool:
    """The magic of an OLE file: `read` refuses one that is no message, and says what it is."""
    return content.data.startswith(_MAGIC)


def read(content: Content) -> Parsed:
    """One message. Raises FormatUnknown for other OLE files, NoContent for one without words."""
    try:
        _require_message(content.data)
        mail = _mail(OutlookMessage.load(content.data))
    except _BROKEN as error:
        raise FormatUnknown(
            "This looks like an Outlook or old Office file, and cannot be read.",
            field="file",
            mend="Save the message again, or send it as .eml.",
        ) from error
    return thread.read([mail], NAME)


def _require_message(data: bytes) -> None:
    with OleFileIO(BytesIO(data)) as ole:
        names = {"/".join(path) for path in ole.listdir()}
    if _MESSAGE not in names:
        what = next((said for name, said in _OTHERS.items() if name in names), "an old Office file")
        raise FormatUnknown(
            f"This is {what}, not an Outlook message.",
            field="file",
            mend="Save it as text, or send the message as .msg or .eml.",
        )


def _mail(found: OutlookMessage) -> Mail:
    names = [one.file_name or "an attachment without a name" for one in found.attachments]
    message = build.of_fields(
        _fields(found), plain=found.body, html=found.html_body, attached=names
    )
    return Mail(message)


def _fields(found: OutlookMessage) -> list[tuple[str, str]]:
    """As they crossed the net, where Outlook kept that; else what it says of them itself."""
    transported = list(found.message_headers.items())
    said = {name.casefold() for name, _ in transported}
    own = [
        ("From", found.sender or ""),
        ("To", ", ".join(build.mailbox(one.name, one.email_address) for one in found.recipients)),
        ("Subject", found.subject),
        ("Date", _date(found.sent_date)),
    ]
    return transported + [(name, value) for name, value in own if name.casefold() not in said]


def _date(moment: datetime | None) -> str:
    if moment is None or moment.year <= _UNSENT_YEAR:
        return ""
    return format_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
