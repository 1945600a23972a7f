"""Measure search: `python -m evals.retrieval --help`."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from evals.retrieval.meetings import meetings, questions
from evals.retrieval.paraphrased import paraphrased
from evals.retrieval.run import Prepared, calibrate, prepare, report, sweep
from service.embed.load import load


def main() -> None:
    """Print the scores of words, meaning and both."""
    for line in _lines(_arguments()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval")
    parser.add_argument("--embedder", choices=("local", "tiny"), default="local")
    parser.add_argument("--folder", type=Path, help="docs.jsonl, queries.jsonl; else the invented")
    parser.add_argument("--docs", type=int, help="so many documents, taken evenly")
    parser.add_argument("--cache", type=Path, default=Path(".baton/evals"))
    parser.add_argument("--sweep", action="store_true", help="try weights on half, report on half")
    parser.add_argument("--answered", action="store_true", help="right against wrong documents")
    return parser.parse_args()


def _lines(arguments: argparse.Namespace) -> Iterator[str]:
    prepared = _prepared(arguments)
    yield from report(prepared)
    if arguments.sweep:
        yield from sweep(prepared)
    if arguments.answered:
        yield from calibrate(prepared)


def _prepared(arguments: argparse.Namespace) -> Prepared:
    loaded = load(arguments.embedder, cache_dir=arguments.cache)
    if arguments.folder is None:
        calls, asked = paraphrased()
    else:
        calls = meetings(arguments.folder, limit=arguments.docs)
        asked = questions(arguments.folder, calls)
    return prepare(calls, asked, loaded.embedder, cache=arguments.cache)


if __name__ == "__main__":
    main()
