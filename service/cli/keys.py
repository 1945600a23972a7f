"""`baton keys`: made here, shown once."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from service.actions.keys import MadeKey, make_key
from service.db.doors import open_doors
from service.settings import Settings
from service.wiring import Place, open_place, prepare

app = typer.Typer(no_args_is_help=True, help="Keys of a workspace.")

Workspace = Annotated[str, typer.Option(help="Its name; a new name makes a new workspace.")]
Scopes = Annotated[
    str, typer.Option(help="Some of ingest, read, write and admin; none contains another.")
]
Label = Annotated[str, typer.Option(help="What the key is for.")]
Expires = Annotated[datetime | None, typer.Option(help="When it ends, in UTC; left out: never.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command("create")
def create(
    *,
    workspace: Workspace,
    scopes: Scopes = "ingest,read,write,admin",
    label: Label = "",
    expires_at: Expires = None,
    as_json: AsJson = False,
) -> None:
    """Make a key. It is shown once: only a hash of it is stored."""
    ends = expires_at.replace(tzinfo=UTC) if expires_at else None
    chosen = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    with open_place(Settings()) as place:
        prepare(place)
        made = make_key_at(place, workspace=workspace, scopes=chosen, label=label, expires_at=ends)
    if as_json:
        typer.echo(json.dumps({"key": made.text, "workspace": workspace, "id": made.id}))
    else:
        typer.echo(f"Key {made.id} of workspace {workspace!r}, shown this once:\n{made.text}")


def make_key_at(
    place: Place, *, workspace: str, scopes: list[str], label: str, expires_at: datetime | None
) -> MadeKey:
    """Make a key where no event loop runs yet; works while a server runs, too."""
    return asyncio.run(_make(place, workspace, scopes, label=label, expires_at=expires_at))


async def _make(
    place: Place, workspace: str, scopes: list[str], *, label: str, expires_at: datetime | None
) -> MadeKey:
    doors = open_doors(place.app_url, place.system_url, size=1)
    try:
        return await make_key(
            doors,
            workspace=workspace,
            scopes=scopes,
            pepper=place.pepper,
            label=label,
            expires_at=expires_at,
        )
    finally:
        await doors.close()
