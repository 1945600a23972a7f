"""`baton migrate`."""

import typer

from service.db import migrate as migrations
from service.errors import NotSetUp
from service.settings import Settings
from service.wiring import open_place


def migrate() -> None:
    """Bring the database to the schema of this version.

    The embedded one is migrated by whichever command comes first; your own only by this.

    Example: BATON_OWNER_DATABASE_URL=postgresql+psycopg://... baton migrate
    """
    with open_place(Settings()) as place:
        if place.owner_url is None:
            raise NotSetUp("baton migrate needs BATON_OWNER_DATABASE_URL")
        migrations.upgrade(place.owner_url)
        typer.echo(f"The database is at {migrations.head()}.")
