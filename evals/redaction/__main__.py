"""`python -m evals.redaction`: what redaction finds; exit code 1 where a kind misses."""

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from evals.redaction.measure import LEAST_PRECISION, LEAST_RECALL, Row, rows
from evals.redaction.texts import texts


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 where every kind is found as it must."""
    parser = argparse.ArgumentParser(prog="python -m evals.redaction", description=__doc__)
    parser.add_argument("--texts", type=int, default=2_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    measured = rows(texts(asked.texts, seed=asked.seed))
    Console().print(_table(measured))
    return 0 if all(row.is_met for row in measured) else 1


def _table(measured: Sequence[Row]) -> Table:
    goal = f"recall {LEAST_RECALL}, precision {LEAST_PRECISION}"
    table = Table("kind", "n", "recall", "found", "precision", "", title=f"Redaction ({goal})")
    for row in measured:
        verdict = "ok" if row.is_met else "MISSED"
        shares = (_share(row.recall), _share(row.precision))
        table.add_row(row.kind, str(row.there), shares[0], str(row.found), shares[1], verdict)
    return table


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


if __name__ == "__main__":
    sys.exit(main())
