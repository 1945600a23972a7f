"""The words of a Word document (.docx), as text: its paragraphs with a blank line between them."""

from xml.parsers import expat

from service.errors import FormatUnknown, ParseLimit
from service.intake.decode import Decoded
from service.intake.documents import package

MAX_TEXT = 4_000_000
"""Characters after which reading stops: twice what a source may have."""

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
_DOUBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
"""What older programs show in the place of what stands right before it: the same words again."""


def is_office(data: bytes) -> bool:
    """Any ZIP archive: `decoded` refuses one that is no Word document, and says what it is."""
    return data.startswith(package.MAGIC)


def decoded(data: bytes) -> Decoded:
    """The text. Raises FormatUnknown and ParseLimit."""
    words = _Words()
    try:
        for piece in package.word_xml(data):
            words.feed(piece)
        words.feed(b"", is_final=True)
    except expat.ExpatError as error:
        raise FormatUnknown(
            f"The words of this document cannot be read (line {error.lineno} of its XML).",
            field="file",
            mend="Save it again, or send its text.",
        ) from error
    return Decoded(words.text(), ())


class _Words:
    """Reads the XML as it comes: no tree, no entity of the document's own, nothing fetched."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._in_text = False
        self._doubles = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._say
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def feed(self, piece: bytes, *, is_final: bool = False) -> None:
        self._parser.Parse(piece, is_final)

    def text(self) -> str:
        return "".join(self._parts)

    def _open(self, name: str, _: dict[str, str]) -> None:
        self._doubles += name == _DOUBLE
        tag = _word_tag(name)
        self._in_text = tag == "t"
        if tag in _BREAKS:
            self._add(_BREAKS[tag])

    def _close(self, name: str) -> None:
        self._doubles -= name == _DOUBLE
        self._in_text = False
        if _word_tag(name) == "p":
            self._add("\n\n")

    def _say(self, text: str) -> None:
        if self._in_text:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._doubles:
            return
        self._size += len(text)
        if self._size > MAX_TEXT:
            detail = f"The document has over {MAX_TEXT} characters."
            raise ParseLimit(detail, field="file", mend="Send it in parts.")
        self._parts.append(text)


def _word_tag(name: str) -> str:
    space, _, tag = name.partition(" ")
    return tag if space in _SPACES else ""


def _refuse_doctype(*_: object) -> None:
    """No Word document has one; whoever writes one wants entities to grow."""
    raise FormatUnknown(
        "This document declares entities of its own, as no program writes them.", field="file"
    )
