"""The figures of a run: tables for people, JSON for machines."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.metrics.accepted_share import accepted_share
from evals.metrics.f1 import f1
from evals.metrics.per_call import per_call
from evals.metrics.precision import precision
from evals.metrics.recall import recall
from evals.metrics.tally import Tally
from evals.suite.record import Run
from evals.suite.scoring import FieldScore, Scores, by_split, scores, undertakings
from schemas.claim import FIELDS

ABOUT = {
    "cases": "cases, developed on",
    "hard": "hard cases, own",
    "tune": "open split, tuned on",
    "held": "open split, untouched",
}


def as_tables(run: Run) -> RenderableType:
    """Everything, split beside split."""
    splits = {name: scores(reads) for name, reads in by_split(run).items()}
    return Group(*(part for part in (_fields(splits), _others(splits), *_apart(run)) if part))


def _table(*heads: str) -> Table:
    made = Table(box=None, pad_edge=False, header_style="bold")
    for at, head in enumerate(heads):
        made.add_column(head, justify="right" if at else "left", no_wrap=not at)
    return made


def _fields(splits: Mapping[str, Scores]) -> Table:
    heads = (f"{ABOUT.get(name, name)} ({one.documents})" for name, one in splits.items())
    made = _table("F1 (precision / recall) [95 %]", *heads)
    for field in FIELDS:
        cells = [_cell(one.fields.get(field)) for one in splits.values()]
        made.add_row(field, *cells)
    return made


def _cell(score: FieldScore | None) -> str:
    if score is None:
        return "-"
    tally, (low, high) = score
    return f"{f1(tally):.2f} ({precision(tally):.2f} / {recall(tally):.2f}) [{low:.2f}, {high:.2f}]"


def _others(splits: Mapping[str, Scores]) -> Table:
    made = _table("\nper split", *("\n" + ABOUT.get(name, name) for name in splits))
    for name, cells in other_rows(splits):
        made.add_row(name, *cells)
    return made


def other_rows(splits: Mapping[str, Scores]) -> Iterator[tuple[str, list[str]]]:
    """What is measured beside the fields, each with a cell for every split."""
    all_of = list(splits.values())
    yield "claims", [str(one.claims) for one in all_of]
    yield "traps hit", [f"{one.traps[0]} of {one.traps[1]}" for one in all_of]
    yield "side errors", [str(one.side_errors) for one in all_of]
    yield "statements that add nothing", [_share(one.faithful) for one in all_of]
    yield "absences with the right reason", [_share(one.absence) for one in all_of]
    yield "rejected by the gate", [_reasons(one.rejections) for one in all_of]
    if any(one.requests for one in all_of):
        yield "requests", [str(one.requests) for one in all_of]
        yield "tokens in, out", [f"{one.tokens[0]:,}, {one.tokens[1]:,}" for one in all_of]
        yield "USD", ["not known" if one.usd is None else f"{one.usd:.4f}" for one in all_of]


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"


def _reasons(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in counts.items()) or "0"


def _apart(run: Run) -> Iterator[RenderableType]:
    lines = list(apart(run))
    if lines:
        yield Text("\n" + "\n".join(lines))


def apart(run: Run) -> Iterator[str]:
    """What is measured on other data than documents, a line each."""
    if run.sentences:
        counts = undertakings(run)
        yield (
            f"Undertakings in real speech, {len(run.sentences)} sentences: F1 {f1(counts):.2f}"
            f" ({precision(counts):.2f} / {recall(counts):.2f})"
        )
    if run.quiet:
        found = [call.found for call in run.quiet]
        means = (f"{field} {per_call(found, field):.2f}" for field in FIELDS)
        yield f"Claims a call where next to nothing is, {len(found)} calls: {', '.join(means)}"
    for name, is_harmless in (("Harmless", True), ("Altered", False)):
        kinds = [one for one in run.changes if one.is_harmless is is_harmless]
        tried, accepted = sum(one.tried for one in kinds), sum(one.accepted for one in kinds)
        share = accepted_share(tried, accepted)
        if share is not None:
            yield f"{name} quotes accepted: {accepted:,} of {tried:,} ({share:.2%})"


def as_figures(run: Run) -> dict[str, Any]:
    """Counts beside scores, so that a reader can check each figure."""
    splits = {name: scores(reads) for name, reads in by_split(run).items()}
    found = [call.found for call in run.quiet]
    return {
        "extractor": run.extractor,
        "model": run.model,
        "prompt_version": run.prompt_version,
        "code": run.code,
        "splits": {name: _figures(one) for name, one in splits.items()},
        "undertakings_in_speech": tally_row(undertakings(run)) if run.sentences else None,
        "claims_per_quiet_call": {field: round(per_call(found, field), 2) for field in FIELDS}
        if found
        else None,
        "changed_quotes": [one.model_dump() for one in run.changes],
    }


def _figures(one: Scores) -> dict[str, Any]:
    rows = {
        field: tally_row(score.tally) | {"interval": [round(end, 3) for end in score.interval]}
        for field, score in one.fields.items()
    }
    kept = {name: value for name, value in one._asdict().items() if name != "words_per_s"}
    return kept | {"fields": rows}


def tally_row(tally: Tally) -> dict[str, Any]:
    """Scores and counts of one field."""
    named = {"precision": precision(tally), "recall": recall(tally), "f1": f1(tally)}
    return {name: round(score, 3) for name, score in named.items()} | tally._asdict()
