"""The words of one message: which parts hold them, and what else it carries."""

from dataclasses import dataclass, field
from email.message import Message

from service.intake.mail import html_text as mail_html
from service.intake.mail import text as mail_text

MAX_FILE_NAME = 255
MAX_STUB = 400
_STUBS = ("view in html", "html format", "html-compatible", "html compatible", "html version")
_IDENTITY = frozenset({"", "7bit", "8bit", "binary"})


@dataclass
class Body:
    """The text of a message, the messages in it, and the names of what was not read."""

    texts: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All inline parts; one that only repeats another is left out."""
        kept: list[str] = []
        for text in filter(str.strip, self.texts):
            if not any(_words(text) == _words(other) for other in kept):
                kept.append(text.strip("\n"))
        return "\n\n".join(kept)


def _words(text: str) -> list[str]:
    return text.split()


def read(message: Message, *, is_utf8: bool = False) -> Body:
    """Walk the parts of a message; `is_utf8` where the whole file was recoded to UTF-8."""
    body = Body()
    _read_part(message, body, is_utf8=is_utf8, is_top=True)
    return body


def _read_part(part: Message, body: Body, *, is_utf8: bool, is_top: bool = False) -> None:
    kind = part.get_content_type()
    if kind in {"message/rfc822", "message/global"}:
        body.messages.extend(_children(part))
    elif kind == "multipart/alternative" and part.is_multipart():
        _read_alternative(part, body, is_utf8=is_utf8)
    elif part.is_multipart() and part.get_content_maintype() == "multipart":
        for child in _children(part):
            _read_part(child, body, is_utf8=is_utf8)
    elif name := _unread(part, kind, is_top=is_top):
        _note(body, kind, name)
    else:
        body.texts.append(_text(part, kind, is_utf8=is_utf8))


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if type(payload) is list else []


def _read_alternative(part: Message, body: Body, *, is_utf8: bool) -> None:
    """The plain text; the other form where it is empty or only points to the other form."""
    plain, other = Body(), Body()
    for child in _children(part):
        is_plain = child.get_content_type() == "text/plain"
        _read_part(child, plain if is_plain else other, is_utf8=is_utf8)
    chosen = other if _is_stub(plain.text) and other.text else plain
    body.texts.append(chosen.text)
    for each in (plain, other):
        body.messages += each.messages
        body.attachments += each.attachments
        body.ignored += each.ignored


def _is_stub(text: str) -> bool:
    folded = " ".join(text.casefold().split())
    return not folded or (len(folded) <= MAX_STUB and any(each in folded for each in _STUBS))


def _unread(part: Message, kind: str, *, is_top: bool) -> str:
    """The name of a part that is no text of the message; empty where it is one."""
    name = _file_name(part)
    is_text = kind in {"text/plain", "text/html"} or (is_top and kind.startswith("text/"))
    if is_text and part.get_content_disposition() != "attachment" and kind != "text/calendar":
        return ""
    if is_top and kind != "text/calendar" and not name and "octet-stream" not in kind:
        return "" if part.get_content_maintype() in {"text", "multipart"} else kind
    return name or kind


def _file_name(part: Message) -> str:
    """A label, never a path."""
    try:
        raw = part.get_filename("")
    except (LookupError, UnicodeError, ValueError):
        return "unreadable-name"
    name = mail_text.header(raw).replace("\\", "/").rpartition("/")[2]
    return name[:MAX_FILE_NAME]


def _note(body: Body, kind: str, name: str) -> None:
    is_ignored = (
        kind in {"text/calendar", "application/ms-tnef"} or name.casefold() == "winmail.dat"
    )
    (body.ignored if is_ignored else body.attachments).append(name)


def _text(part: Message, kind: str, *, is_utf8: bool) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    encoding = str(part.get("content-transfer-encoding", "")).strip().casefold()
    charset = "utf-8" if is_utf8 and encoding in _IDENTITY else _charset(part)
    text = mail_text.decode(data, charset).replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/html":
        return mail_html.to_text(text)
    return _unflowed(text, part) if _parameter(part, "format") == "flowed" else text


def _charset(part: Message) -> str | None:
    return _parameter(part, "charset") or None


def _parameter(part: Message, name: str) -> str:
    value = part.get_param(name, "")
    text = value[2] if isinstance(value, tuple) else value
    return str(text or "").strip().casefold()


def _unflowed(text: str, part: Message) -> str:
    """RFC 3676: a line that ends in a space goes on below, if it is quoted as deep."""
    is_delsp = _parameter(part, "delsp") == "yes"
    paragraphs: list[tuple[int, list[str]]] = []
    goes_on = False
    for line in text.split("\n"):
        depth, words = _stuffed(line)
        if not (goes_on and paragraphs[-1][0] == depth and words != "-- "):
            paragraphs.append((depth, []))
        goes_on = words.endswith(" ") and words != "-- "
        paragraphs[-1][1].append(words[:-1] if goes_on and is_delsp else words)
    return "\n".join(_quoted(depth, "".join(words)) for depth, words in paragraphs)


def _stuffed(line: str) -> tuple[int, str]:
    words = line.lstrip(">")
    return len(line) - len(words), words.removeprefix(" ")


def _quoted(depth: int, text: str) -> str:
    return f"{'>' * depth} {text}" if depth else text
