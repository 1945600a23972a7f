"""A door in front of a PostgreSQL socket that a test can open, hold and break."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NAME = ".s.PGSQL.5432"


class SocketGate:
    """Passes bytes on while it is open; held, it takes connections and says nothing."""

    def __init__(self, folder: Path, behind: str) -> None:
        self.folder = folder
        self._behind = behind
        self._may_pass = threading.Event()
        self._may_pass.set()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / _NAME))
        self._listener.listen(64)
        self._lines: list[socket.socket] = []

    def hold(self) -> None:
        """The network swallows everything from now on."""
        self._may_pass.clear()

    def release(self) -> None:
        """What was held goes on."""
        self._may_pass.set()

    def close(self) -> None:
        """The server is gone: nobody listens, and what was connected is cut."""
        (self.folder / _NAME).unlink(missing_ok=True)
        for line in (self._listener, *self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._may_pass.set()

    def serve(self) -> None:
        """Take connections until closed."""
        with suppress(OSError):
            while True:
                near = self._listener.accept()[0]
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._behind)
                self._lines += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                self._may_pass.wait()
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)


@contextmanager
def gate(folder: Path, behind: Path) -> Iterator[SocketGate]:
    """A gate in `folder`, in front of the server whose socket lies in `behind`."""
    made = SocketGate(folder, str(behind / _NAME))
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        made.close()
