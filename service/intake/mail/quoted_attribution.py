"""The line by which a mail client names whom it quotes: `On 2 March 2026 Marcus Lee wrote:`."""

from dataclasses import dataclass
from datetime import datetime

from service.intake.mail import quoted_dates
from service.intake.mail.quoted_markers import (
    NOT_A_NAME,
    OPENERS,
    VERBS_AFTER_NAME,
    VERBS_BEFORE_NAME,
    WEEKDAYS,
)

MAX_LINES = 4
MAX_LINE = 300
MAX_NAME_WORDS = 6
_EDGES = " \t\"'“”„«»,;()[]*\u200e\u200f"


@dataclass(frozen=True)
class Attribution:
    """Who is quoted, and the line after the last one of the attribution."""

    author: str | None
    email: str | None
    sent_at: datetime | None
    end: int


def find(lines: list[str], start: int) -> Attribution | None:
    """The attribution that begins at a line; one that wraps is never read from the line above."""
    joined = ""
    for end in range(start, min(start + MAX_LINES, len(lines))):
        line = lines[end].strip()
        if not line or len(line) > MAX_LINE or line.startswith(">"):
            return None
        joined = f"{joined} {line}".lstrip()
        if not _may_open(joined, is_wrapped=end > start):
            return None
        if _is_attribution(joined):
            if any(_is_attribution(_join(lines[k : end + 1])) for k in range(start + 1, end + 1)):
                return None
            return _read(joined, end=end + 1)
    return None


def _join(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _may_open(text: str, *, is_wrapped: bool) -> bool:
    folded = text.casefold()
    if folded.startswith(OPENERS) or text[0].isdigit():
        return True
    first_word = folded.split(maxsplit=1)[0].strip(".,")
    return first_word in WEEKDAYS or (not is_wrapped and "@" in text)


def _is_attribution(text: str) -> bool:
    """A date and an author: a sentence of prose that ends in `wrote:` has no digit."""
    if not text.rstrip("* ").endswith((":", "\uff1a")):
        return False
    folded = text.replace("\uff1a", ":").casefold().rstrip("* ")
    if not any(char.isdigit() for char in folded):
        return False
    if folded.endswith(VERBS_AFTER_NAME) or _verb_before_name(folded) is not None:
        return _is_strong(folded)
    return folded.endswith((">:", ">) :")) and "@" in folded


def _is_strong(folded: str) -> bool:
    return "@" in folded or quoted_dates.when(folded) is not None or folded.startswith(OPENERS)


def _verb_before_name(folded: str) -> str | None:
    return next((verb for verb in VERBS_BEFORE_NAME if f" {verb} " in folded), None)


def _read(text: str, *, end: int) -> Attribution:
    text = text.replace("\uff1a", ":").replace("\uff0c", ", ")
    named, email = _without_address(_author_part(text))
    return Attribution(
        author=_name(named) or None,
        email=email,
        sent_at=quoted_dates.when(text),
        end=end,
    )


def _author_part(text: str) -> str:
    words = text.split()
    verb_at = next((n for n, w in enumerate(words) if w.casefold() in VERBS_BEFORE_NAME), None)
    if verb_at is not None:
        return " ".join(words[verb_at + 1 :]).rstrip(": ")
    trimmed = text.rstrip("* ")
    for ending in sorted(VERBS_AFTER_NAME, key=len, reverse=True):
        if trimmed.casefold().endswith(ending):
            return trimmed[: -len(ending)]
    return trimmed.rstrip(": ")


def _without_address(text: str) -> tuple[str, str | None]:
    """The text in front of its last address, and that address."""
    words = text.replace("<", " <").replace("mailto:", " ").split()
    at = next((n for n in range(len(words) - 1, -1, -1) if "@" in words[n]), None)
    if at is None:
        return text, None
    email = words[at].strip(_EDGES + "<>:").casefold()
    before = " ".join(words[:at]).rstrip("< (")
    return before, email if _is_address(email) else None


def _is_address(text: str) -> bool:
    local, _, domain = text.partition("@")
    return bool(local and domain) and "@" not in domain and not text.startswith("@")


def _name(text: str) -> str:
    """The last words that are no part of a date."""
    words: list[str] = []
    for word in reversed(text.split()):
        bare = word.strip(_EDGES).casefold()
        if any(char.isdigit() for char in bare) or bare.rstrip(".:") in NOT_A_NAME:
            break
        words.insert(0, word)
        if len(words) == MAX_NAME_WORDS:
            break
    return " ".join(words).strip(_EDGES)
