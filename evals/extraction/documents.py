"""Read the labelled documents: the text, its turns as exact slices of it, and the labels."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from schemas.claim import SUCCESS_IN_THEIR_WORDS, WHAT_WAS_PROMISED, WHY_THEY_BOUGHT
from schemas.source import Side, Turn

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

MARKS = {
    "bracket": re.compile(r"^\[\d[\d:]{0,8}\] ([^:\n]{2,40}): ", re.MULTILINE),
    "bold": re.compile(r"^\*\*([^:*\n]{2,40}):\*\* ", re.MULTILINE),
    "mail": re.compile(r"^From: ([^<\n]{1,80}) <", re.MULTILINE),
    "eml": re.compile(r"^[> \t]{0,8}From:[ \t]{0,4}([^\n]{1,200})$", re.MULTILINE),
}
BLANK = re.compile(r"\n[> \t]{0,8}\n")
MAIL = frozenset({"mail", "eml"})


class Item(NamedTuple):
    """One label: the spans of which any counts, and whether scoring leaves it out."""

    spans: tuple[tuple[int, int], ...]
    is_borderline: bool


class Document(NamedTuple):
    """One labelled document; `offsets` say where each turn's text starts in `text`."""

    name: str
    text: str
    turns: tuple[Turn, ...]
    offsets: tuple[int, ...]
    items: dict[str, tuple[Item, ...]]
    traps: dict[str, tuple[tuple[int, int], ...]]


def read(folder: Path) -> tuple[Document, ...]:
    """Every labelled document of the folder, by name."""
    return tuple(_document(folder, path) for path in sorted((folder / "gold").glob("*.json")))


def _document(folder: Path, path: Path) -> Document:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = _text(folder / gold["file"], gold["text_field"])
    slices = tuple(_slices(text, gold))
    return Document(
        name=path.stem,
        text=text,
        turns=tuple(
            Turn(turn=at, speaker=who, side=_side(who, gold), side_rule="stated", text=text[a:b])
            for at, (who, a, b) in enumerate(slices)
        ),
        offsets=tuple(a for _, a, _ in slices),
        items={field: tuple(map(_item, gold[label])) for field, label in LABELS.items()},
        traps={field: _traps(gold, label) for field, label in LABELS.items()},
    )


def _text(path: Path, text_field: str | None) -> str:
    encoding = "latin-1" if path.suffix == ".eml" else "utf-8-sig"
    raw = path.read_text(encoding=encoding)
    return str(json.loads(raw)[text_field]) if text_field else raw


def _slices(text: str, gold: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Speaker, start and end of each turn's words: marks and mail headers are cut off."""
    marks = list(_marks(gold).finditer(text))
    for at, mark in enumerate(marks):
        stop = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        blank = BLANK.search(text, mark.end(), stop)
        if gold["format"] in MAIL:
            start = blank.end() if blank else stop
        else:
            start, stop = mark.end(), blank.start() if blank else stop
        if text[start:stop].strip():
            yield _speaker(mark[1], gold), start, stop


def _marks(gold: dict[str, Any]) -> re.Pattern[str]:
    """Plain layouts have nothing but names: those that the labels list, escaped."""
    if gold["format"] in MARKS:
        return MARKS[gold["format"]]
    names = "|".join(map(re.escape, gold["vendor"] + gold["customer"]))
    return re.compile(rf"(?:(?<=^)|(?<=\n)|(?<=[.?!\]] ))({names}): ")


def _speaker(mark: str, gold: dict[str, Any]) -> str:
    """The listed name; raw mail gives an address, so any longer part of a name will do."""
    for name in gold["vendor"] + gold["customer"]:
        if any(len(part) > 3 and part.lower() in mark.lower() for part in name.split()):  # noqa: PLR2004 (letters)
            return str(name)
    return mark.strip()


def _side(speaker: str, gold: dict[str, Any]) -> Side:
    if speaker in gold["vendor"]:
        return Side.VENDOR
    return Side.CUSTOMER if speaker in gold["customer"] else Side.UNKNOWN


def _item(label: dict[str, Any]) -> Item:
    spans = tuple((each["start"], each["end"]) for each in (label, *label.get("alt", [])))
    return Item(spans, bool(label.get("borderline")))


def _traps(gold: dict[str, Any], label: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        (trap["start"], trap["end"]) for trap in gold.get("traps", []) if trap["field"] == label
    )
