"""`baton serve`: the API, and a supervised worker beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from socket import socket
from typing import Annotated

import typer
import uvicorn

from service import parsing
from service.actions.upload import VendorNames
from service.cli.logs import set_up_logs
from service.db.doors import open_doors, require_current
from service.embed.embedder import Embedder
from service.errors import NotSetUp
from service.jobs.supervisor import supervise
from service.settings import Settings
from service.web.app import create_app
from service.web.state import ServerState
from service.wiring import Place, load_embedder, open_place, prepare

_HEADER_LIMIT = 32 * 1024

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0: any free port.")]
NoWorker = Annotated[bool, typer.Option("--no-worker", help="Leave the jobs to other processes.")]


def serve(*, host: Host = "127.0.0.1", port: Port = 8321, no_worker: NoWorker = False) -> None:
    """Serve the API; prints its address once it listens."""
    settings = Settings()
    set_up_logs(settings)
    with open_place(settings) as place:
        _refuse_open_pepper(settings, place, host)
        prepare(place)
        for notice in place.notices:
            typer.echo(f"note: {notice}", err=True)
        asyncio.run(_serve(settings, place, host=host, port=port, with_worker=not no_worker))


def _refuse_open_pepper(settings: Settings, place: Place, host: str) -> None:
    """Beyond loopback the secrets are the operator's own, not ones made in passing."""
    is_local = host == "localhost" or ip_address(host).is_loopback
    if not is_local and settings.key_pepper is None and place.is_embedded:
        raise NotSetUp(
            f"listening on {host} needs BATON_KEY_PEPPER: 32 random bytes, kept for good"
        )


async def _serve(
    settings: Settings, place: Place, *, host: str, port: int, with_worker: bool
) -> None:
    @asynccontextmanager
    async def open_state() -> AsyncIterator[ServerState]:
        async with _state(settings, place) as state:
            yield state

    config = uvicorn.Config(
        create_app(open_state),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=_HEADER_LIMIT,
        proxy_headers=False,
    )
    server = _Announced(config)
    worker = asyncio.create_task(supervise()) if with_worker else None
    try:
        await server.serve()
    finally:
        if worker:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker


class _Announced(uvicorn.Server):
    """Says where it listens, also when the system chose the port."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            typer.echo(f"Baton listens on http://{host}:{port}")
            typer.echo("A key: baton keys create --workspace NAME --json")


@asynccontextmanager
async def _state(settings: Settings, place: Place) -> AsyncIterator[ServerState]:
    doors = open_doors(place.app_url, place.system_url)
    try:
        await require_current(doors)
        parsing.warm_up()
        yield ServerState(
            doors=doors,
            pepper=place.pepper,
            embedder=await asyncio.to_thread(_embedder, settings),
            vendor=VendorNames(domains=settings.vendor_domains, names=settings.vendor_names),
        )
    finally:
        parsing.stop()
        await doors.close()


def _embedder(settings: Settings) -> Embedder:
    loaded = load_embedder(settings)
    for notice in loaded.notices:
        typer.echo(f"note: {notice.detail} {notice.mend}", err=True)
    return loaded.embedder
