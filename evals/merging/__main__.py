"""`python -m evals.merging`: hard cases of merging by rule; 1 where something is merged wrongly."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.merging.cases import DEVELOPED_ON, FILES, read
from evals.merging.measure import Outcome, outcome, totals
from evals.metrics.precision import precision
from evals.metrics.recall import recall
from evals.metrics.tally import Tally

WIDTH = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both figures and every case that is not right; 0 where nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m evals.merging", description=__doc__)
    parser.parse_args(arguments)
    console = Console(width=WIDTH)
    counted = {name: _shown(console, name, path) for name, path in FILES.items()}
    return 1 if any(one.wrong for one in counted[DEVELOPED_ON].values()) else 0


def _shown(console: Console, name: str, path: Path) -> Mapping[str, Tally]:
    outcomes = [outcome(case) for case in read(path)]
    counted = totals(outcomes)
    console.print(_table(counted, f"Merging, {len(outcomes)} cases {name}"))
    for one in (one for one in outcomes if not one.is_right):
        console.print(_miss(one), highlight=False, markup=False, soft_wrap=True)
    return counted


def _table(counted: Mapping[str, Tally], title: str) -> Table:
    table = Table("pairs", title=title)
    for name in ("right", "wrong", "missed", "precision", "recall"):
        table.add_column(name, justify="right")
    for kind, one in counted.items():
        shares = (precision(one), recall(one)) if sum(one) else ()
        figures = [f"{share:.3f}" for share in shares] or ["-", "-"]
        table.add_row(kind, str(one.right), str(one.wrong), str(one.missed), *figures)
    return table


def _miss(one: Outcome) -> str:
    return "\n  ".join(
        [f"{one.case.name}: {one.case.reason}"]
        + [
            f"{name}: found {sorted(found)}, right {sorted(right)}"
            for name, found, right in (
                ("same", one.same, one.case.same),
                ("replaced", one.replaced, one.case.replaced),
                ("contested", one.contested, one.case.contested),
            )
            if found != right
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
