"""Messages made to hurt a reader; generated, so that no such file lies about."""

from collections.abc import Callable

HEAD = b"From: Mallory <m@evil.example>\nTo: dana@northwind.example\n"


def long_subject() -> bytes:
    return HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 70_000 + b"\n\nHello\n"


def many_headers() -> bytes:
    return HEAD + b"X-Filler: aaaaaaaaaaaaaaaaaaaa\n" * 10_000 + b"\nHello\n"


def deep_multiparts(depth: int = 1_000) -> bytes:
    opened = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return HEAD + b"".join(opened) + b"\nHello\n"


def nested_messages(depth: int = 1_000) -> bytes:
    return HEAD + b"Content-Type: message/rfc822\n\n" * depth + b"\nHello\n"


def many_parts(parts: int = 1_000) -> bytes:
    head = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
    return head + b"--b\n\nHello\n" * parts + b"--b--\n"


def many_parameters() -> bytes:
    pairs = b"".join(b"; p%d=1" % n for n in range(20_000))
    return HEAD + b"Content-Type: text/plain" + pairs + b"\n\nHello\n"


def folded_parameters() -> bytes:
    pairs = b"".join(b";\n p%d=1" % n for n in range(5_000))
    return HEAD + b"Content-Type: text/plain" + pairs + b"\n\nHello\n"


def many_addresses() -> bytes:
    return HEAD + b"Cc: " + b"a@b.example, " * 501 + b"c@d.example\n\nHello\n"


def long_report() -> bytes:
    return HEAD + b"Content-Type: message/delivery-status\n\n" + b"\n" * 100_000


OVER_THE_LIMITS: tuple[tuple[Callable[[], bytes], str], ...] = (
    (long_subject, "header field"),
    (many_headers, "all headers"),
    (deep_multiparts, "nested parts"),
    (nested_messages, "nested parts"),
    (many_parts, "parts"),
    (many_parameters, "header field"),
    (folded_parameters, "parameters"),
    (many_addresses, "addresses"),
    (long_report, "parts"),
)

MARKERS = (
    ">",
    ">\n",
    "> ",
    "On\n",
    "On 1 a@b\n",
    "On 1 wrote:\n",
    "On 1 a@b wrote:\n",
    "1. skrev a@b:\n",
    "From: a@b\nTo: c\n",
    "To: \nx\nCc: \nx\nAn: \nx\nVon:\nx\n",
    "\n",
    " ",
    "_",
    "_____\n\n",
    "-----Original Message-----\n",
    "Begin forwarded message:\n\n",
    "--\n",
    "Best regards\n",
    "disclaimer\n\n",
)
"""Each repeated to 1 MB costs a splitter with patterns seconds to minutes."""

TAGS = ("<", "<!--", "<a ", "<![", "<?", '<a b="', "<blockquote>a", "&#", "<script>")
