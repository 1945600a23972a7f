"""`baton keys`: made here and shown once; listed, ended and replaced without their secret."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from service import keys
from service.actions import key_care
from service.actions.keys import MadeKey, find_workspace, make_key
from service.cli.durations import read_duration
from service.cli.inside import run_at, run_inside
from service.cli.options import AsJson
from service.cli.printing import console, minute, print_json, table
from service.db.doors import Doors
from service.settings import Settings
from service.wiring import Place, open_place, prepare

app = typer.Typer(
    no_args_is_help=True, help="Keys of a workspace: make, list, end and replace them."
)

NewWorkspace = Annotated[str, typer.Option(help="Its name; a new name makes a new workspace.")]
Scopes = Annotated[
    str, typer.Option(help="Some of ingest, read, write and admin; none contains another.")
]
Label = Annotated[str, typer.Option(help="What the key is for.")]
Expires = Annotated[datetime | None, typer.Option(help="When it ends, in UTC; left out: never.")]
OfWorkspace = Annotated[str | None, typer.Option(help="Only this one; left out: all of them.")]
KeyId = Annotated[str, typer.Argument(metavar="ID", help="As `baton keys list` shows it.")]
Overlap = Annotated[
    str,
    typer.Option(metavar="SPAN", help="How long the old key works beside it: 30m, 24h, 7d."),
]

_ONCE = "shown this once"


@app.command("create")
def create(
    *,
    workspace: NewWorkspace,
    scopes: Scopes = "ingest,read,write,admin",
    label: Label = "",
    expires_at: Expires = None,
    as_json: AsJson = False,
) -> None:
    """Make a key. It is shown once: only a hash of it is stored.

    Example: baton keys create --workspace acme --scopes ingest --label recorder
    """
    ends = expires_at.replace(tzinfo=UTC) if expires_at else None
    chosen = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    with open_place(Settings()) as place:
        prepare(place)
        made = make_key_at(place, workspace=workspace, scopes=chosen, label=label, expires_at=ends)
    if as_json:
        print_json({"key": made.text, "workspace": workspace, "id": made.id})
    else:
        typer.echo(f"Key {made.id} of workspace {workspace!r}, {_ONCE}:\n{made.text}")


def make_key_at(
    place: Place, *, workspace: str, scopes: list[str], label: str, expires_at: datetime | None
) -> MadeKey:
    """Make a key where the place is open already; works while a server runs, too."""

    async def make(doors: Doors, place: Place) -> MadeKey:
        return await make_key(
            doors,
            workspace=workspace,
            scopes=scopes,
            pepper=place.pepper,
            label=label,
            expires_at=expires_at,
        )

    return run_at(place, make)


@app.command("list")
def list_(*, workspace: OfWorkspace = None, as_json: AsJson = False) -> None:
    """Show every key with its state; the secret is stored nowhere.

    Example: baton keys list --workspace acme
    """

    async def find(doors: Doors, _: Place) -> list[key_care.StoredKey]:
        workspace_id = await find_workspace(doors, workspace) if workspace is not None else None
        return await key_care.list_keys(doors, now=datetime.now(UTC), workspace_id=workspace_id)

    found = run_inside(Settings(), find)
    if as_json:
        print_json({"keys": [_as_json(one) for one in found]})
    else:
        console().print(table(_HEAD, [_row(one) for one in found]))


_HEAD = ("workspace", "id", "label", "scopes", "created", "expires", "last used", "state")


def _row(one: key_care.StoredKey) -> tuple[str, ...]:
    return (
        one.workspace,
        one.id,
        one.label,
        ",".join(one.scopes),
        minute(one.created_at, otherwise=""),
        minute(one.expires_at, otherwise="never"),
        minute(one.last_used_at, otherwise="never"),
        one.state,
    )


def _as_json(one: key_care.StoredKey) -> dict[str, object]:
    return {name: _written(value) for name, value in asdict(one).items()}


def _written(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


@app.command("revoke")
def revoke(key_id: KeyId, *, as_json: AsJson = False) -> None:
    """End a key with the next request. It cannot be undone: make a new one.

    Example: baton keys revoke 0123456789abcdefABCDEF
    """
    chosen = _id_in(key_id)

    async def end(doors: Doors, _: Place) -> None:
        await key_care.revoke_key(doors, chosen)

    run_inside(Settings(), end)
    if as_json:
        print_json({"id": chosen, "state": key_care.KeyState.REVOKED})
    else:
        typer.echo(f"Key {chosen} is revoked.")


def _id_in(text: str) -> str:
    """Whoever holds a leaked key has its id in it."""
    found = keys.read(text)
    return found.id if found else text


@app.command("rotate")
def rotate(key_id: KeyId, *, overlap: Overlap = "24h", as_json: AsJson = False) -> None:
    """Make a key for the same workspace, label and scopes; the old one ends after a while.

    Example: baton keys rotate 0123456789abcdefABCDEF --overlap 24h
    """
    beside, now = read_duration(overlap, option="--overlap"), datetime.now(UTC)

    async def replace(doors: Doors, place: Place) -> key_care.Rotated:
        return await key_care.rotate_key(
            doors, _id_in(key_id), overlap=beside, pepper=place.pepper, now=now
        )

    done = run_inside(Settings(), replace)
    if as_json:
        print_json(_rotated(done))
        return
    typer.echo(f"Key {done.made.id} of workspace {done.workspace!r}, {_ONCE}:\n{done.made.text}")
    ends = minute(done.replaced_ends_at, otherwise="")
    typer.echo(f"Key {done.replaces} works until {ends} UTC.")


def _rotated(done: key_care.Rotated) -> dict[str, object]:
    return {
        "key": done.made.text,
        "workspace": done.workspace,
        "id": done.made.id,
        "expires_at": _written(done.expires_at),
        "replaces": done.replaces,
        "replaced_ends_at": _written(done.replaced_ends_at),
    }
