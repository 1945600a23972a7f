"""Inbound mail as SendGrid, Mailgun and Postmark hand it to a web hook, as JSON."""

from collections.abc import Callable
from email.message import Message
from typing import NamedTuple

from schemas.source import Parsed
from service.errors import Malformed
from service.intake.content import Content
from service.intake.fields import Item, items, text
from service.intake.mail import build, message, thread
from service.intake.mail.thread import Mail
from service.intake.strict_json import loads

_ADDRESSING = ("from", "to", "cc", "subject")


class Service(NamedTuple):
    """One service: the keys that its bodies have, and how to read one."""

    name: str
    keys: frozenset[str]
    one_of: frozenset[str]
    mail: Callable[[Item], Mail]

    def fits(self, content: Content) -> bool:
        """Every key that its bodies share, and one of those that hold the message."""
        value = content.json if content.is_json else None
        return (
            isinstance(value, dict)
            and self.keys <= value.keys()
            and not self.one_of.isdisjoint(value)
        )

    def read(self, content: Content) -> Parsed:
        """One message; what the service itself cut off is a hint that is not needed."""
        value = content.json
        if not isinstance(value, dict):
            raise Malformed("This is no JSON object.", field="file")
        return thread.read([self.mail(value)], self.name)


def _sendgrid(item: Item) -> Mail:
    """`email` holds the whole message where the raw mode is on."""
    if raw := text(item, "email"):
        return message.parse(raw.encode("utf-8", "surrogateescape"))
    lines = text(item, "headers") or ""
    fields = fields_of(lines) or [(name, text(item, name) or "") for name in _ADDRESSING]
    return Mail(
        build.of_fields(
            fields,
            plain=text(item, "text"),
            html=text(item, "html"),
            attached=_sendgrid_names(item),
        )
    )


def fields_of(lines: str) -> list[tuple[str, str]]:
    """Header lines as one text; a line that begins with a blank goes on."""
    fields: list[tuple[str, str]] = []
    for line in lines.splitlines():
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
        elif colon:
            fields.append((name.strip(), value.strip()))
    return fields


def _sendgrid_names(item: Item) -> list[str]:
    known = text(item, "attachment-info")
    told = loads(known) if known else None
    parts = told.values() if isinstance(told, dict) else ()
    return [name for each in parts if isinstance(each, dict) and (name := text(each, "filename"))]


def _mailgun(item: Item) -> Mail:
    if raw := text(item, "body-mime"):
        return message.parse(raw.encode("utf-8", "surrogateescape"))
    told = item.get("message-headers")
    pairs = loads(told) if isinstance(told, str) else told
    fields = [
        (str(pair[0]), str(pair[1]))
        for pair in (pairs if isinstance(pairs, list) else [])
        if isinstance(pair, list) and len(pair) > 1
    ]
    fields = fields or [(name, text(item, name) or "") for name in _ADDRESSING]
    return Mail(
        build.of_fields(
            fields,
            plain=text(item, "body-plain"),
            html=text(item, "body-html"),
            attached=_mailgun_names(item),
        )
    )


def _mailgun_names(item: Item) -> list[str]:
    told = item.get("attachments")
    parts = loads(told) if isinstance(told, str) and told.startswith("[") else told
    listed = items({"parts": parts}, "parts")
    return [name for each in listed if (name := text(each, "name", "filename"))]


def _postmark(item: Item) -> Mail:
    """`MessageID` is Postmark's own; that of the message stands in `Headers`."""
    if raw := text(item, "RawEmail"):
        return message.parse(raw.encode("utf-8", "surrogateescape"))
    sender = item.get("FromFull")
    full = sender if isinstance(sender, dict) else {}
    fields = [
        (
            "From",
            build.mailbox(text(full, "Name"), text(full, "Email")) or text(item, "From") or "",
        ),
        *((name, text(item, name) or "") for name in ("To", "Cc", "Subject", "Date")),
        *((str(one.get("Name")), str(one.get("Value"))) for one in items(item, "Headers")),
    ]
    names = [name for one in items(item, "Attachments") if (name := text(one, "Name"))]
    return Mail(_with_parts(item, fields, names))


def _mailbox(full: Item) -> str:
    return build.mailbox(text(full, "Name"), text(full, "Email"))


def _with_parts(item: Item, fields: list[tuple[str, str]], names: list[str]) -> Message:
    plain, html = text(item, "TextBody"), text(item, "HtmlBody")
    return build.of_fields(fields, plain=plain, html=html, attached=names)


SENDGRID = Service(
    "sendgrid-inbound", frozenset({"envelope"}), frozenset({"email", "headers"}), _sendgrid
)
MAILGUN = Service(
    "mailgun-inbound", frozenset({"sender"}), frozenset({"body-plain", "body-mime"}), _mailgun
)
POSTMARK = Service(
    "postmark-inbound",
    frozenset({"FromFull", "Subject"}),
    frozenset({"TextBody", "HtmlBody"}),
    _postmark,
)
SERVICES = (SENDGRID, MAILGUN, POSTMARK)
