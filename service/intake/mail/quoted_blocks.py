"""What stands above an older message: header blocks, original-message and forward lines."""

from dataclasses import dataclass, field
from datetime import datetime

from service.intake.mail import quoted_dates
from service.intake.mail.addresses import Address, parse_one
from service.intake.mail.quoted_markers import (
    DATE_LABELS,
    FORWARD_LINES,
    FROM_LABELS,
    ORIGINAL_LINES,
    OTHER_LABELS,
    PLAIN_LINES,
)

MAX_LINE = 2_000
MAX_LABEL = 24
MAX_BLOCK_LINES = 24
MAX_LINES_TO_SENDER = 5
MAX_GAP = 6
_LABELS = FROM_LABELS | DATE_LABELS | OTHER_LABELS
_RULE_CHARS = frozenset("_-=*\u2014\u2013 \t")
_MIN_RULE = 5
_OPEN_ENDED = frozenset({"forwarded by"})
"""`----- Forwarded by Dana Okafor on 03/02/2026`: the forwarder's name follows."""


@dataclass(frozen=True)
class Block:
    """The headers found above an older message, and the line after them."""

    author: str | None
    email: str | None
    sent_at: datetime | None
    end: int
    is_forward: bool = False


@dataclass
class _Labels:
    sender: str = ""
    date: str = ""
    names: set[str] = field(default_factory=set)
    values: list[str] = field(default_factory=list)

    def add(self, label: str, value: str) -> None:
        self.names.add(label)
        self.values.append(value)
        if label in FROM_LABELS:
            self.sender = self.sender or value
        elif label in DATE_LABELS:
            self.date = self.date or value

    def extend(self, text: str) -> None:
        """A wrapped line belongs to the label above it."""
        if self.sender and self.values[-1] == self.sender:
            self.sender = f"{self.sender} {text}"
        self.values[-1] = f"{self.values[-1]} {text}"

    def is_unfinished(self) -> bool:
        """A list of addresses wraps behind a comma or inside an address."""
        return self.values[-1].endswith(("<", ",", ";"))

    def is_block(self) -> bool:
        has_address = any("@" in value for value in self.values)
        has_date = any(char.isdigit() for char in self.date)
        return bool(self.sender) and len(self.names) > 1 and (has_address or has_date)


def find(lines: list[str], start: int) -> Block | None:
    """The block that begins at a line: its announcing lines, then its labels."""
    first = lines[start].strip()
    if len(first) < _MIN_RULE or len(first) > MAX_LINE or not _may_open(first):
        return None
    is_forward = _announces(first, FORWARD_LINES)
    if is_forward or _announces(first, ORIGINAL_LINES):
        return _announced(lines, start, is_forward=is_forward)
    if is_rule(first):
        below = _next_filled(lines, start + 1)
        return _labelled(lines, below) if below is not None else None
    return _labelled(lines, start) if _opens(lines, start) else None


def _opens(lines: list[str], start: int) -> bool:
    """Unannounced, a block shows two labels at once, and begins where no label stands above."""
    if _label(lines[start]) is None or (start and _label(lines[start - 1]) is not None):
        return False
    below = next((line for line in lines[start + 1 : start + 3] if line.strip()), "")
    return _label(below) is not None


def _may_open(first: str) -> bool:
    """Nearly every line of prose is done with here."""
    is_plain = first[0] in "oO" and first.casefold().startswith(PLAIN_LINES)
    return is_plain or first[0] in "-_=*\u2014" or ":" in first or "\uff1a" in first


def is_rule(line: str) -> bool:
    """A line drawn across the page."""
    bare = line.strip()
    return len(bare) >= _MIN_RULE and bare[0] in "_-\u2014" and _RULE_CHARS.issuperset(bare)


def _announces(line: str, words: frozenset[str]) -> bool:
    if len(line) > 2 * MAX_LABEL + 60:
        return False
    bare = line.strip("-_=*\u2014\u2013 \t").casefold().replace("\u2019", "'")
    is_drawn = line.startswith(("--", "\u2014", "__", "==")) and bare != line.casefold()
    is_begun = bare.endswith((":", " :", "\uff1a"))
    if bare.startswith(PLAIN_LINES):
        return not words.isdisjoint(ORIGINAL_LINES)
    is_named = bare.rstrip(": \uff1a") in words or bare.startswith(tuple(words & _OPEN_ENDED))
    return (is_drawn or is_begun) and is_named


def _announced(lines: list[str], start: int, *, is_forward: bool) -> Block:
    below = _next_filled(lines, start + 1)
    block = _labelled(lines, below, gap=MAX_GAP) if below is not None else None
    if block is None:
        return Block(author=None, email=None, sent_at=None, end=start + 1, is_forward=is_forward)
    return Block(block.author, block.email, block.sent_at, block.end, is_forward)


def _next_filled(lines: list[str], start: int) -> int | None:
    for at in range(start, min(start + MAX_GAP, len(lines))):
        if lines[at].strip():
            return at
    return None


def _labelled(lines: list[str], start: int, gap: int = 3) -> Block | None:
    if _label(lines[start]) is None:
        return None
    found, at = _Labels(), start
    while at < min(start + MAX_BLOCK_LINES, len(lines)):
        pair = _label(lines[at])
        if pair is not None and pair[0] not in found.names:
            found.add(*pair)
        elif pair is None and (found.is_unfinished() or _label_within(lines, at, gap)):
            found.extend(lines[at].strip())
        else:
            break
        at += 1
        if not found.sender and at - start > MAX_LINES_TO_SENDER:
            return None
    return _block(found, end=at) if found.is_block() else None


def _label_within(lines: list[str], at: int, gap: int) -> bool:
    """Whether the block goes on below: one wrapped line or a blank one does not end it."""
    below = lines[at + 1 : at + gap]
    if gap < MAX_GAP and not all(line.strip() for line in (lines[at], *below[:1])):
        below = below[:1]
    return any(_label(line) is not None for line in below)


def _label(line: str) -> tuple[str, str] | None:
    if len(line) > MAX_LINE or not (":" in line or "\uff1a" in line):
        return None
    bare = line.strip().lstrip("*> ")
    name, colon, value = bare.replace("\uff1a", ":", 1).partition(":")
    label = name.strip("* \t").casefold()
    if not colon or len(label) > MAX_LABEL or label not in _LABELS:
        return None
    return label, value.strip("* \t")


def _block(found: _Labels, *, end: int) -> Block:
    sender: Address = parse_one(found.sender)
    return Block(sender.name, sender.email, quoted_dates.when(found.date), end)
