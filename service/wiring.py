"""From settings to a place to work: which database, which secrets, which embedder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from service.db import migrate
from service.db.embedded.lease import acquire
from service.embed.embedder import Loaded
from service.embed.load import load_chosen
from service.errors import NotSetUp
from service.settings import Settings


@dataclass(frozen=True)
class Place:
    """Where a process works. URLs hold passwords: they are never logged."""

    app_url: str
    system_url: str
    owner_url: str | None
    pepper: bytes
    is_embedded: bool
    notices: tuple[str, ...] = ()


@contextmanager
def open_place(settings: Settings) -> Iterator[Place]:
    """The embedded server, started if need be and kept while in use; or the one that is named."""
    if settings.database_url is not None:
        yield _outside(settings)
        return
    with acquire(settings.data_dir.absolute()) as lease:
        cluster = lease.cluster
        pepper = settings.key_pepper or cluster.secrets.key_pepper
        yield Place(
            app_url=cluster.url("baton_app"),
            system_url=cluster.url("baton_system"),
            owner_url=cluster.url("baton_owner"),
            pepper=pepper.get_secret_value().encode(),
            is_embedded=True,
            notices=cluster.notices,
        )


def _outside(settings: Settings) -> Place:
    if settings.database_url is None or settings.system_database_url is None:
        raise NotSetUp("BATON_DATABASE_URL needs BATON_SYSTEM_DATABASE_URL beside it")
    if settings.key_pepper is None:
        raise NotSetUp("BATON_DATABASE_URL needs BATON_KEY_PEPPER: 32 random bytes, kept for good")
    owner = settings.owner_database_url
    return Place(
        app_url=settings.database_url.get_secret_value(),
        system_url=settings.system_database_url.get_secret_value(),
        owner_url=owner.get_secret_value() if owner else None,
        pepper=settings.key_pepper.get_secret_value().encode(),
        is_embedded=False,
    )


def prepare(place: Place) -> None:
    """The embedded database is migrated by whoever comes; an outside one only by its operator."""
    if place.is_embedded and place.owner_url is not None:
        migrate.upgrade(place.owner_url)


def load_embedder(settings: Settings) -> Loaded:
    """The embedder of these settings; the graph of a local one is cached in the data folder."""
    return load_chosen(settings, cache_dir=settings.data_dir.absolute() / "models")
