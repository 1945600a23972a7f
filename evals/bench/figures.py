"""Percentiles and ratios of what was timed, and how a benchmark prints them."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

_WIDTH = 100


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` percent of them do not pass."""
    return float(np.percentile(values, share))


def median(values: Sequence[float]) -> float:
    """Half of them do not pass it."""
    return percentile(values, 50)


def machine() -> dict[str, float]:
    """What else a reader must know: the cores, and how many processes wanted one just now."""
    return {"cores": float(os.cpu_count() or 1), "load": round(os.getloadavg()[0], 2)}


def progress() -> Progress:
    """A bar on standard error: standard output is for the figures."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(TextColumn("{task.description}"), *columns, console=Console(stderr=True))


def print_figures(figures: dict[str, Any], tables: Sequence[Table], *, as_json: bool) -> None:
    """The tables for people, or the figures for a machine to read."""
    if as_json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    for table in tables:
        console.print(table)
    here = figures["machine"]
    console.print(f"{here['cores']:.0f} cores, load {here['load']} at the end")


def figure_table(title: str, columns: Sequence[str], *, caption: str) -> Table:
    """The first column names the row, all others are figures."""
    table = Table(title=title, caption=caption)
    table.add_column(columns[0])
    for name in columns[1:]:
        table.add_column(name, justify="right")
    return table
