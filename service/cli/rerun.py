"""`baton rerun`: sources are read once more, and what that would change is shown."""

from typing import Annotated

import typer

from service.actions.keys import find_workspace
from service.actions.people import Person
from service.cli.differences import as_json_document, tell
from service.cli.inside import run_inside
from service.cli.options import AsJson, Customer, Workspace
from service.cli.printing import print_json
from service.cli.reruns import Chosen, Result, look_at_open, run_reruns
from service.db.doors import Doors
from service.settings import Settings
from service.wiring import Place, purse_of

KEY_ID = "command-line"
"""Who asked, where no key did."""

SourceIds = Annotated[list[str] | None, typer.Argument(metavar="SOURCE_ID", help="Ids of sources.")]
All = Annotated[bool, typer.Option("--all", help="Every source of the workspace.")]
Offered = Annotated[
    bool,
    typer.Option(
        "--offered", help="Sources whose note asks for it: a model was away, or a budget."
    ),
]
Open = Annotated[
    bool, typer.Option("--open", help="Read nothing: show what earlier re-runs propose.")
]
Accept = Annotated[bool, typer.Option("--accept", help="Accept what is proposed, unseen.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who accepts, for the record.")]


def rerun(
    source_ids: SourceIds = None,
    *,
    workspace: Workspace,
    customer: Customer = None,
    every: All = False,
    offered: Offered = False,
    only_open: Open = False,
    accept: Accept = False,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Read sources once more, and show what that would change.

    Needs a worker, not a server. Name sources, or take --all, --offered or --customer. The notes
    stay as they are unless --accept is given; with --open nothing is read again. What a person
    corrected stays anyway. Exit code 1 where a source could not be read, or not all was done.

    Example: baton rerun --customer northwind --workspace acme
    """
    settings = Settings()
    chosen = Chosen(
        tuple(source_ids or ()),
        customer=customer,
        every=every,
        offered=offered,
        purse=purse_of(settings),
    )
    if not chosen.is_one:
        raise typer.BadParameter("name sources, or one of --all, --offered and --customer.")

    async def work(doors: Doors, _: Place) -> Result:
        here = await find_workspace(doors, workspace)
        person = Person(here, KEY_ID, by=by, comment="baton rerun --accept" if accept else None)
        run = look_at_open if only_open else run_reruns
        return await run(doors, person, chosen, accepts=accept)

    result = run_inside(settings, work)
    if as_json:
        print_json(as_json_document(result))
    else:
        tell(result)
    raise typer.Exit(0 if result.is_whole else 1)
