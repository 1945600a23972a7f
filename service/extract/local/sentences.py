"""Split a turn into sentences that keep their place: written mail, tidy calls and raw speech."""

import re
from collections.abc import Iterator
from typing import NamedTuple

LONG_RUN = 200
"""Characters without an end mark from which a run is taken for unpunctuated speech."""
WRAPPED = 66
"""Characters from which a line may go on in the next: mail is wrapped at some 72."""
LIST_NUMBER = 24
"""Characters up to the full stop of a list's number."""
OVERLONG = 1_000
"""Characters from which a sentence is cut even where it has marks."""
PIECE = 100
"""Characters after which unpunctuated speech is cut at the next clause."""
WINDOW = 100
"""Characters beyond PIECE in which a clause is looked for before a space has to do."""

SHORTENED = "mr mrs ms dr prof st jr sr vs approx dept est fig e.g i.e a.m p.m u.s u.k inc ltd corp"
ABBREVIATIONS = frozenset(SHORTENED.split())
BEFORE_DIGITS = frozenset({"no", "p", "pp", "ca", "sec", "vol"})
"""Abbreviations only where a number follows: "no. 5", but "No. We tried." """

END = re.compile(r"[.!?…。！？]{1,8}[\"'”’)\]*]{0,3}(?=\s|$)|[。！？]")  # noqa: RUF001 (full-width marks)
BREAK = re.compile(
    r"\n[ \t]{0,20}\n"  # a blank line
    r"|\n(?=[ \t]{0,20}(?:[-*•–·]|\d{1,2}[.)]|\(\d{1,2}\))[ \t])"  # noqa: RUF001 (a dash of lists)
    r"|:[ \t]{0,5}\n"  # a lead-in
    r"|(?<=[)\]])[ \t]{0,5}\n(?=[A-Z])"  # a bracket closes the line
    r"|[ \t](?=\(\d{1,2}\)[ \t])"  # (1) one, (2) two
)
LIST_MARK = re.compile(r"[ \t]{0,20}(?:[-*•–·]|\d{1,2}[.)]|\(\d{1,2}\))[ \t]")  # noqa: RUF001 (a dash of lists)
CLAUSE = re.compile(
    r" (?=(?:and|so|but|because|or|then|okay|also|yeah)"
    r" (?:then |so |if |we|i|you|they|it|he|she|let|that|there|the)\b)",
    re.IGNORECASE,
)
PAUSES = frozenset({"…", "..", "...", "...."})
"""Marks of a pause: before a small letter the sentence goes on."""
LAST_WORD = re.compile(r"[^\s]{1,12}$")


class Sentence(NamedTuple):
    """A stretch of a turn: code-point offsets into the turn's text, end exclusive."""

    start: int
    end: int
    text: str


def split(text: str) -> tuple[Sentence, ...]:
    """All of the turn's words, in order, each in one sentence."""
    return tuple(
        piece
        for start, end in _blocks(text)
        for first, last in _ended(text, start, end)
        for piece in _pieces(text, first, last)
    )


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in BREAK.finditer(text):
        yield from _list_lines(text, start, match.end())
        start = match.end()
    yield from _list_lines(text, start, len(text))


def _list_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A short line of a list ends there; a long one may have been wrapped."""
    line = text.find("\n", start, end)
    is_item = LIST_MARK.match(text, start) and start < line < start + WRAPPED
    if is_item and text[line + 1 : line + 2].isupper():
        yield start, line + 1
        start = line + 1
    yield start, end


def _ended(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in END.finditer(text, start, end):
        if _closes(text, start, match):
            yield start, match.end()
            start = match.end()
    yield start, end


def _closes(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the mark ends a sentence: a full stop may belong to "Dr." or to a list's "1."."""
    if match.group() in PAUSES and text[match.end() : match.end() + 2].strip()[:1].islower():
        return False
    if match.group() != ".":
        return True
    found = LAST_WORD.search(text, max(start, match.start() - 12), match.start())
    word = found.group().lower().lstrip("(\"'") if found else ""
    following = text[match.end() : match.end() + 2].strip()
    if word in BEFORE_DIGITS and following[:1].isdigit():
        return False
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    is_number_of_list = (
        word.isdigit()
        and match.start() - start <= LIST_NUMBER
        and (text[start : match.start()].strip() == word)
    )
    return not (word in ABBREVIATIONS or is_initial or is_number_of_list)


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    """The sentence without outer space, cut at clauses where it is speech without any marks."""
    while _is_run_on(text, start, end):
        cut = _clause_cut(text, start, end)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _is_run_on(text: str, start: int, end: int) -> bool:
    if end - start <= LONG_RUN:
        return False
    run = text[start : start + LONG_RUN]
    return end - start > OVERLONG or sum(run.count(mark) for mark in ",;:—") < LONG_RUN // 100


def _clause_cut(text: str, start: int, end: int) -> int:
    stop = min(end, start + PIECE + WINDOW)
    clause = CLAUSE.search(text, start + PIECE, stop)
    if clause:
        return clause.end()
    space = text.rfind(" ", start + PIECE, stop)
    return stop if space < 0 else space + 1


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip())
    stripped = inner.strip()
    if any(character.isalnum() for character in stripped):
        yield Sentence(first, first + len(stripped), stripped)
