"""SubRip: the cues of WebVTT with numbers above and commas in the times."""

from schemas.source import Kind, Parsed
from service.errors import NoContent
from service.intake.captions import cues, webvtt
from service.intake.captions import speakers as captions
from service.intake.content import Content
from service.intake.documents.paragraphs import of_nobody

NAME = "srt"


def fits(content: Content) -> bool:
    """Cues whose times have commas, and no WebVTT header."""
    return (
        not content.is_json
        and cues.has_cues(content.lines)
        and webvtt.has_comma_times(content.lines)
        and not webvtt.fits(content)
    )


def read(content: Content) -> Parsed:
    """Every cue with words, sorted by start."""
    spoken = captions.utterances(cues.read_cues(content.lines, any_identifier=False))
    if not spoken:
        raise NoContent("There is no cue with words in this SRT file.", field="file")
    return Parsed(kind=Kind.CALL, format=NAME, utterances=spoken, notices=of_nobody(spoken))
