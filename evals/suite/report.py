"""One page on one run, or on several side by side, that is read in a minute."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from evals.metrics.calibration import Judged, calibration_error
from evals.metrics.f1 import f1
from evals.metrics.precision import precision
from evals.metrics.recall import recall
from evals.suite import plots
from evals.suite.changes import about
from evals.suite.misses import listed
from evals.suite.page import node, table, whole
from evals.suite.parts import UNTOUCHED
from evals.suite.record import Read, Run
from evals.suite.scoring import (
    FieldScore,
    Scores,
    by_kind,
    by_sight,
    by_split,
    fields_of,
    judged,
    scores,
)
from evals.suite.svg import as_svg
from evals.suite.tables import ABOUT, apart, other_rows
from service.errors import Invalid

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Named = tuple[str, Run]
"""A run, and what its columns and plots begin with where there are several."""

MOST = 4
"""Runs on one page: more cannot be told apart."""
LEFT_OUT = "Those of the untouched split are left out, so that it stays untouched (--show-held)."
EXPLAINED = (
    "F1, then precision / recall; below, the interval in which F1 lies in 95 of 100 draws of these "
    "documents, and how many items were right / wrong / missed."
)


def as_html(runs: Sequence[Run], *, shows_held: bool = False) -> str:
    """The whole page. Raises NotSetUp where plots cannot be drawn, Invalid for too many runs."""
    plots.require()
    if len(runs) > MOST:
        raise Invalid(f"A report holds {MOST} runs at most.")
    marks = [f"{at}: " for at in range(1, len(runs) + 1)] if len(runs) > 1 else [""]
    named = list(zip(marks, runs, strict=True))
    title = "How much of what was said is found"
    return whole(
        title,
        node("h1", title),
        *(node("p", mark + about(run), class_="soft") for mark, run in named),
        *_figures(named),
        *(part for mark, run in named for part in _misses(mark, run, shows_held=shows_held)),
    )


def _figures(runs: Sequence[Named]) -> Iterator[ET.Element]:
    splits = {
        mark + ABOUT.get(name, name): scores(reads)
        for mark, run in runs
        for name, reads in by_split(run).items()
    }
    yield node("h2", "Per field")
    yield node("p", EXPLAINED, class_="soft")
    yield _fields(splits)
    yield node("div", *_shown(_drawn(runs, splits)), class_="plots")
    yield node("h2", "Beside the fields")
    yield table(("", *splits), other_rows(splits))
    for mark, run in runs:
        yield from (node("p", mark + line) for line in apart(run))
        yield node("p", f"{mark}{_speed(run)}", class_="soft")


def _speed(run: Run) -> str:
    speed = scores(run.documents).words_per_s
    return f"{speed or 0:,.0f} words a second of CPU, on the machine that made the record"


def _fields(splits: Mapping[str, Scores]) -> ET.Element:
    heads = (f"{name} ({one.documents})" for name, one in splits.items())
    fields = [
        field for field in plots.TITLES if any(field in one.fields for one in splits.values())
    ]
    rows = (
        (plots.TITLES[field], [_cell(one.fields.get(field)) for one in splits.values()])
        for field in fields
    )
    return table(("", *heads), rows)


def _cell(score: FieldScore | None) -> ET.Element:
    if score is None:
        return node("span", "not labelled", class_="soft")
    tally, (low, high) = score
    shares = f" {precision(tally):.2f} / {recall(tally):.2f}"
    counts = f"[{low:.2f}, {high:.2f}]  {tally.right} / {tally.wrong} / {tally.missed}"
    return node("div", node("b", f"{f1(tally):.2f}"), shares, node("div", counts, class_="soft"))


def _drawn(runs: Sequence[Named], splits: Mapping[str, Scores]) -> Iterator[tuple[str, "Figure"]]:
    """Each plot under its title."""
    kinds = {
        mark + kind: scores(reads).fields
        for mark, run in runs
        for kind, reads in by_kind(run.documents).items()
    }
    yield "F1 per split", plots.bars({name: one.fields for name, one in splits.items()})
    yield "F1 per kind of document", plots.bars(kinds)
    for mark, run in runs:
        seen = by_sight(run)
        for name, reads in seen.items():
            title = f"{mark}Precision against recall, over confidence: {name}"
            yield title, plots.precision_recall(reads, fields_of(reads))
        pairs = {name: _pairs(reads) for name, reads in seen.items()}
        yield f"{mark}Confidence: {_apart_by(pairs)}", plots.reliability(pairs)


def _shown(drawn: Iterable[tuple[str, "Figure"]]) -> Iterator[ET.Element]:
    for number, (title, figure) in enumerate(drawn):
        svg = as_svg(figure, name=f"plot{number}")
        svg.attrib |= {"role": "img", "aria-label": title}
        yield node("figure", node("figcaption", title), svg)


def _pairs(reads: Sequence[Read]) -> list[Judged]:
    return [pair for field in fields_of(reads) for pair in judged(reads, field)[0]]


def _apart_by(groups: Mapping[str, Sequence[Judged]]) -> str:
    """The calibration error of each group that has claims."""
    errors = ((name, calibration_error(pairs)) for name, pairs in groups.items())
    return "; ".join(f"off by {error:.2f}, {name}" for name, error in errors if error is not None)


def _misses(mark: str, run: Run, *, shows_held: bool) -> Iterator[ET.Element]:
    shown = [read for read in run.documents if shows_held or read.split != UNTOUCHED]
    folds = [fold for read in shown if (fold := listed(read)) is not None]
    yield node("h2", f"{mark}Where the misses are")
    yield node("p", f"{len(folds)} of {len(shown)} documents have some.", class_="soft")
    if len(shown) < len(run.documents):
        yield node("p", LEFT_OUT, class_="soft")
    for fold in islice(folds, 1):
        fold.set("open", "open")
    yield from folds
