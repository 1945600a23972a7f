"""WebVTT in the dialects of Zoom, Teams and the rest."""

import re
from collections.abc import Iterator

from schemas.source import Kind, Parsed
from service.errors import NoContent
from service.intake.captions import cues, metadata
from service.intake.captions import speakers as captions
from service.intake.captions.cues import Cue
from service.intake.content import Content
from service.intake.documents.paragraphs import of_nobody

NAME = "webvtt"
_HEADER = re.compile(r"WEBVTT(?:[ \t\n]|$)")
_BLOCKS = ("NOTE", "STYLE", "REGION")


def fits(content: Content) -> bool:
    """The header, or cues whose times have points (or no decimals) instead of commas."""
    if content.is_json:
        return False
    if _HEADER.match(content.text.lstrip()):
        return True
    return cues.has_cues(content.lines) and not has_comma_times(content.lines)


def has_comma_times(lines: list[str]) -> bool:
    """Whether the first time line writes its decimals as SRT does."""
    first = next((line for line in lines if cues.timing(line)), "")
    return "," in first.partition("-->")[0]


def read(content: Content) -> Parsed:
    """Every cue with words, sorted by start."""
    found = list(cues.read_cues(content.lines, any_identifier=True))
    if any(block in content.text for block in _BLOCKS):
        found = list(map(_without_blocks, found))
    spoken = captions.utterances(found)
    if not spoken:
        raise NoContent("There is no cue with words in this WebVTT file.", field="file")
    return Parsed(
        kind=Kind.CALL,
        format=NAME,
        utterances=spoken,
        occurred_at=metadata.began_at(found[:1]),
        notices=of_nobody(spoken),
    )


def _without_blocks(cue: Cue) -> Cue:
    if "" not in cue.lines[1:]:
        return cue
    return cue._replace(lines=tuple(_spoken(cue.lines)))


def _spoken(lines: tuple[str, ...]) -> Iterator[str]:
    """Leaves out comments, styles and regions: blocks of their own after a blank line."""
    in_block = after_blank = False
    for line in lines[1:] if not lines[0] else lines:
        if not line:
            in_block, after_blank = False, True
            continue
        in_block = in_block or (after_blank and line.split(maxsplit=1)[0] in _BLOCKS)
        after_blank = False
        if not in_block:
            yield line
