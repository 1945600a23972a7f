"""The entry: the bytes of one upload to what it says, or a refusal that says why."""

from schemas.source import Kind, Notice, Parsed
from service.errors import NoContent, TooLarge
from service.intake import clean, turns
from service.intake.content import Content
from service.intake.detect import Format, Found, detect, named
from service.intake.documents import paragraphs

MAX_TURNS = turns.MAX_TURNS
MAX_CODE_POINTS = 2_000_000
_BLANKS = b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xff\xfe"


def read(
    data: bytes,
    *,
    format: str | None = None,  # noqa: A002 - the word of the contract
    kind: Kind | None = None,
) -> Parsed:
    """Detect and parse; raises FormatUnknown, NoContent, TooLarge, Malformed, or Invalid."""
    if not data.strip(_BLANKS):
        raise NoContent("The file is empty.", field="file")
    content = Content(data)
    row, held = _found(content, format=format, kind=kind)
    parsed = clean.clean(row.read(held), line_limit=_line_limit(held))
    parsed = parsed.model_copy(
        update={"kind": kind or parsed.kind, "notices": _notices(row, content, parsed, kind)}
    )
    _refuse_empty(parsed)
    _refuse_large(parsed)
    return parsed


def _found(content: Content, *, format: str | None, kind: Kind | None) -> Found:  # noqa: A002 - as above
    if format is not None:
        return named(format, content)
    found = detect(content)
    if kind is Kind.CONTRACT and found.row.name == "transcript":
        return named(paragraphs.NAME, content)
    return found


def _line_limit(content: Content) -> int | None:
    return None if content.is_json else clean.LINE_LIMIT


def _notices(
    row: Format, content: Content, parsed: Parsed, kind: Kind | None
) -> tuple[Notice, ...]:
    """With what was uncertain of the bytes; a contract needs no speakers."""
    found = parsed.notices if row.kind is Kind.EMAIL else content.decoded.notices + parsed.notices
    if kind is Kind.CONTRACT:
        found = tuple(one for one in found if one != paragraphs.SPEAKERS_UNKNOWN)
    return found


def _refuse_empty(parsed: Parsed) -> None:
    if not any(char.isalnum() for one in parsed.utterances for char in one.text):
        raise NoContent("There are no words in it.", field="file")


def _refuse_large(parsed: Parsed) -> None:
    code_points = sum(len(one.text) for one in parsed.utterances)
    if code_points > MAX_CODE_POINTS:
        detail = f"The text has {code_points} code points; {MAX_CODE_POINTS} are the limit."
        raise TooLarge(detail, field="file", mend="Send it in parts.")
    if len(parsed.utterances) <= MAX_TURNS:  # then there are no more turns
        return
    turns.refuse_many(len(turns.join(parsed)))
