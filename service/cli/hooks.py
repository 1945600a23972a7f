"""`baton hooks`: the addresses that recorders and mail gateways are told to call."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from schemas.hook import HookForm, HookView
from service.actions import hooks
from service.actions.hooks import HookPlace
from service.actions.keys import find_workspace
from service.cli.inside import run_inside
from service.cli.options import AsJson
from service.cli.printing import console, minute, print_json, table
from service.db.doors import Doors
from service.sealing import Seal
from service.settings import Settings
from service.wiring import Place

app = typer.Typer(no_args_is_help=True, help="Hooks of a workspace: make, list and end them.")

Provider = Annotated[str, typer.Argument(metavar="PROVIDER", help="zoom, fathom, gong, mailgun, …")]
Workspace = Annotated[str, typer.Option(help="Its name; it has to be there.")]
SecretFile = Annotated[
    Path | None,
    typer.Option(
        help="A file with the secret that the provider shows; `-` reads it from standard input. "
        "Left out, a secret is made where the provider takes one of ours.",
        allow_dash=True,
    ),
]
_LOCAL = "http://127.0.0.1:8321"


@app.command("create")
def create(
    provider: Provider,
    *,
    workspace: Workspace,
    secret_file: SecretFile = None,
    as_json: AsJson = False,
) -> None:
    """Make the hook of a provider, or change its secret; prints the address to call.

    Example: baton hooks create fathom --workspace acme --json
    """
    form = HookForm(secret=_read(secret_file) if secret_file else None)

    async def put(doors: Doors, place: Place) -> HookView:
        here = await find_workspace(doors, workspace)
        now = datetime.now(UTC)
        return await hooks.put_hook(_place(doors, place), here, provider, form, now=now)

    made = run_inside(Settings(), put)
    if as_json:
        print_json({"hook_id": made.hook_id, "url": made.url, "secret": made.secret})
        return
    typer.echo(f"{provider} calls {made.url}")
    if made.secret:
        typer.echo(f"with this secret, shown this once:\n{made.secret}")
    for notice in made.notices:
        typer.echo(f"{notice.detail} {notice.mend}")


@app.command("list")
def list_(*, workspace: Workspace, as_json: AsJson = False) -> None:
    """Show the hooks of a workspace, without their secrets.

    Example: baton hooks list --workspace acme
    """

    async def read(doors: Doors, place: Place) -> list[HookView]:
        here = await find_workspace(doors, workspace)
        return [*await hooks.list_hooks(_place(doors, place), here)]

    found = run_inside(Settings(), read)
    if as_json:
        print_json([one.model_dump(mode="json", exclude={"secret"}) for one in found])
        return
    head = ("provider", "address", "credentials", "last called")
    console().print(table(head, [_row(one) for one in found]))


@app.command("end")
def end(provider: Provider, *, workspace: Workspace) -> None:
    """End a hook: its address answers as if it had never been.

    Example: baton hooks end fathom --workspace acme
    """

    async def stop(doors: Doors, place: Place) -> None:
        here = await find_workspace(doors, workspace)
        await hooks.delete_hook(_place(doors, place), here, provider)

    run_inside(Settings(), stop)
    typer.echo(f"The hook of {provider} is ended.")


def _row(one: HookView) -> tuple[str, str, str, str]:
    called = minute(one.called_at, otherwise="never")
    return one.provider, one.url, "yes" if one.has_credentials else "no", called


def _place(doors: Doors, place: Place) -> HookPlace:
    public_url = Settings().public_url or _LOCAL
    return HookPlace(doors, Seal(place.secret_key), public_url)


def _read(file: Path) -> str:
    text = typer.get_text_stream("stdin").read() if str(file) == "-" else file.read_text("utf-8")
    return text.strip()
