"""What a running server holds: made once at its start, read by every handler."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from litestar import Request
from litestar.connection import ASGIConnection

from service.actions.files import VendorNames
from service.db.doors import Doors
from service.db.news import News
from service.embed.embedder import Embedder
from service.parsing import ReaderProbe

Call: TypeAlias = Request[Any, Any, Any]
Connection: TypeAlias = ASGIConnection[Any, Any, Any, Any]


@dataclass(frozen=True)
class ServerState:
    """Nothing in it changes while the server runs."""

    doors: Doors
    news: News
    pepper: bytes
    embedder: Embedder | None
    vendor: VendorNames
    jobs_wait_limit_s: int
    reader: ReaderProbe = field(default_factory=ReaderProbe)


def state_of(connection: Connection) -> ServerState:
    """The state of the server that this connection came to."""
    return cast("ServerState", connection.app.state.server)
