"""`python -m evals.contracts`: what came out against what must; exit code 1 where one is wrong.

The blind ones are shown and do not count: no rule is mended on them.
"""

import sys
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from evals.contracts.cases import Case, Outcome, Split, crossed, outcomes, read
from schemas.claim import ContractStatus

_WIDTH = 120


def main() -> int:
    """Print a confusion table for each split and each wrong case; 0 where all counted are right."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    judged = {split: outcomes(read(split)) for split in Split}
    for split, found in judged.items():
        _print(console, split, found)
    console.print(_crossed([one.case for found in judged.values() for one in found]))
    counted = [one for split, found in judged.items() if split is not Split.BLIND for one in found]
    return 0 if all(one.is_right for one in counted) else 1


def _print(console: Console, split: Split, found: Sequence[Outcome]) -> None:
    console.print(_table(split, found))
    wrong = [one for one in found if not one.is_right]
    for one in wrong:
        console.print(_line(one), highlight=False, markup=False)
    console.print(f"{len(found) - len(wrong)} of {len(found)} right\n", highlight=False)


def _crossed(cases: Sequence[Case]) -> str:
    counts = Counter(one.status for one in crossed(cases))
    said = ", ".join(f"{counts[status]} {status}" for status in ContractStatus)
    return f"Each promise against the contracts of all other cases: {said}"


def _table(split: Split, found: Sequence[Outcome]) -> Table:
    counts = Counter((one.case.status, one.verdict.status) for one in found)
    table = Table("must be", *ContractStatus, title=f"Promises against contracts: {split}")
    for must in ContractStatus:
        table.add_row(must, *(str(counts[must, came_out]) for came_out in ContractStatus))
    return table


def _line(one: Outcome) -> str:
    found = f"{one.verdict.status} ({one.verdict.why})"
    return f"{one.case.name}: must be {one.case.status}, came out {found}: {one.shown!r}"


if __name__ == "__main__":
    sys.exit(main())
