"""Run extractor and gate over what is labelled, and count."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from evals.extraction.documents import Document, Span
from evals.extraction.metrics import Tally, tally
from schemas.claim import FIELDS, WHAT_WAS_PROMISED, Admission
from schemas.source import Side, Turn
from service.extract import gate
from service.extract.local.extract import extract


class Quiet(NamedTuple):
    """Claims per call where there is little or nothing to find."""

    calls: int
    per_call: dict[str, float]


def admitted(turns: Sequence[Turn]) -> Admission:
    """What the extractor proposes and the gate lets through."""
    return gate.admit(extract(turns), turns)


def scores(documents: Iterable[Document]) -> dict[str, Tally]:
    """Counts per field over the documents."""
    totals: dict[str, Tally] = {}
    for document in documents:
        predicted = spans(document)
        for field, items in document.items.items():
            one = tally(predicted[field], items, document.traps.get(field, ()))
            totals[field] = totals.get(field, Tally()).plus(one)
    return totals


def spans(document: Document) -> dict[str, list[Span]]:
    """Where the admitted claims stand in the document, per field."""
    found: dict[str, list[Span]] = {field: [] for field in FIELDS}
    for claim in admitted(document.turns).claims:
        first, last = claim.spans[0], claim.spans[-1]
        offset = document.offsets[first.turn]
        found[claim.field].append((offset + first.start, offset + last.end))
    return found


def undertakings(path: Path) -> Tally:
    """Yes or no for each sentence of real meetings that was read by hand; unsure rows left out."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [
        (_promises(row["text"]), row["checked"] == 1) for row in rows if row["checked"] is not None
    ]
    return Tally(
        right=sum(said and meant for said, meant in pairs),
        wrong=sum(said and not meant for said, meant in pairs),
        missed=sum(meant and not said for said, meant in pairs),
    )


def _promises(text: str) -> bool:
    turn = Turn(turn=0, speaker="A", side=Side.VENDOR, side_rule="stated", text=text)
    return any(draft.field == WHAT_WAS_PROMISED for draft in extract([turn]))


def quiet(calls: Sequence[Sequence[Turn]]) -> Quiet:
    """Mean number of claims a call and field."""
    counts = [[claim.field for claim in admitted(turns).claims] for turns in calls]
    return Quiet(
        calls=len(calls),
        per_call={
            field: round(mean(found.count(field) for found in counts), 2) for field in FIELDS
        },
    )
