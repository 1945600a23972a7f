"""What can be measured, part by part, and what of it is here."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from evals.extraction import cases, documents, quiet
from evals.extraction.documents import Document
from evals.metrics.rejections import rejections
from evals.quotes.altered import ALTERED
from evals.quotes.conversations import conversations
from evals.quotes.measure import rows
from evals.suite.reading import locally
from evals.suite.record import Change, QuietCall, Sentence
from schemas.claim import WHAT_WAS_PROMISED
from schemas.source import Side, Turn

OWN: Final = ("cases", "hard")
"""Splits that lie in the repository."""
OPEN: Final = ("tune", "held")
"""Splits of the open labelled data: what the rules were tuned on, and what was left untouched."""
SPLITS: Final = (*OWN, *OPEN)
UNTOUCHED: Final = "held"
"""Whose text and misses nobody who works on the rules may see."""
SENTENCES: Final = "sentences"
QUIET: Final = "quiet"
QUOTES: Final = "quotes"
PARTS: Final = (*SPLITS, SENTENCES, QUIET, QUOTES)

_CONVERSATIONS = 100
_SEED = 1


def documents_of(split: str, folder: Path) -> tuple[Document, ...]:
    """The documents of one split; none where the folder of labelled data is not here."""
    if split in OWN:
        return cases.read({"cases": cases.FOLDER, "hard": cases.HARD}[split])
    if not (folder / "calls").is_dir():
        return ()
    return tuple(each for each in documents.read(folder / "calls") if each.split == split)


def sentences(folder: Path) -> tuple[Sentence, ...]:
    """Undertakings in real meetings, sentence by sentence; unsure rows are left out."""
    path = folder / "promises" / "mrda_checked.jsonl"
    if not path.is_file():
        return ()
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(_sentence(row) for row in found if row["checked"] is not None)


def _sentence(row: Mapping[str, object]) -> Sentence:
    text = str(row["text"])
    turn = Turn(turn=0, speaker="A", side=Side.VENDOR, side_rule="stated", text=text)
    is_found = any(one.field == WHAT_WAS_PROMISED for one in locally([turn]).drafts)
    return Sentence(
        id=str(row["id"]), text=text, is_undertaking=row["checked"] == 1, is_found=is_found
    )


def quiet_calls(folder: Path) -> tuple[QuietCall, ...]:
    """Service calls of which the rules should claim next to nothing."""
    path = folder / "load" / "calls.jsonl"
    if not path.is_file():
        return ()
    return tuple(
        QuietCall(
            id=f"{at:03}", found=rejections(one.field for one in locally(turns).admission.claims)
        )
        for at, turns in enumerate(quiet.read(path))
    )


def changes() -> tuple[Change, ...]:
    """True quotes with harmless and altering changes, put to the gate."""
    measured = rows(conversations(_CONVERSATIONS, seed=_SEED), seed=_SEED)
    return tuple(
        Change(
            kind=row.kind,
            is_harmless=row.kind not in ALTERED,
            tried=row.tried,
            accepted=row.accepted,
        )
        for row in measured
    )
