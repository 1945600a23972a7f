"""`baton migrate`."""

import typer

from service.db import migrate as migrations
from service.errors import NotSetUp
from service.settings import Settings
from service.wiring import open_place


def migrate() -> None:
    """Bring the database to the schema of this version."""
    with open_place(Settings()) as place:
        if place.owner_url is None:
            raise NotSetUp("baton migrate needs BATON_OWNER_DATABASE_URL")
        migrations.upgrade(place.owner_url)
        typer.echo(f"The database is at {migrations.head()}.")
