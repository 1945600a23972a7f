"""Where a signature or a disclaimer begins at the end of somebody's own text."""

from collections.abc import Callable

from service.intake.mail.quoted_blocks import is_rule
from service.intake.mail.quoted_signature_markers import CLOSINGS, DISCLAIMERS, MOBILE_LINES

TAIL = 8
MAX_BELOW_DASHES = 15
MAX_DISCLAIMER_PARAGRAPHS = 15
MAX_LINE = 60
_CLOSING_EDGES = " ,.!*-\u2014\u2013\u3002\u3001"


def cut(lines: list[str]) -> tuple[list[str], list[str]]:
    """The text and the signature; a postscript below a signature is text."""
    begin = _begin(lines)
    end = next((at for at in range(begin, len(lines)) if _is_postscript(lines[at])), len(lines))
    return [*lines[:begin], "", *lines[end:]], lines[begin:end]


def _is_postscript(line: str) -> bool:
    return line.lstrip("* \t").casefold().startswith(("ps:", "p.s.", "ps.", "ps ", "nb:"))


def _begin(lines: list[str]) -> int:
    """The first line of the signature; the number of lines where there is none."""
    cut = len(lines)
    for rule in _RULES:
        found = rule(lines[:cut])
        if found is not None and any(line.strip() for line in lines[:found]):
            cut = found
    return cut


def _tail(lines: list[str], filled: int) -> list[int]:
    """The places of the last filled lines, first of them first."""
    places: list[int] = []
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].strip():
            places.append(at)
        if len(places) == filled:
            break
    return places[::-1]


def _disclaimer(lines: list[str]) -> int | None:
    tail = _tail(lines, MAX_DISCLAIMER_PARAGRAPHS)
    return next((at for at in tail if _opens_disclaimer(lines, at)), None)


def _opens_disclaimer(lines: list[str], at: int) -> bool:
    """`Disclaimer` and its like stand alone; the sentences begin a paragraph."""
    line = lines[at].strip(" *_\t").casefold()
    if line in {"disclaimer", "disclaimer:"}:
        return True
    is_paragraph = at == 0 or not lines[at - 1].strip() or is_rule(lines[at - 1])
    return is_paragraph and line.startswith(DISCLAIMERS[1:])


def _footer(lines: list[str]) -> int | None:
    """A rule with a few lines below: what a mailing list adds."""
    tail = _tail(lines, TAIL)
    return next((at for at in tail if lines[at].startswith("_____") and is_rule(lines[at])), None)


def _dashes(lines: list[str]) -> int | None:
    tail = _tail(lines, MAX_BELOW_DASHES + 1)
    return next((at for at in tail if lines[at].rstrip() in {"--", "\u2014"}), None)


def _mobile(lines: list[str]) -> int | None:
    return next((at for at in _tail(lines, TAIL) if _is_mobile(lines[at])), None)


def _is_mobile(line: str) -> bool:
    bare = line.strip(" *_\t")
    return len(bare) <= MAX_LINE and bare.casefold().startswith(MOBILE_LINES)


def _closing(lines: list[str]) -> int | None:
    tail = _tail(lines, TAIL)
    return next((at for n, at in enumerate(tail) if _is_closing(lines, tail[n:])), None)


def _is_closing(lines: list[str], below: list[int]) -> bool:
    """A formula, and under it only short lines: a name, a role, a number."""
    line = lines[below[0]].strip(_CLOSING_EDGES + "\t").casefold()
    found = next((each for each in CLOSINGS if _opens_with(line, each)), None)
    if found is None or len(line) > len(found) + TAIL * 4:
        return False
    return all(len(lines[at].strip()) <= MAX_LINE for at in below[1:])


def _opens_with(line: str, formula: str) -> bool:
    rest = line.removeprefix(formula)
    return rest != line and (not rest or not rest[0].isalnum())


_RULES: tuple[Callable[[list[str]], int | None], ...] = (
    _disclaimer,
    _footer,
    _dashes,
    _mobile,
    _closing,
)
