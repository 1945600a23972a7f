"""`baton search`: the same question as the API's, answered in the terminal."""

from datetime import date
from typing import Annotated

import typer
from pydantic import ValidationError

from schemas.search import Query, SearchAnswer
from schemas.source import Kind, Side
from service.actions.keys import find_workspace
from service.actions.searching import search_record
from service.cli.inside import run_inside
from service.cli.options import AsJson, Customer, Deal, Workspace
from service.cli.printing import console, wrong_usage
from service.db.doors import Doors
from service.demo import render
from service.settings import Settings
from service.wiring import Place, load_embedder

Question = Annotated[str, typer.Argument(metavar="QUESTION", help="In your own words.")]
Field = Annotated[
    str | None, typer.Option(help="Claims of this field only, such as what_was_promised.")
]
OfSide = Annotated[Side | None, typer.Option(help="Only what this side said.")]
OfKind = Annotated[Kind | None, typer.Option(help="Only sources of this kind.")]
Since = Annotated[
    str | None, typer.Option(metavar="TIME", help="Said then or later: a day, or a time with zone.")
]
Until = Annotated[
    str | None, typer.Option(metavar="TIME", help="Said before: a day, or a time with zone.")
]
Limit = Annotated[int, typer.Option(min=1, max=100, help="How many hits at most.")]


def search(  # noqa: PLR0913 - each is an option of the command
    question: Question,
    *,
    workspace: Workspace,
    customer: Customer = None,
    deal: Deal = None,
    field: Field = None,
    side: OfSide = None,
    kind: OfKind = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """Find the sentence: who said it, when, to whom.

    Needs no server. Exit code 1 where nothing is found.

    Example: baton search "why did they buy" --workspace acme --customer northwind
    """
    query = _query(
        q=question,
        customer=customer,
        deal=deal,
        field=field,
        side=side,
        kind=kind,
        since=_start_of_day(since),
        until=_start_of_day(until),
        limit=limit,
    )
    answer = _ask(Settings(), query, workspace=workspace)
    if as_json:
        typer.echo(answer.model_dump_json())
    else:
        console().print(render.search(answer.model_dump(mode="json")))
    raise typer.Exit(0 if answer.hits else 1)


def _query(**said: object) -> Query:
    try:
        return Query.model_validate(said)
    except ValidationError as error:
        raise wrong_usage(error) from error


def _start_of_day(text: str | None) -> str | None:
    """A day is its first moment in UTC; anything else is left to the one who checks times."""
    try:
        return f"{date.fromisoformat(text or '')}T00:00:00Z"
    except ValueError:
        return text


def _ask(settings: Settings, query: Query, *, workspace: str) -> SearchAnswer:
    embedder = load_embedder(settings).embedder

    async def ask(doors: Doors, _: Place) -> SearchAnswer:
        workspace_id = await find_workspace(doors, workspace)
        return await search_record(doors, embedder, workspace_id=workspace_id, query=query)

    return run_inside(settings, ask)
