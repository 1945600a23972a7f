"""Labelled documents, read as an upload is: the turns of the intake, and the labels placed in them.

A place is an offset into all the turns' texts, one after the other.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from evals.metrics.matching import Item
from evals.metrics.spans import Span
from schemas.claim import SUCCESS_IN_THEIR_WORDS, WHAT_WAS_PROMISED, WHY_THEY_BOUGHT
from schemas.source import Kind, Side, StatedParticipant, Turn
from service.intake import sides
from service.intake.read import read as read_upload
from service.intake.turns import join

LABELS = {
    WHY_THEY_BOUGHT: "why_bought",
    WHAT_WAS_PROMISED: "promises",
    SUCCESS_IN_THEIR_WORDS: "success",
}
"""Our field, and its name in the labels."""

HELD = frozenset(
    {
        "2025-11-13-heliotrope-streaming-truncation",
        "20260112-usage-insights-beta-invite-and-success-criteria",
        "enron_54632",
        "follow-up-success-01",
        "revopsvault_sample-call-transcript",
    }
)
"""Not looked at while the rules are written: chosen by label counts alone, before reading any."""

KINDS = {"call": Kind.CALL, "email_thread": Kind.EMAIL}


class Document(NamedTuple):
    """One labelled document; `offsets` say where each turn's text starts."""

    name: str
    turns: tuple[Turn, ...]
    offsets: tuple[int, ...]
    items: dict[str, tuple[Item, ...]]
    traps: dict[str, tuple[Span, ...]]
    split: str = ""
    kind: str = "call"
    """What it is like: `call`, `mail`, or `speech` as a recogniser writes it."""
    reason: str = ""
    """Why it is a case."""
    absent: Mapping[str, str] = MappingProxyType({})
    """Fields with nothing in them, and the reason why."""
    foreign: tuple[Span, ...] = ()
    """Words that the transcript gives to the wrong speaker."""


class Unplaced(Exception):
    """A label's quote stands in no turn."""


def read(folder: Path) -> tuple[Document, ...]:
    """Every labelled document of the folder, by name."""
    return tuple(_document(folder, path) for path in sorted((folder / "gold").glob("*.json")))


def turns_of(
    data: bytes, *, kind: Kind, vendor: Iterable[str], customer: Iterable[str]
) -> tuple[Turn, ...]:
    """The turns as an upload with stated participants gets them."""
    parsed = read_upload(data, kind=kind)
    people = [(name, Side.VENDOR) for name in vendor] + [(name, Side.CUSTOMER) for name in customer]
    _, turns = sides.decide(
        join(parsed),
        stated=[StatedParticipant(name=name, side=side) for name, side in people],
        named=parsed.participants,
        vendor_domains=(),
        vendor_names=(),
    )
    return turns


def offsets_of(turns: Sequence[Turn]) -> tuple[int, ...]:
    """Where each turn starts when all are laid one after the other."""
    return tuple(accumulate((len(turn.text) + 1 for turn in turns[:-1]), initial=0))


def places(quote: str, turns: Sequence[Turn]) -> tuple[Span, ...]:
    """Every turn that holds the quote, spaces and line ends apart; raises Unplaced."""
    found = tuple(
        (offset + start, offset + end)
        for turn, offset in zip(turns, offsets_of(turns), strict=True)
        for start, end in _within(turn.text, quote)
    )
    if not found:
        raise Unplaced(quote)
    return found


def _within(text: str, quote: str) -> Iterator[Span]:
    wanted = "".join(quote.split())
    at = "".join(text.split()).find(wanted)
    if at >= 0:
        kept = [place for place, character in enumerate(text) if not character.isspace()]
        yield kept[at], kept[at + len(wanted) - 1] + 1


def _document(folder: Path, path: Path) -> Document:
    gold = json.loads(path.read_text(encoding="utf-8"))
    data = _data(folder / gold["file"], gold["text_field"])
    vendor, customer = gold["vendor"], gold["customer"]
    turns = turns_of(data, kind=KINDS[gold["kind"]], vendor=vendor, customer=customer)
    return Document(
        name=path.stem,
        turns=turns,
        offsets=offsets_of(turns),
        items={
            field: tuple(_item(each, turns) for each in gold[label])
            for field, label in LABELS.items()
        },
        traps={field: tuple(_traps(gold, label, turns)) for field, label in LABELS.items()},
        split="held" if path.stem in HELD else "tune",
        kind="call" if gold["kind"] == "call" else "mail",
    )


def _data(path: Path, text_field: str | None) -> bytes:
    raw = path.read_bytes()
    return str(json.loads(raw)[text_field]).encode() if text_field else raw


def _item(label: dict[str, Any], turns: Sequence[Turn]) -> Item:
    spans = [span for each in (label, *label.get("alt", [])) for span in _placed(each, turns)]
    return Item(tuple(spans), bool(label.get("borderline")))


def _traps(gold: dict[str, Any], label: str, turns: Sequence[Turn]) -> Iterator[Span]:
    for trap in gold.get("traps", []):
        if trap["field"] == label:
            yield from _placed(trap, turns)


def _placed(label: dict[str, Any], turns: Sequence[Turn]) -> tuple[Span, ...]:
    return places(label.get("quote_clean", label["quote"]), turns)
