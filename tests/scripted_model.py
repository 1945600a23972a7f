"""A scripted provider on loopback: the name of the model says how it behaves. It is no model."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import ThreadingHTTPServer
from typing import Any

from scripted_behaviours import BEHAVIOURS, good
from scripted_talk import Asked, Reply, Scripted, Talker
from scripted_vectors import embed


@contextmanager
def scripted(reply: Reply = lambda _: {}) -> Iterator[Scripted]:
    """A provider that runs as long as the block does."""
    provider = Scripted(reply=reply)

    class Handler(_Handler):
        script = provider

    server = _Server(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        provider.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers hang up in the middle: that is what is tested."""
        del request, client_address


class _Handler(Talker):
    def do_POST(self) -> None:  # noqa: N802  the name it has there
        length = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(length))
        asked = Asked(self.path, body, {k.lower(): v for k, v in self.headers.items()})
        number = self.script.note(asked)
        with suppress(OSError):
            if self.script.is_down:
                self.send_problem(503, "down")
            elif self.path.endswith("/embeddings"):
                embed(self, asked)
            else:
                BEHAVIOURS.get(asked.model, good)(self, asked, number)
