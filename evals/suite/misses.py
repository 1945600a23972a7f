"""Where a run went wrong: each missed label and each wrong claim, in its turn."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from evals.metrics.matching import Verdict
from evals.metrics.spans import Span
from evals.suite.page import node
from evals.suite.plots import TITLES
from evals.suite.record import Read, Said
from evals.suite.scoring import matched, of_field

AROUND = 260
"""Characters of a turn that are shown on each side of the words."""


class Miss(NamedTuple):
    """Words that should have been claimed, or should not have been."""

    what: str
    field: str
    span: Span
    turn: Said
    confidence: float | None = None


def misses(read: Read) -> tuple[Miss, ...]:
    """All of one document, in the order in which they were said."""
    return tuple(sorted(_misses(read), key=lambda miss: miss.span))


def _misses(read: Read) -> Iterator[Miss]:
    for field, items in read.items.items():
        result = matched(read, field)
        for at in result.missed:
            span = items[at].spans[0]
            yield Miss("missed", field, span, read.turn_at(span[0]))
        for one, verdict in zip(of_field(read, field), result.verdicts, strict=True):
            if verdict in {Verdict.WRONG, Verdict.TRAPPED}:
                turn = read.turn_at(one.span[0])
                yield Miss(verdict.value, field, one.span, turn, one.confidence)


def listed(read: Read) -> ET.Element | None:
    """As a fold of the page; nothing where nothing is wrong."""
    found = misses(read)
    if not found:
        return None
    counts = {
        what: sum(miss.what == what for miss in found) for what in ("missed", "wrong", "trapped")
    }
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    summary = node("summary", f"{read.name}", node("span", f"{read.split}, {read.kind}: {said}"))
    inside = [node("ul", *(_shown(miss) for miss in found))]
    if read.reason:
        inside.insert(0, node("p", read.reason, class_="soft"))
    return node("details", summary, *inside)


def _shown(miss: Miss) -> ET.Element:
    sure = "" if miss.confidence is None else f", confidence {miss.confidence:.2f}"
    who = f"turn {miss.turn.turn}, {miss.turn.speaker or 'somebody'} ({miss.turn.side})"
    head = node("div", f"{miss.what}: {TITLES[miss.field]}{sure} — {who}", class_="what")
    return node("li", head, _quoted(miss), class_=miss.what)


def _quoted(miss: Miss) -> ET.Element:
    text = miss.turn.text
    start, end = (place - miss.turn.offset for place in miss.span)
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    return node(
        "blockquote",
        ("… " if first else "") + text[first:start],
        node("mark", text[start:end]),
        text[end:last] + (" …" if last < len(text) else ""),
    )
