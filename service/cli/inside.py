"""Running a use case on the database of these settings, where no event loop runs yet."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from service.db.doors import Doors, open_doors, require_current, require_open
from service.settings import Settings
from service.wiring import Place, open_place, prepare

Result = TypeVar("Result")


def run_inside(
    settings: Settings, use: Callable[[Doors, Place], Awaitable[Result]], *, size: int = 2
) -> Result:
    """Open the database, migrate it if it is ours, and close it afterwards."""
    with open_place(settings) as place:
        prepare(place)
        return run_at(place, use, size=size)


def run_at(
    place: Place, use: Callable[[Doors, Place], Awaitable[Result]], *, size: int = 2
) -> Result:
    """The same where the place is open already; works beside a running server, too."""
    return asyncio.run(_run(place, use, size=size))


async def _run(
    place: Place, use: Callable[[Doors, Place], Awaitable[Result]], *, size: int
) -> Result:
    doors = open_doors(place.app_url, place.system_url, size=size)
    try:
        await require_open(doors)
        await require_current(doors)
        return await use(doors, place)
    finally:
        await doors.close()
