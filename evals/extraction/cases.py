"""Small invented talks with labels, one file each, and the reason why it is a case."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.extraction.documents import Document, offsets_of, places, turns_of
from evals.metrics.matching import Item
from evals.metrics.spans import Span
from schemas.claim import FIELDS
from schemas.source import Kind, Turn

FOLDER = Path(__file__).parent / "cases"
"""What the rules are developed on."""
HARD = FOLDER / "hard"
"""What is known to be hard, written without a look at the rules."""


def read(folder: Path = FOLDER) -> tuple[Document, ...]:
    """Every case of one folder, by name."""
    return tuple(_case(path) for path in sorted(folder.glob("*.toml")))


def _case(path: Path) -> Document:
    case: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    turns = _turns(case)
    either_way = _items(case.get("borderline", []), turns, is_borderline=True)
    traps = case.get("traps", {})
    return Document(
        name=path.stem,
        turns=turns,
        offsets=offsets_of(turns),
        items={
            field: _items(case.get(field, []), turns, is_borderline=False) + either_way
            for field in FIELDS
        },
        traps={field: tuple(_spans(traps.get(field, []), turns)) for field in FIELDS},
        split=path.parent.name,
        kind=case.get("kind", "call"),
        reason=case["reason"],
        absent=case.get("absent", {}),
        foreign=tuple(_spans(case.get("wrong_speaker", []), turns)),
    )


def _turns(case: dict[str, Any]) -> tuple[Turn, ...]:
    """Of its talk, read as an upload is; or as they are told one by one, with their sides."""
    if "turns" in case:
        return tuple(
            Turn(turn=at, side_rule="labelled", **one) for at, one in enumerate(case["turns"])
        )
    talk = "\n".join(_lines(case)).encode()
    return turns_of(talk, kind=Kind.CALL, vendor=case["vendor"], customer=case["customer"])


def _lines(case: dict[str, Any]) -> Iterator[str]:
    """The talk; where it has a filler, so many repeats of that lie around and between its lines."""
    talk, filler = case["talk"].splitlines(), case.get("filler", "").splitlines()
    if not filler:
        yield from talk
        return
    said = [line for line in talk if line]
    share = case["repeat"] // (len(said) + 1)
    for line in said:
        yield from filler * share
        yield line
    yield from filler * share


def _items(
    quotes: Sequence[str], turns: Sequence[Turn], *, is_borderline: bool
) -> tuple[Item, ...]:
    return tuple(Item(places(quote, turns), is_borderline) for quote in quotes)


def _spans(quotes: Sequence[str], turns: Sequence[Turn]) -> Iterator[Span]:
    for quote in quotes:
        yield from places(quote, turns)
