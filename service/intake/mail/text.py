"""Bytes of a part or a header as text, whatever charset they claim."""

import codecs
from email.errors import HeaderParseError
from email.header import decode_header
from functools import lru_cache

MAX_ENCODED_WORDS = 500
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"}
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}
)


def decode(data: bytes, charset: str | None) -> str:
    """The text of bytes: the charset they name where it fits, else UTF-8, else Windows-1252."""
    codec = _codec(charset)
    if codec == "iso8859-1":
        return _windows(data)
    if codec is not None and codec != "ascii":
        try:
            return data.decode(codec)
        except UnicodeError:
            pass
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(data)


@lru_cache(maxsize=64)
def _codec(charset: str | None) -> str | None:
    try:
        name = codecs.lookup((charset or "ascii").strip("\"' \t")).name
    except (LookupError, ValueError):
        return None
    if name in _NOT_CHARSETS or not _is_text(name):
        return None
    return _WIDER.get(name, name)


def _is_text(name: str) -> bool:
    """Codecs such as `zip` turn bytes into bytes."""
    try:
        b"a".decode(name)
    except UnicodeError:
        return True  # half a character, but a character
    except LookupError:
        return False
    return True


def _windows(data: bytes) -> str:
    """Windows-1252; its five undefined bytes stay what Latin-1 makes of them."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_character(byte) for byte in data)


def _character(byte: int) -> str:
    one = bytes((byte,))
    try:
        return one.decode("cp1252")
    except UnicodeDecodeError:
        return one.decode("latin-1")


def header(raw: str) -> str:
    """A header field as one line: encoded words decoded, then every control character gone."""
    text = decode(raw.encode("utf-8", "surrogateescape"), None)
    if 0 < text.count("=?") <= MAX_ENCODED_WORDS:
        text = _decode_words(text)
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


def _decode_words(text: str) -> str:
    try:
        chunks = decode_header(" ".join(text.split()))
    except HeaderParseError:
        return text
    return "".join(
        chunk if isinstance(chunk, str) else decode(chunk, charset) for chunk, charset in chunks
    )
