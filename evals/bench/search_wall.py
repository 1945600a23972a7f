"""How exact and how fast search is in a small workspace beside large ones.

For each size: recall against an exact search in numpy, hits on query 1 and 50 of one connection,
times with and without a filter, and the same statement asked without any of our code around it.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from evals.bench.crowd import Filled, open_loader
from evals.bench.wall_queries import Measured, measure
from service.db import migrate
from service.db.doors import open_doors
from service.db.embedded.cluster import Cluster
from service.db.embedded.lease import acquire, remove_cluster

SIZES = (10, 100, 1_000, 20_000, 50_000, 128_890)
SMALL_SIZES = (10, 100, 1_000, 4_000)
EXACT_UP_TO = 20_000
LEAST_RECALL = 0.97
"""Promised above that size; below it recall is 1."""


def main(words: list[str]) -> int:
    """Print the table; 1 where a promise is broken."""
    arguments = _arguments(words)
    sizes = SMALL_SIZES if arguments.small else SIZES
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as folder:
        data_dir = Path(folder) / "data"
        try:
            with acquire(data_dir, durable=False) as lease:
                measured = _run(lease.cluster, sizes, console)
        finally:
            remove_cluster(data_dir)
    if arguments.json:
        sys.stdout.write(json.dumps([vars(one) for one in measured], indent=2) + "\n")
    else:
        console = Console(width=100 if not sys.stdout.isatty() else None)
        console.print(_table(measured))
    return 0 if all(_is_kept(one) for one in measured) else 1


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench search_wall", description=__doc__)
    parser.add_argument("--small", action="store_true", help="5,110 vectors instead of 200,000")
    parser.add_argument("--json", action="store_true", help="for a machine to read")
    return parser.parse_args(words)


def _run(cluster: Cluster, sizes: tuple[int, ...], console: Console) -> list[Measured]:
    migrate.upgrade(cluster.url("baton_owner"))
    with _progress(console) as progress:
        stored = progress.add_task("vectors stored", total=sum(sizes))
        filled = _fill(cluster, sizes, advance=lambda n: progress.advance(stored, n))
        asked = progress.add_task("workspaces asked", total=len(sizes))
        return asyncio.run(_ask(cluster, filled, advance=lambda: progress.advance(asked)))


def _progress(console: Console) -> Progress:
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(TextColumn("{task.description}"), *columns, console=console)


def _fill(
    cluster: Cluster, sizes: tuple[int, ...], *, advance: Callable[[int], None]
) -> list[Filled]:
    loader = open_loader(cluster.superuser_url(), seed=2, advance=advance)
    made, first_id = [], 1
    with loader.connection as connection:
        for size in sizes:
            made.append(loader.fill(size, first_id=first_id))
            first_id += size
        connection.execute("ANALYZE")
    return made


async def _ask(
    cluster: Cluster, filled: list[Filled], *, advance: Callable[[], None]
) -> list[Measured]:
    urls = cluster.url("baton_app"), cluster.url("baton_system")
    doors = open_doors(*urls, size=1)  # one connection for every query of every workspace
    measured = []
    try:
        for one in filled:
            measured.append(await measure(doors, urls[0], one, clock=time.perf_counter))
            advance()
    finally:
        await doors.close()
    return measured


def _is_kept(one: Measured) -> bool:
    recall = 1.0 if one.vectors <= EXACT_UP_TO else LEAST_RECALL
    exact = min(one.recall, one.recall_filtered) >= recall
    return exact and one.hits_first == one.hits_last == one.hits_due


def _table(measured: list[Measured]) -> Table:
    """Times are milliseconds, half of the queries and 95 in 100 within them; f: with a filter."""
    title = "Search under the workspace wall, one connection, 10 hits asked"
    caption = "ms within which 50 / 95 in 100 answers came; hits of query 1 / 50 / due"
    table = Table(title=title, caption=caption)
    for name in ("vectors", "recall", "hits", "ms", "filtered: recall", "ms", "x bare SQL", "kept"):
        table.add_column(name, justify="right")
    for one in measured:
        table.add_row(
            f"{one.vectors:,}",
            f"{one.recall:.3f}",
            f"{one.hits_first}/{one.hits_last}/{one.hits_due}",
            f"{one.p50_ms:.1f}/{one.p95_ms:.1f}",
            f"{one.recall_filtered:.3f}",
            f"{one.filtered_p50_ms:.1f}/{one.filtered_p95_ms:.1f}",
            f"{one.to_bare_sql:.2f}",
            "yes" if _is_kept(one) else "NO",
        )
    return table
