"""What a running server holds: made once at its start, read by every handler."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from litestar import Request
from litestar.connection import ASGIConnection

from schemas.workspace import Destination
from service.actions.files import VendorNames
from service.actions.spending import Purse
from service.db.doors import Doors
from service.db.news import News
from service.embed.embedder import Embedder
from service.parsing import ReaderProbe
from service.sealing import Seal

Call: TypeAlias = Request[Any, Any, Any]
Connection: TypeAlias = ASGIConnection[Any, Any, Any, Any]


@dataclass(frozen=True)
class ServerState:
    """Nothing in it changes while the server runs."""

    doors: Doors
    news: News
    pepper: bytes
    seal: Seal
    public_url: str | None
    embedder: Embedder | None
    vendor: VendorNames
    jobs_wait_limit_s: int
    purse: Purse | None
    """None: no model is asked."""
    leaves: tuple[Destination, ...]
    """What is sent to other servers."""
    reader: ReaderProbe = field(default_factory=ReaderProbe)


def state_of(connection: Connection) -> ServerState:
    """The state of the server that this connection came to."""
    return cast("ServerState", connection.app.state.server)
