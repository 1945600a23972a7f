from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from schemas.source import Side, Turn


class Meeting(BaseModel):
    """One document of the set."""

    doc_id: str
    utterances: list[tuple[str, str]]
    domain: str = ""
    customer: str | None = None
    title: str | None = None

    def turns(self) -> tuple[Turn, ...]:
        """The utterances as turns of a source."""
        return tuple(
            Turn(turn=number, speaker=speaker, side=Side.UNKNOWN, side_rule="none", text=text)
            for number, (speaker, text) in enumerate(self.utterances)
        )


class Question(BaseModel):
    """One question, with the utterances that people marked as its answer."""

    kind: str = "specific"
    text: str
    doc_id: str
    spans: list[tuple[int, int]]
    utterances: frozenset[int]

    def is_answered_by(self, first: int, last: int) -> bool:
        """Whether half of these utterances are marked, or half of one marked span is here."""
        here = frozenset(range(first, last + 1))
        if 2 * len(here & self.utterances) >= len(here):
            return True
        return any(
            2 * (min(last, end) - max(first, start) + 1) >= end - start + 1
            for start, end in self.spans
        )


def meetings(folder: Path, *, limit: int | None = None) -> list[Meeting]:
    """Read the documents; a limit takes them evenly from the whole list."""
    found = [Meeting.model_validate_json(line) for line in _lines(folder / "docs.jsonl")]
    if limit is None or limit >= len(found):
        return found
    return [found[number * len(found) // limit] for number in range(limit)]


def questions(folder: Path, of: list[Meeting], *, kind: str = "specific") -> list[Question]:
    """Read the questions to these documents."""
    known = {meeting.doc_id for meeting in of}
    found = (Question.model_validate_json(line) for line in _lines(folder / "queries.jsonl"))
    return [question for question in found if question.kind == kind and question.doc_id in known]


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file
