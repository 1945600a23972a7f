"""What is new in a message, what it quotes, and whose words those are.

Own line rules in one pass: a reply splitter built of patterns takes seconds for a few kilobytes
of hostile text.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from schemas.model import Model
from schemas.source import QUESTION
from service.intake.mail import quoted_attribution, quoted_blocks, quoted_signature
from service.intake.mail.quoted_attribution import Attribution
from service.intake.mail.quoted_blocks import Block

MAX_LEVELS = 25
"""Quotes in quotes beyond this stay one text: every level costs a pass over its lines."""

MAX_OLDER = 200
"""Older messages told apart at one level; what is below them names nobody."""


MAX_QUESTION_LINES = 5
MAX_QUESTION = 500
"""What is kept of a quoted paragraph above the answer to it."""


class Marker(StrEnum):
    """How a message marks the older text in it."""

    ATTRIBUTION = "attribution"
    """`On … wrote:`"""
    BLOCK = "block"
    """A block of headers, with or without a line that announces it."""
    FORWARD = "forward"
    QUOTE = "quote"
    """Lines behind `>` alone: nothing names their author."""


class Quoted(Model):
    """An older message inside a newer one. Without author and address nobody is named."""

    marker: Marker
    author: str | None = None
    email: str | None = None
    sent_at: datetime | None = None
    """Naive where the marker names no zone: the local time of whoever quoted."""
    text: str
    signature: str = ""


class Split(Model):
    """One message cut into its parts; the history stands as in the text, newest first."""

    new: str
    signature: str = ""
    history: tuple[Quoted, ...] = ()


@dataclass
class _Quote:
    """Lines behind `>`, without it, under the attribution that names their author."""

    attribution: Attribution | None
    lines: list[str] = field(default_factory=list)


@dataclass
class _Section:
    """The own lines of one author, and what they quote."""

    head: Attribution | Block | None = None
    own: list[str] = field(default_factory=list)
    quotes: list[_Quote] = field(default_factory=list)
    is_answered: bool = False
    runs: int = 0
    """How often quoted lines begin anew behind own ones."""
    asked: list[str] = field(default_factory=list)
    """The lines of the last run."""
    questions: dict[int, list[str]] = field(default_factory=dict)
    """By the place in `own` of the line that answers them."""

    def quote(self, line: str) -> None:
        """Answers between quoted lines leave a blank line in the quote."""
        if not self.quotes:
            self.quotes.append(_Quote(None))
        lines = self.quotes[-1].lines
        if lines and self.is_answered:
            lines.append("")
        self.runs += self.is_answered or not self.runs
        if self.is_answered:
            self.asked = []
        self.is_answered = False
        lines.append(line)
        self.asked.append(line)

    def write(self, line: str) -> None:
        if self.runs and not self.is_answered and (last := _last_paragraph(self.asked)):
            self.questions[len(self.own)] = last
        self.own.append(line)
        self.is_answered = True

    def written(self) -> list[str]:
        """The own lines; answers between quoted lines stay below what they answer."""
        if self.runs < 2 or not self.questions:  # noqa: PLR2004 - quoted, answered, quoted again
            return self.own
        lines: list[str] = []
        for at, line in enumerate(self.own):
            if asked := self.questions.get(at):
                lines += [*(f"{QUESTION}{each}" for each in asked), ""]
            lines.append(line)
        return lines

    def space(self) -> None:
        """A run of blank lines is one."""
        if self.own and self.own[-1]:
            self.own.append("")


def split(text: str) -> Split:
    """Cut one message into new text, signature and history."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first, *older = _messages(lines, head=None, level=0)
    return Split(new=first.text, signature=first.signature, history=tuple(older))


def has_dated_head(lines: list[str]) -> bool:
    """Whether something in the text names the author and the date of an older message."""
    found = (_head(lines, at) for at, line in enumerate(lines) if line.strip())
    return any(one and one.sent_at and (one.author or one.email) for one in found)


def _messages(lines: list[str], *, head: Attribution | Block | None, level: int) -> list[Quoted]:
    """The message itself, then those inside it, as they stand."""
    sections = _sections(lines, head)
    return [message for section in sections for message in _read(section, level)]


def _sections(lines: list[str], head: Attribution | Block | None) -> list[_Section]:
    sections = [_Section(head)]
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line or line.isspace():
            sections[-1].space()
        elif _is_quote(line):
            sections[-1].quote(_dequoted(line))
        elif found := _head(lines, at):
            if len(sections) + len(sections[-1].quotes) > MAX_OLDER:
                return [*sections, _unnamed(lines[at:])]
            _open(sections, found, lines)
            at = found.end - 1
        else:
            sections[-1].write(line)
        at += 1
    return sections


def _head(lines: list[str], at: int) -> Attribution | Block | None:
    return quoted_blocks.find(lines, at) or quoted_attribution.find(lines, at)


def _unnamed(lines: list[str]) -> _Section:
    end = len(lines)
    return _Section(Block(None, None, None, end), own=lines)


def _open(sections: list[_Section], found: Attribution | Block, lines: list[str]) -> None:
    """An attribution stands above quoted lines, or above the rest of the text."""
    below = next((line for line in lines[found.end : found.end + 5] if line.strip()), "")
    if isinstance(found, Attribution) and _is_quote(below):
        sections[-1].quotes.append(_Quote(found))
    else:
        sections.append(_Section(found))


def _last_paragraph(lines: list[str]) -> list[str]:
    """Its last lines, without what it quotes in turn."""
    found: list[str] = []
    for line in reversed(lines):
        if _is_quote(line) or (found and not line.strip()) or len(found) == MAX_QUESTION_LINES:
            break
        if line.strip():
            found.append(line[:MAX_QUESTION])
    return found[::-1]


def _is_quote(line: str) -> bool:
    return line[:4].lstrip().startswith(">")


def _dequoted(line: str) -> str:
    return line.lstrip()[1:].removeprefix(" ")


def _read(section: _Section, level: int) -> list[Quoted]:
    text, signature = quoted_signature.cut(section.written())
    own = _message(section.head, _text(text), _text(signature))
    return [own, *(message for quote in section.quotes for message in _quoted(quote, level))]


def _quoted(quote: _Quote, level: int) -> list[Quoted]:
    if level >= MAX_LEVELS:
        return [_message(quote.attribution, _text(quote.lines), "")]
    found = _messages(quote.lines, head=quote.attribution, level=level + 1)
    return found if found[0].text or found[0].signature else found[1:]


def _message(head: Attribution | Block | None, text: str, signature: str) -> Quoted:
    if head is None:
        return Quoted(marker=Marker.QUOTE, text=text, signature=signature)
    return Quoted(
        marker=_marker(head),
        author=head.author,
        email=head.email,
        sent_at=head.sent_at,
        text=text,
        signature=signature,
    )


def _marker(head: Attribution | Block) -> Marker:
    if isinstance(head, Attribution):
        return Marker.ATTRIBUTION
    return Marker.FORWARD if head.is_forward else Marker.BLOCK


def _text(lines: list[str]) -> str:
    """Without the blank lines around it, and never more than one inside."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).strip("\n").rstrip()
