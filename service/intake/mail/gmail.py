"""Gmail's API: a thread or a message, in full or raw."""

from email.message import Message

from schemas.source import Parsed
from service.errors import Malformed, NoContent, ParseLimit
from service.intake.content import Content
from service.intake.fields import Item, at, items, text
from service.intake.mail import build, message, thread
from service.intake.mail.limits import MAX_DEPTH, MAX_PARTS
from service.intake.mail.thread import Mail

NAME = "gmail"
_LEFT_OUT = ("DRAFT", "TRASH", "SPAM")


def fits(content: Content) -> bool:
    """Messages with a `threadId`, and a `payload` of parts or a `raw` one."""
    return any(map(_is_message, _messages(content)))


def read(content: Content) -> Parsed:
    """Every message but drafts and what was thrown away. Raises NoContent, Malformed."""
    kept = [one for one in _messages(content) if _is_message(one) and not _is_left_out(one)]
    if not kept:
        raise NoContent(
            "Every message is a draft, spam or in the bin.", field="file", mend="Send sent mail."
        )
    return thread.read([_mail(one) for one in kept], NAME)


def _messages(content: Content) -> list[Item]:
    value = content.json if content.is_json else None
    if not isinstance(value, dict):
        return []
    return items(value, "messages") if "messages" in value else [value]


def _is_message(one: Item) -> bool:
    is_full = isinstance(at(one, "payload", "headers"), list)
    return "threadId" in one and (is_full or isinstance(one.get("raw"), str))


def _is_left_out(one: Item) -> bool:
    labels = one.get("labelIds")
    return isinstance(labels, list) and any(label in _LEFT_OUT for label in labels)


def _mail(one: Item) -> Mail:
    if raw := text(one, "raw"):
        return message.parse(build.from_base64url(raw, place="raw"))
    payload = one.get("payload")
    if not isinstance(payload, dict):
        raise Malformed("`payload` is no object.", field="file", mend="Send it as it came.")
    return Mail(_Walk().part(payload))


class _Walk:
    """The tree of parts, under the limits of a message."""

    def __init__(self) -> None:
        self.parts = 0

    def part(self, payload: Item, depth: int = 0) -> Message:
        self.parts += 1
        if depth > MAX_DEPTH or self.parts > MAX_PARTS:
            raise ParseLimit("The message has too many parts, or too deep ones.", field="file")
        part = build.head(_headers(payload))
        if "content-type" not in part and (kind := text(payload, "mimeType")):
            part["Content-Type"] = kind
        below = items(payload, "parts")
        if below:
            del part["Content-Transfer-Encoding"]
            part.set_payload([self.part(each, depth + 1) for each in below])
            return part
        return build.of_bytes(_named(part, payload), _data(payload))


def _headers(payload: Item) -> list[tuple[str, str]]:
    pairs = ((text(one, "name"), one.get("value")) for one in items(payload, "headers"))
    return [(name, value) for name, value in pairs if name and isinstance(value, str)]


def _named(part: Message, payload: Item) -> Message:
    name = text(payload, "filename")
    if name and part.get_content_disposition() is None:
        part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _data(payload: Item) -> bytes:
    """Transfer encoding is undone by Gmail; a large part has an `attachmentId` in its place."""
    body = payload.get("body")
    data = text(body, "data") if isinstance(body, dict) else None
    return build.from_base64url(data, place="body.data") if data else b""
