"""`python -m evals.quotes`: the table of altered quotes; exit code 1 where a row misses."""

import argparse
import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from evals.quotes.conversations import conversations
from evals.quotes.measure import Row, quotes_per_second, rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was asked for; 0 where every kind went the way it must."""
    asked = _parser().parse_args(arguments)
    if asked.speed:
        _print_speed(asked.speed_quotes, as_json=asked.json)
        return 0
    measured = rows(conversations(asked.conversations, seed=asked.seed), seed=asked.seed)
    _print_rows(measured, as_json=asked.json)
    return 0 if all(row.is_met for row in measured) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.quotes", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for a machine")
    parser.add_argument("--conversations", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", action="store_true", help="quotes a second instead")
    parser.add_argument("--speed-quotes", type=int, default=20_000, metavar="N")
    return parser


def _print_rows(measured: Sequence[Row], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps([row.as_json() for row in measured], indent=2) + "\n")
        return
    Console().print(_table(measured))


def _table(measured: Sequence[Row]) -> Table:
    table = Table("change to the quote", "n", "accepted", "target", "", title="The gate")
    for row in measured:
        verdict = "ok" if row.is_met else "MISSED"
        share = "-" if row.share is None else f"{row.share:.2f}"
        table.add_row(row.kind, str(row.tried), share, f"{row.target:.2f}", verdict)
    return table


def _print_speed(count: int, *, as_json: bool) -> None:
    speeds = quotes_per_second(count)
    if as_json:
        sys.stdout.write(json.dumps(speeds) + "\n")
        return
    for kind, speed in speeds.items():
        Console().print(f"{kind}: {speed:,.0f} quotes a second")


if __name__ == "__main__":
    sys.exit(main())
