"""A contract cut into clauses that keep their place, each with the words that introduce it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from schemas.claim import Span
from schemas.source import Turn
from service.extract.local import sentences
from service.extract.local.sentences import LIST_MARK, Sentence

HEADING: Final = 80
"""Characters up to which a line without an end mark is a heading, or an item of a list."""
ENDS: Final = (".", ";", "!", "?", ",")
LEADS: Final = ":"
ITEM: Final = re.compile(r"[ \t]{0,20}(?:[-*•·]|\(?[a-z]{1,3}\)|\(\d{1,2}\))[ \t]")
TITLE: Final = re.compile(
    r"#{1,6} |\d{1,2}\. |(?:annex|appendix|exhibit|schedule|section|article)\b", re.IGNORECASE
)


class Clause(NamedTuple):
    """One sentence, item or row; `lead` is the line above that says what the list is of."""

    text: str
    spans: tuple[Span, ...]
    heading: str = ""
    lead: str = ""

    @property
    def words(self) -> str:
        """The clause as it is understood, with the line that introduces it."""
        return f"{self.lead} {self.text}" if self.lead else self.text


def cut(turns: Sequence[Turn]) -> tuple[Clause, ...]:
    """All clauses of a contract in order."""
    cutter = _Cutter()
    return tuple(clause for turn in turns for clause in cutter.clauses(turn))


class _Cutter:
    """Goes through a contract once and remembers under what it stands."""

    def __init__(self) -> None:
        self._heading = ""
        self._lead = ""
        self._lead_span: tuple[Span, ...] = ()

    def clauses(self, turn: Turn) -> Iterator[Clause]:
        for sentence in _sentences(turn.text):
            span = Span(turn=turn.turn, start=sentence.start, end=sentence.end)
            if self._is_heading(sentence.text):
                self._heading, self._lead, self._lead_span = sentence.text, "", ()
            elif sentence.text.endswith(LEADS):
                self._lead, self._lead_span = sentence.text, (span,)
            else:
                yield from self._told(sentence.text, span)

    def _told(self, text: str, span: Span) -> Iterator[Clause]:
        if not self._is_item(text):
            self._lead, self._lead_span = "", ()
        lead, _, body = self._lead.rpartition(LEADS) if self._lead else ("", "", "")
        inside, colon, listed = text.partition(": ")
        spans = (*self._lead_span, span)
        if colon and not body and ";" in listed:
            parts = [part.strip() for part in listed.split(";") if part.strip()]
            yield from (Clause(part, spans, self._heading, f"{lead} {inside}") for part in parts)
            return
        yield Clause(text, spans, self._heading, lead)

    def _is_item(self, text: str) -> bool:
        is_short = len(text) <= HEADING and not text.endswith(".")
        return bool(ITEM.match(text) or LIST_MARK.match(text)) or is_short

    def _is_heading(self, text: str) -> bool:
        if len(text) > HEADING or text.endswith((*ENDS, LEADS)) or "|" in text or "\t" in text:
            return False
        return bool(TITLE.match(text)) or not (self._lead or ITEM.match(text))


def _sentences(text: str) -> Iterator[Sentence]:
    """Sentences and rows of tables; what was cut inside a long sentence is put together again."""
    for start, end in _blocks(text):
        first = last = -1
        is_item = False
        for one in sentences.split(text[start:end]):
            if last >= 0 and not _goes_on(text, last, start + one.start, is_item=is_item):
                yield Sentence(first, last, text[first:last])
                first = -1
            if first < 0:
                first, is_item = start + one.start, bool(LIST_MARK.match(one.text))
            last = start + one.end
        if last >= 0:
            yield Sentence(first, last, text[first:last])


def _goes_on(text: str, end: int, start: int, *, is_item: bool) -> bool:
    """Whether it is one sentence of the contract: it has long ones, and "four (4) hours"."""
    if text[end - 1] in (*ENDS, LEADS):
        return False
    gap = text[end:start]
    if "\n" in gap:
        return gap.count("\n") == 1 and not (is_item or LIST_MARK.match(text, start))
    return not gap.strip()


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Rows of tables, headings, items and leads stand alone; other lines may be wrapped."""
    start = at = 0
    for line in text.splitlines(keepends=True):
        if _stands_alone(line):
            if start < at:
                yield start, at
            yield at, at + len(line)
            start = at + len(line)
        at += len(line)
    if start < at:
        yield start, at


def _stands_alone(line: str) -> bool:
    told = line.strip()
    return "|" in line or "\t" in told or told.startswith("#") or told.endswith(LEADS)
