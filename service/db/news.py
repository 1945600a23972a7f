"""What happens to sources, told by the database: ids and numbers only, never text."""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
import sqlalchemy as sa

from service.db.tables import Transaction

log = logging.getLogger("baton.news")

_CHANNEL = "baton_source"
_AGAIN_S = 1.0
Event = dict[str, str | int]
Events = asyncio.Queue[Event]


async def announce(tx: Transaction, source_id: UUID, event: Event) -> None:
    """Tell whoever waits for this source, once the transaction commits."""
    payload = json.dumps({"source": str(source_id)} | event)
    await tx.execute(
        sa.text("SELECT pg_notify(:channel, :payload)"), {"channel": _CHANNEL, "payload": payload}
    )


@dataclass
class News:
    """One listening connection of a process, and who waits for which source."""

    url: str
    waiting: dict[str, set[Events]] = field(default_factory=dict)

    @contextmanager
    def of(self, source_id: UUID) -> Iterator[Events]:
        """Events of a source from now on; some may be missed while the database is away."""
        queue: Events = asyncio.Queue()
        waiting = self.waiting.setdefault(str(source_id), set())
        waiting.add(queue)
        try:
            yield queue
        finally:
            waiting.discard(queue)
            if not waiting:
                self.waiting.pop(str(source_id), None)

    async def listen(self) -> None:
        """Pass events on until cancelled; a lost connection is made again."""
        conninfo = self.url.replace("postgresql+psycopg://", "postgresql://", 1)
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(conninfo, autocommit=True)
                async with connection:
                    await connection.execute(f"LISTEN {_CHANNEL}")
                    async for notify in connection.notifies():
                        self._pass_on(json.loads(notify.payload))
            except psycopg.OperationalError:
                log.warning("lost the connection that listens; again in %.0f s", _AGAIN_S)
            await asyncio.sleep(_AGAIN_S)

    def _pass_on(self, event: Event) -> None:
        for queue in self.waiting.get(str(event.pop("source")), ()):
            queue.put_nowait(event)
