"""The limits of one message, counted over its bytes before anything parses them.

The standard parser takes half a minute for a subject of 1 MB and recurses into nested parts.
"""

from dataclasses import dataclass, field
from email.message import Message

from service.errors import ParseLimit

MAX_FIELD = 64 * 1024
MAX_HEADERS = 256 * 1024
MAX_PARTS = 200
MAX_DEPTH = 20
MAX_ADDRESSES = 500
MAX_PARAMETERS = 100
_ADDRESS_FIELDS = (b"from", b"to", b"cc", b"bcc", b"sender", b"reply-to")
_MEND = "Send the message without its attachments, or as the text of its body."


@dataclass
class _Scan:
    """Where a scan stands: inside headers or a body, and under which boundaries."""

    boundaries: list[bytes] = field(default_factory=list)
    nested: int = 0
    header_bytes: int = 0
    parts: int = 1
    addresses: int = 0
    in_headers: bool = True
    is_report: bool = False
    field_lines: list[bytes] = field(default_factory=list)
    field_bytes: int = 0
    content_type: bytes = b""


def check(data: bytes) -> None:
    """Raise the limit that a message is over, or return."""
    scan = _Scan()
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        if scan.in_headers:
            _read_header_line(scan, data[start:end])
            _count_header(scan, end - start)
        elif data.startswith(b"--", start) or (scan.is_report and data[start:end].isspace()):
            _read_body_line(scan, data[start : min(end, start + MAX_FIELD)])
        start = end
    _end_field(scan)


def _count_header(scan: _Scan, size: int) -> None:
    scan.header_bytes += size
    _limit(scan.header_bytes, MAX_HEADERS, "all headers together, in bytes")


def _read_header_line(scan: _Scan, line: bytes) -> None:
    if not line.strip(b"\r\n"):
        _end_headers(scan)
    elif line[:1] in b" \t":
        _add_to_field(scan, line)
    elif b":" in line or line.startswith((b"From ", b">From ")):
        _end_field(scan)
        _add_to_field(scan, line)
    else:
        _end_headers(scan)
        _read_body_line(scan, line)


def _add_to_field(scan: _Scan, line: bytes) -> None:
    scan.field_lines.append(line)
    scan.field_bytes += len(line)
    _limit(scan.field_bytes, MAX_FIELD, "one header field, in bytes")


def _end_field(scan: _Scan) -> None:
    name, _, value = b"".join(scan.field_lines).partition(b":")
    scan.field_lines, scan.field_bytes = [], 0
    name = name.strip().lower()
    if name in _ADDRESS_FIELDS:
        scan.addresses += value.count(b"@")
        _limit(scan.addresses, MAX_ADDRESSES, "addresses")
    elif name == b"content-type" and not scan.content_type:
        _limit(value.count(b";"), MAX_PARAMETERS, "parameters of a Content-Type")
        scan.content_type = value


def _end_headers(scan: _Scan) -> None:
    """What follows is a body, or again headers where the body is a message."""
    _end_field(scan)
    described = Message()
    described["Content-Type"] = " ".join(scan.content_type.decode("latin-1").split())
    scan.content_type = b""
    kind = described.get_content_type()
    scan.in_headers = scan.is_report = False
    if kind.startswith("multipart/") and (boundary := described.get_boundary()):
        scan.boundaries.append(boundary.encode("latin-1", "replace"))
    elif kind == "message/delivery-status":
        scan.is_report = True
    elif kind.startswith("message/"):
        scan.in_headers = True
        scan.nested += 1
        _count_part(scan)
    _limit(len(scan.boundaries) + scan.nested, MAX_DEPTH, "levels of nested parts")


def _read_body_line(scan: _Scan, line: bytes) -> None:
    """A boundary line ends the parts inside it; a report has a part a paragraph."""
    if scan.is_report and not line.strip():
        _count_part(scan)
    text = line.rstrip()
    if not text.startswith(b"--"):
        return
    found = next((b for b in reversed(scan.boundaries) if text[2:] in (b, b + b"--")), None)
    if found is None:
        return
    del scan.boundaries[_last(scan.boundaries, found) + 1 :]
    scan.is_report, scan.nested = False, 0
    if text[2:] == found:
        scan.in_headers = True
        _count_part(scan)
    else:
        scan.boundaries.pop()


def _last(items: list[bytes], item: bytes) -> int:
    return len(items) - 1 - items[::-1].index(item)


def _count_part(scan: _Scan) -> None:
    scan.parts += 1
    _limit(scan.parts, MAX_PARTS, "parts")


def _limit(count: int, most: int, what: str) -> None:
    if count > most:
        raise ParseLimit(f"The message has more than {most} {what}.", mend=_MEND)
