"""`baton demo`: the whole way once, over the real API of a real server on this machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import typer

from service.cli.keys import make_key_at
from service.cli.printing import console
from service.demo import show, story
from service.errors import NotSetUp
from service.settings import Settings
from service.wiring import open_place, prepare

_KEY_LIVES = timedelta(hours=1)
_ANNOUNCED = "Baton listens on "
_STOP_S = 40


def demo() -> None:
    """Upload a call and a mail, print what they say, ask three questions.

    It starts a server of its own, uses the workspace `demo`, and needs no key and no network.

    Example: baton demo
    """
    with open_place(Settings()) as place:
        prepare(place)
        key = make_key_at(
            place,
            workspace="demo",
            scopes=["ingest", "read"],
            label="demo",
            expires_at=datetime.now(UTC) + _KEY_LIVES,
        )
        with _server() as url:
            code = show.run(url, key.text, console=console())
    raise typer.Exit(code)


@contextmanager
def _server() -> Iterator[str]:
    """A server with its worker, on a free loopback port, that knows the story's vendor."""
    vendor = {
        "BATON_VENDOR_DOMAINS": ",".join(story.VENDOR_DOMAINS),
        "BATON_VENDOR_NAMES": ",".join(story.VENDOR_NAMES),
        "BATON_LOG_LEVEL": "warning",
    }
    command = (sys.executable, "-m", "service.cli.main", "serve", "--port", "0")
    with subprocess.Popen(
        command, env=os.environ | vendor, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield _address(server)
        finally:
            server.terminate()
            server.wait(_STOP_S)


def _address(server: "subprocess.Popen[str]") -> str:
    for line in server.stdout or ():
        if line.startswith(_ANNOUNCED):
            return line.removeprefix(_ANNOUNCED).strip()
    raise NotSetUp("the server did not start: its last lines above say why")
