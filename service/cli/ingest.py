"""`baton ingest`: files and folders through the use case of the API, without a server."""

import signal
from collections.abc import Iterator
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
from service.db.doors import Doors
from service.settings import Settings
from service.wiring import Place

KEY_ID = "command-line"
"""Who uploaded, where no key did."""

Paths = Annotated[
    list[Path],
    typer.Argument(exists=True, metavar="PATH", help="Files, and folders with all in them."),
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
    as_json: AsJson = False,
) -> None:
    """Take in files and folders, without a server.

    Folders are taken whole; hidden files, and links that lead out of them, are skipped. Run it
    again to go on where it stopped: what is stored already is not read again. Exit code 1 where a
    file was refused, or not all was done.

    Example: baton ingest calls/ thread.eml --workspace acme --customer northwind
    """
    said = _said(customer=customer, deal=deal, kind=kind, occurred_at=occurred_at, consent=consent)
    settings = Settings()
    vendor = VendorNames(domains=settings.vendor_domains, names=settings.vendor_names)

    async def work(doors: Doors, _: Place) -> Result:
        sender = Sender(await find_workspace(doors, workspace), KEY_ID)
        intake = Intake(doors, sender, said, vendor)
        return await run_stages(intake, paths, wants_wait=wait)

    with _reader():
        result = run_inside(settings, work, size=AT_ONCE + 1)
    if as_json:
        print_json(as_json_document(result))
    else:
        tell(result, workspace=workspace)
    raise typer.Exit(0 if result.is_whole else 1)


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
