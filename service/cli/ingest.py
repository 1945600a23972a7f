"""`baton ingest`: files and folders through the use case of the API, without a server."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from schemas.source import Kind
from schemas.upload import SourceForm
from service import parsing
from service.actions.files import Upload, VendorNames
from service.actions.keys import find_workspace
from service.actions.upload import Sender
from service.cli.batch import AT_ONCE, Intake
from service.cli.closing import as_json_document, tell
from service.cli.inside import run_inside
from service.cli.options import AsJson, Customer, Deal, Workspace
from service.cli.printing import print_json, wrong_usage
from service.cli.stages import Result, run_stages
from service.cli.stopping import stop_by_signal
from service.cli.tally import Outcome, Taken
from service.cli.watching import watch
from service.db.doors import Doors
from service.demo.plain import plain
from service.settings import Settings
from service.wiring import Place, purse_of

KEY_ID = "command-line"
"""Who uploaded, where no key did."""

Paths = Annotated[
    list[Path],
    typer.Argument(
        exists=True, metavar="PATH", help="Files; folders and ZIP archives with all in them."
    ),
]
OfKind = Annotated[Kind | None, typer.Option(help="What they all are; left out: detected.")]
Occurred = Annotated[
    str | None, typer.Option(metavar="TIME", help="When they all took place: 2026-03-03T15:00:00Z.")
]
Consent = Annotated[
    bool | None,
    typer.Option("--consent/--no-consent", help="Whether everybody recorded has agreed."),
]
Wait = Annotated[bool, typer.Option("--wait", help="Wait until they are read; needs a worker.")]
Watch = Annotated[
    bool, typer.Option("--watch", help="Go on with what comes into the folders, until Ctrl-C.")
]


def ingest(
    paths: Paths,
    *,
    workspace: Workspace,
    customer: Customer = None,
    deal: Deal = None,
    kind: OfKind = None,
    occurred_at: Occurred = None,
    consent: Consent = None,
    wait: Wait = False,
    is_watching: Watch = False,
    as_json: AsJson = False,
) -> None:
    """Take in files and folders, without a server.

    Folders and ZIP archives are taken whole; hidden files, and links that lead out of a folder,
    are skipped. Run it again to go on where it stopped: what is stored already is not read again.
    Exit code 1 where a file was refused, or not all was done.

    Example: baton ingest calls/ thread.eml --workspace acme --customer northwind
    """
    said = _said(customer=customer, deal=deal, kind=kind, occurred_at=occurred_at, consent=consent)
    settings = Settings()
    vendor = VendorNames(domains=settings.vendor_domains, names=settings.vendor_names)
    purse = purse_of(settings)
    if is_watching:
        _require_folders(paths, wait=wait)

    async def work(doors: Doors, _: Place) -> Result | None:
        sender = Sender(await find_workspace(doors, workspace), KEY_ID)
        intake = Intake(doors, sender, said, vendor, purse)
        if is_watching:
            await _watch(intake, paths, as_json=as_json)
            return None
        return await run_stages(intake, paths, wants_wait=wait)

    with _reader():
        result = run_inside(settings, work, size=AT_ONCE + 1)
    if result is None:
        return
    if as_json:
        print_json(as_json_document(result))
    else:
        tell(result, workspace=workspace)
    raise typer.Exit(0 if result.is_whole else 1)


def _require_folders(paths: Sequence[Path], *, wait: bool) -> None:
    if wait:
        raise typer.BadParameter("--watch has no end to wait for.", param_hint="--wait")
    for path in paths:
        if not path.is_dir():
            raise typer.BadParameter(f"{plain(str(path))} is no folder.", param_hint="--watch")


async def _watch(intake: Intake, folders: Sequence[Path], *, as_json: bool) -> None:
    """A line for each file that is new or refused; for a program one for every file."""

    def report(one: Taken) -> None:
        if as_json:
            print_json(one.as_json())
        elif one.outcome in {Outcome.NEW, Outcome.REFUSED}:
            typer.echo(plain(f"{one.outcome} {one.path} {one.reason or one.source_id}"))

    def complain(what: str) -> None:
        typer.echo(plain(what), err=True)

    complain(f"Watching {', '.join(map(str, folders))}. Ctrl-C ends it.")
    await watch(intake, folders, stop=stop_by_signal(), report=report, complain=complain)


def _said(**said: object) -> Upload:
    """Checked as the API checks it; the content comes with each file."""
    try:
        form = SourceForm.model_validate(said)
    except ValidationError as error:
        raise wrong_usage(error) from error
    return Upload(content=b"", **{name: getattr(form, name) for name in said})


@contextmanager
def _reader() -> Iterator[None]:
    """Files are read in children; Ctrl-C must not end them, it would look like a bad file."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # inherited by the fork server
    parsing.warm_up()
    signal.signal(signal.SIGINT, before)
    try:
        yield
    finally:
        parsing.stop()
