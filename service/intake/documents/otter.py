"""The text that Otter exports: `Name  0:03` above the words, and a footer that says so."""

from schemas.source import Kind, Parsed
from service.intake.content import Content
from service.intake.documents import entries
from service.intake.documents.layouts import has_talk
from service.intake.documents.paragraphs import of_nobody
from service.intake.documents.transcript import require_talk
from service.intake.lines import bare_head

NAME = "otter-text"
_FOOTER = "transcribed by https://otter.ai"
_LAST_LINES = 20


def fits(content: Content) -> bool:
    """The footer near the end, and a layout."""
    return (
        not content.is_json
        and any(bare_head(line).lower().startswith(_FOOTER) for line in _last(content.lines))
        and has_talk(content.lines, is_vouched_for=True)
    )


def _last(lines: list[str]) -> list[str]:
    return lines[-_LAST_LINES:]


def read(content: Content) -> Parsed:
    """An utterance an entry; a time without a name is somebody unknown."""
    found = require_talk(content.lines, is_vouched_for=True).entries
    return Parsed(
        kind=Kind.CALL,
        format=NAME,
        utterances=found.utterances,
        notices=entries.notices(found) + of_nobody(found.utterances),
    )
