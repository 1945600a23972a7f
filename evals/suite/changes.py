"""Show how two runs differ."""

from collections.abc import Iterator
from itertools import groupby

from evals.metrics.matching import Verdict
from evals.suite.compare import Step, moves, steps
from evals.suite.parts import UNTOUCHED
from evals.suite.record import Run

SIGNS = {True: "+", False: "-", None: " "}
"""Better, worse, neither."""


def as_lines(before: Run, after: Run, *, shows_held: bool = False) -> Iterator[str]:
    """The scores that moved, then each claim that appeared or vanished, but for untouched ones."""
    yield f"before  {about(before)}"
    yield f"after   {about(after)}"
    moved = sorted(move for move in moves(before, after) if move.before != move.after)
    yield from ("", "Scores that moved") if moved else ("", "No score moved.")
    for move in moved:
        sign = "-" if move.is_worse else "+"
        yield f"{sign} {move.split:6} {move.score:28} {move.before:.3f} -> {move.after:.3f}"
    seen = (step for step in steps(before, after) if shows_held or step.split != UNTOUCHED)
    for document, found in groupby(seen, key=lambda step: step.document):
        yield from ("", document)
        yield from (_line(step) for step in found)


def about(run: Run) -> str:
    """Who read, in one line."""
    parts = (run.extractor, run.model, run.prompt_version and f"prompt {run.prompt_version}")
    return f"{' '.join(filter(None, parts))}, code {run.code}, {len(run.documents)} documents"


def _line(step: Step) -> str:
    what = "appeared" if step.is_new else "vanished"
    verdict = "borderline" if step.verdict is Verdict.NEITHER else step.verdict
    return (
        f"{SIGNS[step.is_better]} {what}, {verdict}, {step.field}: {' '.join(step.quote.split())}"
    )
