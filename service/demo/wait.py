"""Waiting for uploads to be read, with a progress display."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from schemas.source import Status
from service.demo.api import Answer, Api
from service.errors import NotReady, RunFailed

STEPS = {Status.PENDING: 0, Status.QUEUED: 1, Status.RUNNING: 2, Status.READY: 3, Status.FAILED: 3}


@dataclass(frozen=True)
class Patience:
    """How long to wait and how often to ask, on which clock."""

    limit_s: float = 60.0
    pause_s: float = 0.25
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


PATIENCE = Patience()


def until_ready(
    api: Api, names: Mapping[str, str], *, console: Console, patience: Patience = PATIENCE
) -> dict[str, Answer]:
    """The sources (id -> name) once all are ready, in the given order."""
    deadline = patience.now() + patience.limit_s
    done: dict[str, Answer] = {}
    with _progress(console) as progress:
        bars = {one: progress.add_task(name, total=3, status="") for one, name in names.items()}
        while bars.keys() - done.keys():
            for source_id in [one for one in bars if one not in done]:
                source = api.source(source_id)
                _draw(progress, bars[source_id], source)
                if _is_ready(source, names[source_id]):
                    done[source_id] = source
            _rest(names.keys() - done.keys(), deadline, patience)
    return {one: done[one] for one in names}


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("  {task.description:<16}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[status]:<8}", markup=False),
        TimeElapsedColumn(),
        console=console,
    )


def _draw(progress: Progress, bar: TaskID, source: Answer) -> None:
    status = Status(source["status"])
    progress.update(bar, completed=STEPS[status], status=status.value)


def _is_ready(source: Answer, name: str) -> bool:
    if source["status"] == Status.FAILED:
        raise RunFailed(
            f"{name}: {_reason(source['error'])}",
            mend="Run it again with POST /v1/sources/{id}/runs once the cause is gone.",
        )
    return bool(source["status"] == Status.READY)


def _reason(error: object) -> str:
    """A failed source says why, as a sentence or as an object with `detail`."""
    if isinstance(error, Mapping):
        return str(error.get("detail") or dict(error))
    return str(error)


def _rest(missing: set[str], deadline: float, patience: Patience) -> None:
    if not missing:
        return
    if patience.now() >= deadline:
        raise NotReady(
            f"{len(missing)} of the uploads are not ready after {patience.limit_s:g} s.",
            mend="Is a worker running? `baton doctor` says what it waits for.",
        )
    patience.sleep(patience.pause_s)
