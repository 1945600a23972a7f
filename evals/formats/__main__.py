"""Every sample read: what it was taken for, and how much of the truth was reached.

`python -m evals.formats [--json]`; 1 where a sample that should be read is not, or not as it is.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.formats.measure import Row, row
from evals.formats.samples import folder_of_samples, samples, true_turns

_COLUMNS = ("turns", "speakers", "sides", "truth", "ms")
_WIDTH = 150
_SHOWN = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 where every sample went the way it must."""
    asked = _parser().parse_args(arguments)
    folder = asked.folder or folder_of_samples()
    if not folder.is_dir():
        sys.stderr.write("No samples here: set BATON_SHARED, or name a folder with --folder.\n")
        return 2
    true = true_turns(folder)
    found = [row(sample, true) for sample in samples(folder) if _is_asked(sample.path, asked.only)]
    _print(found, as_json=asked.json)
    return 0 if all(one.is_met for one in found) else 1


def _is_asked(path: str, only: str) -> bool:
    return path.startswith(only)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.formats", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for a machine")
    parser.add_argument("--folder", type=Path, help="of the samples")
    parser.add_argument("--only", default="", metavar="PREFIX", help="such as transcripts/json")
    return parser


def _print(found: Sequence[Row], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps([one.as_json() for one in found], indent=2) + "\n")
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    console.print(_table(found))
    for one in found:
        if one.refusal is not None:
            console.print(f"{one.path}: {one.refusal[: _SHOWN * 3]}", highlight=False, markup=False)
    console.print(_summary(found), highlight=False)


def _table(found: Sequence[Row]) -> Table:
    table = Table(title="Every sample")
    table.add_column("sample", overflow="fold")
    table.add_column("detected", no_wrap=True)
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    table.add_column("")
    for one in found:
        table.add_row(one.path, one.detected or "refused", *_figures(one), _verdict(one))
    return table


def _figures(one: Row) -> tuple[str, ...]:
    """A refused sample has none."""
    took = f"{one.seconds * 1000:.1f}"
    if one.refusal is not None:
        return ("", "", "", "", took)
    truth = "" if one.truth is None else f"{one.truth:.2f}"
    return (str(one.turns), str(one.speakers), str(one.sides_known), truth, took)


def _verdict(one: Row) -> str:
    if not one.is_met:
        return "MISSED"
    return "ok, no words" if one.must_be_refused else "ok"


def _summary(found: Sequence[Row]) -> str:
    known = [one.truth for one in found if one.truth is not None]
    reached = sum(truth == 1 for truth in known)
    met = sum(one.is_met for one in found)
    refused = sum(one.refusal is not None for one in found)
    return (
        f"{met} of {len(found)} samples as they must be; {refused} refused;"
        f" {reached} of {len(known)} readings of the invented call reach all of it"
    )


if __name__ == "__main__":
    sys.exit(main())
