"""A time, a name and the words, each on lines of their own: older documents of Teams."""

from collections import Counter
from collections.abc import Iterator

from service.intake import labels
from service.intake.documents.entries import Head
from service.intake.lines import LINE_HEAD, plain_head, time_alone

_RECURS = 2
_PROSE_ENDS = (".", ",", "?", "!", "\u2026", ";")


def heads(lines: list[str]) -> list[Head]:
    """The lines with a name below a time and above words; none where no name recurs."""
    found = list(_named(lines))
    counts = Counter(head.speaker for head in found)
    return found if any(times >= _RECURS for times in counts.values()) else []


def _named(lines: list[str]) -> Iterator[Head]:
    filled = [(at, line) for at, line in enumerate(lines) if line.strip()]
    for (_, above), (at, line), (_, below) in zip(filled, filled[1:], filled[2:], strict=False):
        start_s = time_alone(above)
        if start_s is None or time_alone(below) is not None:
            continue
        name = plain_head(line[:LINE_HEAD])
        if _is_name(name):
            yield Head(at, name, start_s, "")


def _is_name(name: str) -> bool:
    return (
        ":" not in name
        and not name.endswith(_PROSE_ENDS)
        and labels.may_speak(name)
        and labels.reads_as_name(name)
    )
