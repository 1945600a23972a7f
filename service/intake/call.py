"""A call out of the utterances that a reader found."""

from collections.abc import Iterable

from schemas.source import Kind, Parsed, Utterance
from service.errors import NoContent
from service.intake.documents.paragraphs import of_nobody


def call(name: str, spoken: Iterable[Utterance]) -> Parsed:
    """Utterances with words, sorted where every start is known; raises NoContent without any."""
    found = [one for one in spoken if one.text.strip()]
    if not found:
        raise NoContent(f"There are no words in this {name} transcript.", field="file")
    if all(one.start_s is not None for one in found):
        found.sort(key=lambda one: one.start_s or 0.0)
    return Parsed(kind=Kind.CALL, format=name, utterances=tuple(found), notices=of_nobody(found))
