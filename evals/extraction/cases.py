"""Small invented talks with labels, one file each: what the rules are developed on."""

import tomllib
from pathlib import Path
from typing import Any

from evals.extraction.documents import Document, Item, offsets_of, places, turns_of
from schemas.claim import FIELDS
from schemas.source import Kind

FOLDER = Path(__file__).parent / "cases"


def read(folder: Path = FOLDER) -> tuple[Document, ...]:
    """Every case, by name."""
    return tuple(_case(path) for path in sorted(folder.glob("*.toml")))


def _case(path: Path) -> Document:
    case: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    turns = turns_of(
        case["talk"].encode(), kind=Kind.CALL, vendor=case["vendor"], customer=case["customer"]
    )
    either_way = tuple(Item(places(quote, turns), True) for quote in case.get("borderline", []))
    return Document(
        name=path.stem,
        turns=turns,
        offsets=offsets_of(turns),
        items={
            field: tuple(Item(places(quote, turns), False) for quote in case.get(field, []))
            + either_way
            for field in FIELDS
        },
        traps={},
    )
