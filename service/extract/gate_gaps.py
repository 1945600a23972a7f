"""What stands between two tokens of a turn, and whether a clause can end there."""

from enum import Enum, auto
from typing import Final

from service.extract.gate_words import SHORT_FORMS
from service.extract.tokens import Tokens

HARD_MARKS: Final = frozenset("!?;。؛؟！？；।")  # noqa: RUF001 - look-alikes are the point
SOFT_MARKS: Final = frozenset(",:()[]—–…，、：（）،")  # noqa: RUF001 - as above
BULLETS: Final = frozenset("-*•–·▪")  # noqa: RUF001 - as above
ELLIPSIS: Final = "..."
DASHES: Final = (" - ", "--")


class Gap(Enum):
    """How much of an end a gap is."""

    NONE = auto()
    SOFT = auto()
    """A comma, a dash, a bracket: a clause may go on behind it."""
    ITEM = auto()
    """A new item of a list."""
    LIST = auto()
    """The colon and the line end in front of a list's first item."""
    HARD = auto()
    """The end of a sentence or a paragraph."""


def gaps_of(text: str, tokens: Tokens) -> list[Gap]:
    """The gap before each token, and the one behind the last."""
    ends, starts = [0, *tokens.ends], [*tokens.starts, len(text)]
    before = ["", *tokens.keys]
    return [
        _gap(text[end:start], key) for end, start, key in zip(ends, starts, before, strict=True)
    ]


def _gap(between: str, previous: str) -> Gap:
    if between in {"", " "}:
        return Gap.NONE
    if _is_hard(between, previous):
        return Gap.HARD
    if "\n" in between and not BULLETS.isdisjoint(between):
        return Gap.LIST if ":" in between else Gap.ITEM
    is_dash = any(dash in between for dash in DASHES)
    if is_dash or ELLIPSIS in between or not SOFT_MARKS.isdisjoint(between):
        return Gap.SOFT
    return Gap.NONE


def _is_hard(between: str, previous: str) -> bool:
    if not HARD_MARKS.isdisjoint(between):
        return True
    if "." in between and ELLIPSIS not in between:
        return _ends_sentence(between, previous)
    return between.count("\n") > 1 and ":" not in between


def _ends_sentence(between: str, previous: str) -> bool:
    shortened = previous in SHORT_FORMS or (len(previous) == 1 and previous.isalpha())
    return between != "." and not shortened
