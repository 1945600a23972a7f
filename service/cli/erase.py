"""`baton erase`: what a person has asked to be forgotten."""

from typing import Annotated

import typer

from schemas.api import Removed
from service.actions.erasing import Eraser, erase_customer, erase_source, replay_erasures
from service.actions.keys import find_workspace
from service.cli.inside import run_inside
from service.cli.options import AsJson
from service.db.doors import Doors
from service.settings import Settings
from service.wiring import Place

Named = Annotated[str | None, typer.Option("--workspace", help="Name of the workspace.")]
Customer = Annotated[
    str | None, typer.Option(help="Reference of a customer: its deals and sources go with it.")
]
Source = Annotated[str | None, typer.Option(help="Id of one source.")]
Reason = Annotated[
    str | None, typer.Option(help="Why, for the ledger; name nobody: it stays for good.")
]
Replay = Annotated[
    bool, typer.Option("--replay", help="Erase again what a restored backup brought back.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]


def erase(
    *,
    workspace: Named = None,
    customer: Customer = None,
    source: Source = None,
    reason: Reason = None,
    replay: Replay = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Erase a source, or a customer with all that belongs to it, and prove it.

    Prints what went, table by table, and how many rows are left of it: 0.

    Example: baton erase --workspace acme --customer northwind --reason "asked on 3 March"
    """
    if replay:
        _replay(as_json=as_json)
        return
    if workspace is None or (customer is None) == (source is None):
        raise typer.BadParameter("name --workspace, and either --customer or --source.")
    if not yes and not as_json:
        typer.confirm(f"Erase {customer or source!r} of {workspace!r} for good?", abort=True)

    async def work(doors: Doors, place: Place) -> Removed:
        here = await find_workspace(doors, workspace)
        eraser = Eraser(here, by="command line", secret=place.pepper, reason=reason)
        if customer is not None:
            return await erase_customer(doors, eraser, customer)
        return await erase_source(doors, eraser, str(source))

    removed = run_inside(Settings(), work)
    typer.echo(removed.model_dump_json() if as_json else _table(removed))
    raise typer.Exit(0 if removed.residue == 0 else 1)


def _replay(*, as_json: bool) -> None:
    async def work(doors: Doors, place: Place) -> int:
        return await replay_erasures(doors, secret=place.pepper)

    number = run_inside(Settings(), work)
    typer.echo(f'{{"erased": {number}}}' if as_json else f"Sources erased again: {number}.")


def _table(removed: Removed) -> str:
    lines = [f"  {rows:>8}  {table}" for table, rows in sorted(removed.removed.items())]
    return "\n".join(["Removed:", *lines, f"Left of it: {removed.residue} rows."])
