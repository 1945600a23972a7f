"""Following a source until it is read: waiting for it, and telling each step."""

import asyncio
import time
from collections.abc import AsyncIterator

from schemas.api import SourceView
from schemas.source import Status
from service.actions.showing import Reader, parse_id, show_source
from service.db.doors import Doors
from service.db.news import Event, News

_LOOK_S = 2.0
"""An event can be lost while the database is away: so often the source itself is looked at."""
_ENDS = (Status.READY, Status.FAILED)


async def wait_for(
    doors: Doors, news: News, reader: Reader, source_id: str, *, seconds: float
) -> SourceView | None:
    """The source once it is ready or failed; None where that takes longer."""
    end = time.monotonic() + seconds
    with news.of(parse_id(source_id)) as events:
        while (view := await show_source(doors, reader, source_id)).status not in _ENDS:
            left = end - time.monotonic()
            if left <= 0:
                return None
            await _next_end(events, min(left, _LOOK_S))
    return view


async def _next_end(events: asyncio.Queue[Event], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            while (await events.get())["event"] not in _ENDS:
                pass
    except TimeoutError:
        return


async def follow(doors: Doors, news: News, reader: Reader, source_id: str) -> AsyncIterator[Event]:
    """Where the source stands, then each step as it happens; ready or failed is the last.

    Raises NotFound before the first event.
    """
    with news.of(parse_id(source_id)) as events:
        status = (await show_source(doors, reader, source_id)).status
        yield {"event": str(status)}
        while status not in _ENDS:
            event = await _next(events)
            if event is None:
                status = (await show_source(doors, reader, source_id)).status
                event = {"event": str(status)} if status in _ENDS else None
            if event is not None:
                yield event
                status = Status(event["event"]) if event["event"] in _ENDS else status


async def _next(events: asyncio.Queue[Event]) -> Event | None:
    try:
        return await asyncio.wait_for(events.get(), _LOOK_S)
    except TimeoutError:
        return None
