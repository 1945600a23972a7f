"""What leaves this process for a server, by the settings: the one list that is told everywhere.

A server on this machine is on the list too: nobody here knows what a gateway passes on. Pure.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from schemas.workspace import Destination
from service.llm.provider import provider_of
from service.settings import Settings

NOTHING = "Nothing of a source is sent to any other server."


def what_leaves(settings: Settings) -> tuple[Destination, ...]:
    """Where parts of sources go; empty by default. Raises NotSetUp where a model has no place."""
    return tuple(_destinations(settings))


def lines(destinations: tuple[Destination, ...]) -> tuple[str, ...]:
    """As it is said at the start."""
    said = (f"Sent to {one.to}: {one.what}; taken out: {_taken_out(one)}." for one in destinations)
    return tuple(said) or (NOTHING,)


def _destinations(settings: Settings) -> Iterator[Destination]:
    if settings.extractor == "openai":
        yield Destination(
            to=_host(provider_of(settings).base_url),
            what="the turns of every source that is read, to a chat model",
            redacted=_redacted(settings),
        )
    if settings.embedder == "openai" and settings.embedding_base_url:
        yield Destination(
            to=_host(settings.embedding_base_url),
            what="every passage and every question of a search, to an embedding model",
            redacted=(),
        )


def _redacted(settings: Settings) -> tuple[str, ...]:
    if not settings.redact:
        return ()
    found = ("mail addresses", "phone numbers", "card numbers", "bank accounts", "secrets")
    return (*found, "names of participants") if settings.redact_names else found


def _taken_out(destination: Destination) -> str:
    return ", ".join(destination.redacted) or "nothing"


def _host(url: str) -> str:
    """Host and port: a path may be a name, and a key is in none of these settings."""
    return urlsplit(url).netloc
