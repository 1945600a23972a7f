"""A text in which somebody is named at each entry, whoever wrote it."""

from schemas.source import Kind, Parsed
from service.errors import FormatUnknown
from service.intake.content import Content
from service.intake.documents import entries
from service.intake.documents.layouts import Talk, find_talk, has_talk
from service.intake.lines import LINE_HEAD

NAME = "transcript"


def fits(content: Content) -> bool:
    """A layout opens at least three entries near the top, and they hold most of the text there."""
    return not content.is_json and has_talk(content.lines)


def read(content: Content) -> Parsed:
    """An utterance an entry; what is outside the talk is counted in a notice."""
    found = require_talk(content.lines)
    return Parsed(
        kind=Kind.CALL,
        format=NAME,
        utterances=found.entries.utterances,
        title=_title(content.lines[: found.first_line]),
        notices=entries.notices(found.entries),
    )


def require_talk(lines: list[str], *, is_vouched_for: bool = False) -> Talk:
    """The talk; raises FormatUnknown where there is none."""
    found = find_talk(lines, is_vouched_for=is_vouched_for)
    if found is None:
        raise FormatUnknown("No layout of a transcript fits this text.", field="file")
    return found


def _title(lines: list[str]) -> str | None:
    """The first heading above the talk."""
    found = (line.strip()[:LINE_HEAD].lstrip("# ") for line in lines if line.startswith("#"))
    return next(found, None)
