"""Score the offline extractor: `python -m evals.extraction [--folder PATH] [--split NAME]`."""

import argparse
import os
import time
from pathlib import Path

from rich.console import Console

from evals.extraction import cases, documents, quiet, run
from evals.extraction.report import Report, as_json, show
from service.extract.local.extract import extract

SPLITS = ("cases", "tune", "held")
TWO_HOURS = 1_400
"""Turns of a two-hour call."""
SPOKEN = 200
"""Characters of a turn as people talk: some 14 words on average."""


def main() -> None:
    """Read the labelled folder, run, print."""
    options = _options()
    console = Console()
    labelled = documents.read(options.folder / "calls")
    for split in SPLITS if options.split == "all" else (options.split,):
        report = _report(split, labelled, options.folder)
        if options.json:
            console.print_json(as_json(report))
        else:
            show(report, console)
    if options.time:
        console.print(_timed(labelled))


def _options() -> argparse.Namespace:
    default = Path(__file__).resolve().parents[3] / "shared"
    folder = Path(os.environ.get("BATON_SHARED", default)) / "evaldata"
    parser = argparse.ArgumentParser(prog="python -m evals.extraction")
    parser.add_argument("--folder", type=Path, default=folder, help="holds calls, load, promises")
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="all")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--time", action="store_true", help="time a call of two hours as well")
    return parser.parse_args()


def _report(split: str, labelled: tuple[documents.Document, ...], folder: Path) -> Report:
    chosen = _chosen(split, labelled)
    if split == "cases":
        return Report(split, len(chosen), run.scores(chosen))
    return Report(
        split=split,
        documents=len(chosen),
        fields=run.scores(chosen),
        undertakings=run.undertakings(folder / "promises" / "mrda_checked.jsonl"),
        quiet=run.quiet(quiet.read(folder / "load" / "calls.jsonl")),
    )


def _chosen(split: str, labelled: tuple[documents.Document, ...]) -> tuple[documents.Document, ...]:
    if split == "cases":
        return cases.read()
    return tuple(each for each in labelled if (each.name in documents.HELD) == (split == "held"))


def _timed(labelled: tuple[documents.Document, ...]) -> str:
    """The labelled calls again and again, until there are as many turns as in two hours."""
    turns = [turn for each in labelled for turn in each.turns if len(turn.text) <= SPOKEN]
    long = [turns[at % len(turns)].model_copy(update={"turn": at}) for at in range(TWO_HOURS)]
    words = sum(len(turn.text.split()) for turn in long)
    started = time.process_time()
    found = len(extract(long))
    took = time.process_time() - started
    return f"{len(long)} turns, {words} words, {found} drafts: {took:.2f} s of CPU"


if __name__ == "__main__":
    main()
