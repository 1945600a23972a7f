"""Show the scores of one run: a table for people, JSON for machines."""

import json
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from evals.extraction.metrics import Tally, f1, precision, recall
from evals.extraction.run import Quiet


class Report(NamedTuple):
    """One run over one split of the documents."""

    split: str
    documents: int
    fields: dict[str, Tally]
    undertakings: Tally | None = None
    quiet: Quiet | None = None


def as_json(report: Report) -> str:
    """Counts beside scores, so that a reader can check each figure."""
    rows = {**report.fields}
    if report.undertakings:
        rows["undertakings_in_speech"] = report.undertakings
    return json.dumps(
        {
            "split": report.split,
            "documents": report.documents,
            "scores": {name: _row(tally) for name, tally in rows.items()},
            "claims_per_quiet_call": report.quiet.per_call if report.quiet else None,
        },
        indent=2,
    )


def show(report: Report, console: Console) -> None:
    """Print the table."""
    table = Table(title=f"Extraction, {report.split}: {report.documents} documents")
    for heading in ("field", "precision", "recall", "F1", "right", "wrong", "missed", "traps"):
        table.add_column(heading, justify="left" if heading == "field" else "right")
    for name, tally in report.fields.items():
        table.add_row(name, *_cells(tally))
    if report.undertakings:
        table.add_row("undertakings in speech", *_cells(report.undertakings))
    console.print(table)
    if report.quiet:
        console.print(
            f"Claims per quiet call, mean of {report.quiet.calls}:", report.quiet.per_call
        )


def _row(tally: Tally) -> dict[str, float]:
    scores = {"precision": precision(tally), "recall": recall(tally), "f1": f1(tally)}
    return {name: round(score, 3) for name, score in scores.items()} | tally._asdict()


def _cells(tally: Tally) -> tuple[str, ...]:
    scores = (precision(tally), recall(tally), f1(tally))
    return (*(f"{score:.3f}" for score in scores), *map(str, tally))
