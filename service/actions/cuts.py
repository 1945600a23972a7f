"""What of a mail thread is no turn: quoted history and signatures, read anew from the originals."""

import asyncio
from typing import Annotated

from pydantic import Field, TypeAdapter

from schemas.api import FileCuts, Page
from schemas.source import Kind
from service import parsing
from service.actions import cursor
from service.actions.showing import Reader, find
from service.db import originals
from service.db.doors import Doors
from service.db.tables import Record

_PLACE = TypeAdapter(tuple[Annotated[int, Field(ge=0, lt=2**31)]])


async def list_cuts(
    doors: Doors, reader: Reader, source_id: str, *, after: str | None, limit: int
) -> Page[FileCuts]:
    """A page of the files of a thread; what is no mail has none. Raises NotFound."""
    this = (reader.workspace_id, source_id, "cuts")
    place = cursor.decode(after, of=this, shape=_PLACE)[0] if after else -1
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        row = await find(tx, reader, source_id)
        if row.kind != Kind.EMAIL:
            return Page(items=(), next_cursor=None)
        files = await originals.list_originals(
            tx, reader.workspace_id, row.id, after=place, limit=limit + 1
        )
    items = [await asyncio.to_thread(_cuts, file) for file in files[:limit]]
    last = [files[limit - 1].number] if len(files) > limit else None
    return Page(items=tuple(items), next_cursor=cursor.encode(last, of=this) if last else None)


def _cuts(file: Record) -> FileCuts:
    """Stored nowhere else: the file is read again, in a child as when it came."""
    parsed = parsing.parse(bytes(file.content), format=None, kind=Kind.EMAIL)
    return FileCuts(file=file.number, filename=file.filename, cuts=parsed.cuts)
