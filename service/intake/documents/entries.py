"""Lines of a text transcript to utterances, once it is known which lines open an entry."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from schemas.source import Notice, Utterance
from service.intake.lines import bare_head, time_alone

_RULE = re.compile(r"(?:[-*_=]\s{0,2}){3,80}")
_HEADING = re.compile(r"#{1,6}\s")
_FOOTERS = (
    "transcribed by http",
    "transcription ended",
    "meeting ended after",
    "this editable transcript",
    "end of transcript",
    "end of call",
    "transcript ends",
)
_ASIDES = (("(", ")"), ("[", "]"))
_BY_A_TOOL = (" started transcription", " stopped transcription")
_LOOKED_AT = 200


class Head(NamedTuple):
    """A line that opens an entry."""

    line: int
    speaker: str | None
    start_s: float | None
    text: str
    """What the line says after its label."""


class Entries(NamedTuple):
    """The utterances, and how many lines with text belong to none."""

    utterances: tuple[Utterance, ...]
    lines_outside: int


def build(lines: list[str], heads: list[Head]) -> Entries:
    """Each head with the lines below it that are its speaker's words."""
    ends = [head.line for head in heads[1:]] + [len(lines)]
    bodies = [lines[head.line + 1 : end] for head, end in zip(heads, ends, strict=True)]
    spoken = [list(_spoken(body)) for body in bodies]
    if heads and not any(map(_crosses_blank, heads[:-1], spoken[:-1])):
        spoken[-1] = _first_paragraph(heads[-1], spoken[-1])
    utterances = tuple(map(_utterance, heads, spoken))
    inside = len(heads) + sum(bool(line) for body in spoken for line in body)
    filled = [line for line in lines if line.strip()]
    clocks = sum(time_alone(line) is not None for line in filled)
    return Entries(utterances, max(0, len(filled) - inside - clocks))


def _spoken(body: list[str]) -> Iterator[str]:
    """The lines up to a rule, a heading or a footer, blank ones as ''; no asides, no lone times."""
    for line in map(str.strip, body):
        if not line:
            yield line
        elif breaks(line):
            return
        elif not is_aside(line) and time_alone(line) is None:
            yield line


def breaks(line: str) -> bool:
    """Whether an entry ends here although no other one opens."""
    if time_alone(line) is not None:
        return False
    head = bare_head(line).lower()
    return bool(_RULE.fullmatch(line[:_LOOKED_AT]) or _HEADING.match(line)) or head.startswith(
        _FOOTERS
    )


def is_aside(line: str) -> bool:
    """`(crosstalk)` on a line of its own, `Dana started transcription`: said by nobody."""
    return line[:_LOOKED_AT].endswith(_BY_A_TOOL) or any(
        line.startswith(opening) and line.endswith(closing) and line.count(opening) == 1
        for opening, closing in _ASIDES
    )


def _crosses_blank(head: Head, spoken: list[str]) -> bool:
    return _first_paragraph(head, spoken) != [line for line in spoken if line]


def _first_paragraph(head: Head, spoken: list[str]) -> list[str]:
    """The lines up to a blank one; a head without words of its own may have one below it."""
    found: list[str] = []
    for line in spoken:
        if line:
            found.append(line)
        elif found or head.text:
            break
    return found


def _utterance(head: Head, spoken: list[str]) -> Utterance:
    words = [head.text, *spoken]
    text = "\n".join(line for line in words if line)
    return Utterance(text=text, speaker=head.speaker, start_s=head.start_s)


def notices(entries: Entries) -> tuple[Notice, ...]:
    """Says what was left out of the turns."""
    if not entries.lines_outside:
        return ()
    detail = f"{entries.lines_outside} lines before, between or after the turns are nobody's words."
    mend = "They are kept in the original; send them as a source of their own if they matter."
    return (Notice(code="lines-outside-turns", detail=detail, mend=mend),)
