"""`python -m evals.hooks`: every provider's calls, signed, unsigned, old and altered."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.hooks.measure import Row, rows, wrong_vectors

_SHARED = Path(os.environ.get("BATON_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 where signed calls are taken and no other."""
    asked = _parser().parse_args(arguments)
    measured = rows(asked.mutations, seed=asked.seed)
    if asked.json:
        sys.stdout.write(json.dumps([row.as_json() for row in measured], indent=2) + "\n")
    else:
        _console().print(_table(measured))
    wrong = _print_vectors(_console(stderr=asked.json))
    return 0 if all(row.is_met for row in measured) and not wrong else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.hooks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for a machine")
    parser.add_argument("--mutations", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _table(measured: Sequence[Row]) -> Table:
    heads = ("provider", "signed", "unsigned", "other secret", "6 min old", "mutated")
    table = Table(*heads, "handshake", "fetched", "", title="Hooks: what is accepted")
    for row in measured:
        old = "no time" if row.too_old is None else _word(taken=row.too_old)
        table.add_row(
            row.provider,
            _word(taken=row.signed),
            _word(taken=row.unsigned),
            _word(taken=row.another_secret),
            old,
            f"{row.mutated_accepted} of {row.mutated}",
            "answered" if row.handshake else "",
            "yes" if row.fetched else "",
            "ok" if row.is_met else "MISSED",
        )
    return table


def _console(*, stderr: bool = False) -> Console:
    """A table that goes into a pipe is not cut to the width of no terminal."""
    made = Console(stderr=stderr)
    if not made.is_terminal:
        made.width = 110
    return made


def _word(*, taken: bool) -> str:
    return "taken" if taken else "401"


def _print_vectors(console: Console) -> list[str]:
    if not _SHARED.is_dir():
        console.print("The published vectors are not here.")
        return []
    count, wrong = wrong_vectors(_SHARED)
    console.print(f"Published vectors: {count - len(wrong)} of {count} judged rightly.")
    for one in wrong:
        console.print(f"  wrong: {one}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
