"""The document that Teams offers for download, as text: `Name   0:03` above the words."""

import re
from collections.abc import Iterator

from schemas.source import Kind, Notice, Parsed
from service.intake.content import Content
from service.intake.documents import dated, entries
from service.intake.documents.layouts import has_talk
from service.intake.documents.paragraphs import of_nobody
from service.intake.documents.transcript import require_talk
from service.intake.lines import LINE_HEAD

NAME = "teams-document"
_FIRST_LINES = 30
_STARTED = " started transcription"
_HEADING = re.compile(
    r"(?P<title>.{1,150})-(?P<day>[0-9]{8})_(?P<clock>[0-9]{6})(?:UTC)?"
    r"-Meeting (?:Transcript|Recording)"
)


def fits(content: Content) -> bool:
    """Somebody `started transcription` near the top, or the heading of Teams; and a layout."""
    return (
        not content.is_json
        and any(_is_mark(line) for line in _first(content.lines))
        and has_talk(content.lines, is_vouched_for=True)
    )


def _is_mark(line: str) -> bool:
    return line.endswith(_STARTED) or _HEADING.fullmatch(line) is not None


def _first(lines: list[str]) -> list[str]:
    return [line[:LINE_HEAD].strip() for line in lines[:_FIRST_LINES]]


def read(content: Content) -> Parsed:
    """An utterance an entry, with the start that stands beside the name; ends are not told."""
    found = require_talk(content.lines, is_vouched_for=True).entries
    heading = next(filter(None, map(_HEADING.fullmatch, _first(content.lines))), None)
    return Parsed(
        kind=Kind.CALL,
        format=NAME,
        utterances=found.utterances,
        title=heading["title"].strip() if heading else None,
        notices=(*entries.notices(found), *of_nobody(found.utterances), *_when(heading)),
    )


def _when(heading: re.Match[str] | None) -> Iterator[Notice]:
    if heading:
        yield dated.unknown_zone(f"{heading['day']} {heading['clock'][:4]}")
