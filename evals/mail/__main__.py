"""Every mail of the samples read: its messages, senders, dates, and whether quotes are cut rightly.

`python -m evals.mail [--json]`; 1 where a mail is not read that has words, or a cut is wrong.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.formats.samples import folder_of_samples
from evals.mail.replies import Reply, replies, same
from schemas.source import CutKind
from service.errors import BatonError, NoContent
from service.intake.mail import quoted
from service.intake.read import read

_FOLDERS = ("api", "eml", "inbound", "mbox", "msg", "pasted", "replies_eml", "thread")
_BESIDE = "expected.json"
_WIDTH = 120


@dataclass(frozen=True)
class Row:
    """One sample; without a format it was refused."""

    path: str
    format: str = ""
    messages: int = 0
    quoted: int = 0
    senders: int = 0
    dates: int = 0
    cut: int = 0
    """Code points of quoted history."""
    refusal: str = ""
    is_met: bool = True


@dataclass(frozen=True)
class CutReply:
    """One reply whose new text is known."""

    name: str
    is_right: bool
    quoted: int
    """Code points of its text that are not new."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables; 0 where every mail with words is read and every cut is right."""
    parser = argparse.ArgumentParser(prog="python -m evals.mail", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for a machine")
    asked = parser.parse_args(arguments)
    folder = folder_of_samples()
    if not folder.is_dir():
        sys.stderr.write("No samples here: set BATON_SHARED.\n")
        return 2
    rows = [_row(path, folder) for path in _paths(folder / "email")]
    cuts = [_cut(one) for one in replies(folder)]
    _print(rows, cuts, as_json=asked.json)
    return 0 if all(one.is_met for one in rows) and all(one.is_right for one in cuts) else 1


def _paths(mail: Path) -> list[Path]:
    found = (path for name in _FOLDERS for path in sorted((mail / name).iterdir()))
    return [path for path in found if path.name != _BESIDE]


def _row(path: Path, folder: Path) -> Row:
    name = str(path.relative_to(folder / "email"))
    try:
        parsed = read(path.read_bytes())
    except BatonError as error:
        return Row(name, refusal=error.detail, is_met=isinstance(error, NoContent))
    return Row(
        name,
        format=parsed.format,
        messages=sum(not one.is_quoted for one in parsed.utterances),
        quoted=sum(one.is_quoted for one in parsed.utterances),
        senders=sum(one.speaker is not None for one in parsed.utterances),
        dates=sum(one.sent_at is not None for one in parsed.utterances),
        cut=sum(len(one.text) for one in parsed.cuts if one.kind is CutKind.HISTORY),
    )


def _cut(reply: Reply) -> CutReply:
    longest = max(map(len, reply.new))
    found = same(quoted.split(reply.text).new, reply.new)
    return CutReply(reply.name, found, max(0, len(reply.text) - longest))


def _print(rows: Sequence[Row], cuts: Sequence[CutReply], *, as_json: bool) -> None:
    if as_json:
        figures = {"samples": [*map(asdict, rows)], "cuts": [*map(asdict, cuts)]}
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    console.print(_samples(rows))
    for one in (one for one in rows if one.refusal):
        console.print(f"{one.path}: {one.refusal}", highlight=False, markup=False)
    for cut in (cut for cut in cuts if not cut.is_right):
        console.print(f"cut wrongly: {cut.name}", highlight=False, markup=False)
    console.print(_summary(rows, cuts), highlight=False)


def _samples(rows: Sequence[Row]) -> Table:
    table = Table("sample", "read as", title="Every mail of the samples")
    for name in ("messages", "quoted", "senders", "dates", "history cut"):
        table.add_column(name, justify="right")
    for one in rows:
        figures = (one.messages, one.quoted, one.senders, one.dates, one.cut)
        shown = map(str, figures) if one.format else [""] * len(figures)
        table.add_row(one.path, one.format or "refused", *shown)
    return table


def _summary(rows: Sequence[Row], cuts: Sequence[CutReply]) -> str:
    read_well = [one for one in rows if one.format]
    turns = sum(one.messages + one.quoted for one in read_well)
    history = sum(one.quoted for one in cuts)
    right = sum(one.quoted for one in cuts if one.is_right)
    return (
        f"{len(read_well)} of {len(rows)} read, the rest has no words; of {turns} turns"
        f" {sum(one.senders for one in read_well)} name their author and"
        f" {sum(one.dates for one in read_well)} their date;"
        f" {sum(one.is_right for one in cuts)} of {len(cuts)} replies cut rightly,"
        f" {right / history:.0%} of their quoted text"
    )


if __name__ == "__main__":
    sys.exit(main())
