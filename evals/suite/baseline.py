"""The recorded figures of the rules, and whether they still hold: a loss is never silent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from evals.metrics.f1 import f1
from evals.metrics.tally import Tally
from evals.suite.record import Run
from evals.suite.scoring import by_split, counts
from schemas.model import Model

BASELINE: Final = Path(__file__).parent / "baseline.json"
TOLERANCE: Final = 0.02
"""By so much the F1 of a field may fall: some one item in fifty, since a rule has its price."""


class Figures(Model):
    """One split: counts of each field, and how many traps and wrong sides were claimed."""

    fields: dict[str, Tally]
    traps_hit: int
    side_errors: int


class Baseline(Model):
    """The figures of each split that lies in the repository."""

    splits: dict[str, Figures]


def baseline_of(run: Run) -> Baseline:
    """What is to be held from now on."""
    splits = {name: counts(reads) for name, reads in by_split(run).items()}
    return Baseline(splits={name: Figures(**one._asdict()) for name, one in splits.items()})


def save_baseline(baseline: Baseline, path: Path) -> None:
    """Record it anew, which stands in the change's diff."""
    path.write_text(baseline.model_dump_json(indent=1) + "\n", encoding="utf-8")


def load_baseline(path: Path) -> Baseline:
    """The one that is recorded."""
    return Baseline.model_validate_json(path.read_bytes())


def losses(recorded: Baseline, now: Baseline) -> Iterator[str]:
    """A line for each figure that no longer holds; a split or field that is gone is one."""
    for split, was in recorded.splits.items():
        if split not in now.splits:
            yield f"{split}: not measured"
            continue
        yield from (f"{split}: {loss}" for loss in _losses(was, now.splits[split]))


def _losses(was: Figures, now: Figures) -> Iterator[str]:
    for field, tally in was.fields.items():
        before, after = f1(tally), f1(now.fields.get(field, Tally()))
        if before - after > TOLERANCE:
            yield f"F1 of {field} fell from {before:.3f} to {after:.3f}"
    if now.traps_hit > was.traps_hit:
        yield f"{now.traps_hit} traps were hit, and {was.traps_hit} before"
    if now.side_errors > was.side_errors:
        yield f"{now.side_errors} claims on the wrong side, and {was.side_errors} before"
