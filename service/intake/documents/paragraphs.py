"""Text in which nobody is named: a turn a paragraph."""

from collections.abc import Iterable
from itertools import groupby

from schemas.source import Kind, Notice, Parsed, Utterance
from service.intake.content import Content
from service.intake.turns import refuse_many

NAME = "text"
SPEAKERS_UNKNOWN = Notice(
    code="speakers-unknown",
    detail="No speakers were recognised, so no side is known.",
    mend="Send the transcript with its speakers, for example as WebVTT or as `Name: text` lines.",
)


def of_nobody(spoken: Iterable[Utterance]) -> tuple[Notice, ...]:
    """The notice where nobody at all is named."""
    return () if any(one.speaker for one in spoken) else (SPEAKERS_UNKNOWN,)


def fits(content: Content) -> bool:
    """Any text that is not JSON."""
    return not content.is_json


def read(content: Content) -> Parsed:
    """The paragraphs as they stand, nobody's."""
    refuse_many(sum(has_text for has_text, _ in groupby(content.lines, key=_has_text)))
    blocks = groupby(content.lines, key=_has_text)
    texts = ("\n".join(block) for has_text, block in blocks if has_text)
    spoken = tuple(Utterance(text=text.strip()) for text in texts)
    return Parsed(kind=Kind.CALL, format=NAME, utterances=spoken, notices=of_nobody(spoken))


def _has_text(line: str) -> bool:
    return bool(line.strip())
