"""`baton serve`: the API, and a supervised worker beside it."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from ipaddress import ip_address
from socket import socket
from typing import Annotated

import typer
import uvicorn

from service import parsing
from service.actions.erasing import replay_erasures
from service.actions.files import VendorNames
from service.actions.leaving import what_leaves
from service.cli.logs import set_up_logs
from service.cli.printing import say_what_leaves
from service.db.doors import open_doors, require_current
from service.db.news import News
from service.embed.embedder import Embedder
from service.errors import NotSetUp
from service.jobs.supervisor import supervise
from service.sealing import Seal
from service.settings import Settings
from service.web.app import create_app
from service.web.state import ServerState
from service.wiring import Place, load_embedder, open_place, prepare, purse_of

log = logging.getLogger("baton.serve")

_HEADER_LIMIT = 32 * 1024
_GRACE_S = 20
"""What a running request, an open stream of events too, gets to end in after SIGTERM."""

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0: any free port.")]
NoWorker = Annotated[bool, typer.Option("--no-worker", help="Leave the jobs to other processes.")]


def serve(*, host: Host = "127.0.0.1", port: Port = 8321, no_worker: NoWorker = False) -> None:
    """Serve the API; prints its address once it listens."""
    settings = Settings()
    set_up_logs(settings)
    # uvicorn ends by raising the signal that stopped it: unhandled, nothing would be given back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    say_what_leaves(settings)
    with open_place(settings) as place:
        _refuse_open_pepper(settings, place, host)
        prepare(place)
        for notice in place.notices:
            log.warning(notice)
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
    # Made before the server starts: what is not set up is one line then, and no stack trace.
    async with _state(settings, place) as state:
        server = _Announced(_config(settings, state, host=host, port=port))
        worker = asyncio.create_task(supervise()) if with_worker else None
        try:
            await server.serve()
        finally:
            if worker:
                worker.cancel()
                with suppress(asyncio.CancelledError):
                    await worker


def _config(settings: Settings, state: ServerState, *, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(lambda: nullcontext(state), requests_a_minute=settings.rate_limit),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=_HEADER_LIMIT,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_S,
    )


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
    news = News(place.app_url)
    listening = asyncio.create_task(news.listen())
    try:
        await require_current(doors)
        await replay_erasures(doors, secret=place.pepper)
        parsing.warm_up()
        yield ServerState(
            doors=doors,
            news=news,
            pepper=place.pepper,
            seal=Seal(place.secret_key),
            public_url=settings.public_url,
            embedder=await asyncio.to_thread(_embedder, settings),
            vendor=VendorNames(domains=settings.vendor_domains, names=settings.vendor_names),
            jobs_wait_limit_s=settings.jobs_wait_limit_s,
            purse=purse_of(settings),
            leaves=what_leaves(settings),
        )
    finally:
        listening.cancel()
        parsing.stop()
        await doors.close()


def _embedder(settings: Settings) -> Embedder:
    loaded = load_embedder(settings)
    for notice in loaded.notices:
        log.warning("%s %s", notice.detail, notice.mend)
    return loaded.embedder
