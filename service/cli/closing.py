"""What `baton ingest` says at its end: what became of the files, and how to go on."""

from collections.abc import Iterator
from shlex import quote

import typer

from service.cli.printing import console
from service.cli.stages import Result
from service.cli.waiting import Waited
from service.demo.plain import plain

_NO_WORKER = "No worker is alive: `baton serve` or `baton worker` reads what is stored."


def tell(result: Result, *, workspace: str) -> None:
    """The summary, then each thing that somebody should do."""
    console().print(result.tally.shown())
    typer.echo()
    for line in _lines(result, workspace):
        typer.echo(plain(line))


def _lines(result: Result, workspace: str) -> Iterator[str]:
    if result.ended_by is not None:
        yield f"Ended early: {result.ended_by.detail} {result.ended_by.mend}".rstrip()
    elif result.was_told_to_stop:
        yield "Stopped as you asked."
    if result.is_cut_short:
        yield "What is stored stays. The same command again goes on where this one ended."
    if result.waited is not None:
        yield from _waiting(result.waited)
    if result.tally.source_ids:
        if not result.has_worker and result.ended_by is None:
            yield _NO_WORKER
        yield f'To search: baton search "why did they buy" --workspace {quote(workspace)}'


def _waiting(waited: Waited) -> Iterator[str]:
    for one in waited.failed:
        yield f"Could not be read: source {one.source_id}: {one.detail}"
    yield f"{waited.waiting} are not read yet." if waited.waiting else "All are read."


def as_json_document(result: Result) -> dict[str, object]:
    """Every file with its outcome, for a program."""
    found: dict[str, object] = {
        **result.tally.counts,
        "interrupted": result.is_cut_short,
        "has_worker": result.has_worker,
        "files": [one.as_json() for one in result.tally.taken],
    }
    if result.ended_by is not None:
        found["ended_by"] = {"type": result.ended_by.type, "detail": result.ended_by.detail}
    if result.waited is not None:
        failed = [
            {"source_id": str(one.source_id), "detail": one.detail} for one in result.waited.failed
        ]
        found["waited"] = {"waiting": result.waited.waiting, "failed": failed}
    return found
