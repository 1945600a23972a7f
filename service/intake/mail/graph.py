"""Microsoft Graph: a message, or a list of those of a conversation."""

from datetime import datetime
from email.utils import format_datetime

from schemas.source import Parsed
from service.errors import NoContent
from service.intake.content import Content
from service.intake.fields import Item, at, items, text
from service.intake.mail import build, html_text, thread
from service.intake.mail.thread import Mail

NAME = "msgraph-mail"
_TO = {"To": "toRecipients", "Cc": "ccRecipients"}


def fits(content: Content) -> bool:
    """Messages with a body of `contentType` and `content`, and sender or recipients beside it."""
    return any(map(_is_message, _messages(content)))


def read(content: Content) -> Parsed:
    """Every message but drafts. Raises NoContent, SeveralThreads."""
    found = [one for one in _messages(content) if _is_message(one)]
    kept = [one for one in found if one.get("isDraft") is not True]
    if not kept:
        raise NoContent("Every message is a draft.", field="file", mend="Send sent mail.")
    ids = {text(one, "conversationId") for one in kept}
    return thread.read(map(_mail, kept), NAME, is_one=len(ids) == 1)


def _messages(content: Content) -> list[Item]:
    value = content.json if content.is_json else None
    if isinstance(value, dict):
        return items(value, "value") if isinstance(value.get("value"), list) else [value]
    return items({"value": value}, "value") if isinstance(value, list) else []


def _is_message(one: Item) -> bool:
    has_body = isinstance(at(one, "body", "contentType"), str)
    return has_body and ("toRecipients" in one or "internetMessageId" in one or "from" in one)


def _mail(one: Item) -> Mail:
    """`uniqueBody`, where it was asked for, is the new text without its history."""
    unique = one.get("uniqueBody")
    is_told = isinstance(unique, dict) and isinstance(unique.get("content"), str)
    kind, body = _body(one.get("body"))
    names = [name for each in items(one, "attachments") if (name := text(each, "name"))]
    message = build.of_fields(
        _fields(one),
        plain=body if kind != "html" else None,
        html=body if kind == "html" else None,
        attached=names,
    )
    return Mail(message, new_text=_as_text(unique) if is_told else None)


def _body(value: object) -> tuple[str, str]:
    if not isinstance(value, dict):
        return "", ""
    return str(value.get("contentType") or "").casefold(), str(value.get("content") or "")


def _as_text(value: object) -> str:
    kind, content = _body(value)
    return html_text.to_text(content) if kind == "html" else content


def _fields(one: Item) -> list[tuple[str, str]]:
    sender = one.get("from") or one.get("sender")
    fields = [
        ("From", _mailbox(sender)),
        *((name, _mailboxes(one, key)) for name, key in _TO.items()),
        ("Subject", text(one, "subject") or ""),
        ("Date", _date(one)),
        ("Message-ID", text(one, "internetMessageId") or ""),
    ]
    headers = items(one, "internetMessageHeaders")
    more = [(str(each.get("name")), str(each.get("value"))) for each in headers]
    known = {name.casefold() for name, value in fields if value}
    fields = [pair for pair in fields if pair[1]]
    return fields + [pair for pair in more if pair[0].casefold() not in known]


def _mailbox(value: object) -> str:
    person = value.get("emailAddress") if isinstance(value, dict) else None
    if not isinstance(person, dict):
        return ""
    return build.mailbox(text(person, "name"), text(person, "address"))


def _mailboxes(one: Item, key: str) -> str:
    return ", ".join(found for each in items(one, key) if (found := _mailbox(each)))


def _date(one: Item) -> str:
    """Graph writes RFC 3339."""
    stated = text(one, "sentDateTime", "receivedDateTime")
    try:
        moment = datetime.fromisoformat(stated) if stated else None
    except ValueError:
        return ""
    return format_datetime(moment) if moment and moment.tzinfo else ""
