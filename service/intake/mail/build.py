"""Mail that came as fields of JSON, put into the shape of the standard parser."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from email import message_from_bytes
from email.message import Message

from service.errors import Malformed
from service.intake.mail import limits as mail_limits

Fields = Iterable[tuple[str, str]]
_OF_THE_WIRE = ("content-type", "content-transfer-encoding", "mime-version")


def of_fields(
    fields: Fields,
    *,
    plain: str | None = None,
    html: str | None = None,
    attached: Iterable[str] = (),
) -> Message:
    """A message of header fields, its text in one or both forms, and names of attachments."""
    message = head(fields)
    for name in _OF_THE_WIRE:
        del message[name]
    forms = [_text(kind, text) for kind, text in (("plain", plain), ("html", html)) if text]
    parts: list[Message | str] = [_multipart("alternative", forms), *map(_attachment, attached)]
    message["Content-Type"] = "multipart/mixed"
    message.set_payload(parts)
    return message


def head(fields: Fields) -> Message:
    """The header fields alone, one line each, under the limits of a message. Raises ParseLimit."""
    lines = (f"{name}: {' '.join(value.split())}\n" for name, value in fields if _is_name(name))
    raw = "".join(lines).encode("utf-8", "replace")
    mail_limits.check(raw + b"\n")
    return message_from_bytes(raw)


def of_bytes(part: Message, data: bytes) -> Message:
    """A part whose bytes are decoded already; they keep their charset."""
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "8bit"
    part.set_payload(data.decode("ascii", "surrogateescape"))
    return part


def mailbox(name: str | None, address: str | None) -> str:
    """`Name <address>` as a header field has it."""
    bare = " ".join((name or "").replace('"', " ").split())
    return f'"{bare}" <{address or ""}>' if bare else address or ""


def from_base64url(text: str, *, place: str) -> bytes:
    """Bytes of base64 with `-` and `_`, padded or not. Raises Malformed."""
    bare = "".join(text.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(
            f"`{place}` is no base64url.", field="file", mend="Send it as the API returns it."
        ) from error


def _is_name(name: str) -> bool:
    return (
        name.isascii() and name.isprintable() and ":" not in name and " " not in name and bool(name)
    )


def _text(kind: str, text: str) -> Message:
    part = Message()
    part["Content-Type"] = f"text/{kind}; charset=utf-8"
    return of_bytes(part, text.encode("utf-8", "replace"))


def _multipart(kind: str, parts: Sequence[Message]) -> Message:
    part = Message()
    part["Content-Type"] = f"multipart/{kind}"
    part.set_payload(list(parts))
    return part


def _attachment(name: str) -> Message:
    part = Message()
    part["Content-Type"] = "application/octet-stream"
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part
