"""Reading what is stored: sources, their turns, their notes, their original bytes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Annotated
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from pydantic import AwareDatetime, Field, TypeAdapter

from schemas.api import Page, SourceView
from schemas.note import Note
from schemas.source import Kind, Status, Turn
from service.actions import cursor
from service.actions.views import note_view, source_view
from service.db import claims as claim_rows
from service.db import notes, originals, sources, turn_rows
from service.db.doors import Doors
from service.db.tables import Record, Transaction
from service.errors import NotFound, NotReady, RunFailed

_SOURCE_PLACE = TypeAdapter(tuple[AwareDatetime, UUID])
_NEVER = datetime.max.replace(tzinfo=UTC)
_TURN_PLACE = TypeAdapter(tuple[Annotated[int, Field(ge=0, lt=2**31)]])


@dataclass(frozen=True)
class Reader:
    """Who reads: a workspace, and the key if it may see only what it made."""

    workspace_id: UUID
    only_key_id: str | None = None


async def show_source(doors: Doors, reader: Reader, source_id: str) -> SourceView:
    """One source and its newest run. Raises NotFound."""
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        row = await find(tx, reader, source_id)
        return source_view(row, await notes.latest_run(tx, reader.workspace_id, row.id))


async def list_sources(
    doors: Doors, reader: Reader, *, where: sources.Filter, after: str | None, limit: int
) -> Page[SourceView]:
    """A page of sources, newest first."""
    this = (reader.workspace_id, where)
    place = cursor.decode(after, of=this, shape=_SOURCE_PLACE) if after else None
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        rows = await sources.list_sources(
            tx,
            reader.workspace_id,
            where=where,
            after=place,
            limit=limit + 1,
        )
        items = [
            source_view(row, await notes.latest_run(tx, reader.workspace_id, row.id))
            for row in rows[:limit]
        ]
    more = len(rows) > limit
    last = [rows[limit - 1].created_at.isoformat(), str(rows[limit - 1].id)] if more else None
    return Page(items=tuple(items), next_cursor=cursor.encode(last, of=this) if last else None)


async def list_turns(
    doors: Doors, reader: Reader, source_id: str, *, after: str | None, limit: int
) -> Page[Turn]:
    """A page of turns: those of a call by number, those of a mail thread by when they were sent."""
    of_turns = (reader.workspace_id, source_id)
    place = cursor.decode(after, of=of_turns, shape=_TURN_PLACE)[0] if after else -1
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        row = await find(tx, reader, source_id)
        if row.kind == Kind.EMAIL:
            whole = await turn_rows.list_turns(tx, reader.workspace_id, row.id, limit=None)
            found = _behind(sorted(whole, key=_sent), place)
        else:
            found = await turn_rows.list_turns(
                tx, reader.workspace_id, row.id, after=place, limit=limit + 1
            )
    more = len(found) > limit
    next_cursor = cursor.encode([found[limit - 1].turn], of=of_turns) if more else None
    return Page(items=tuple(found[:limit]), next_cursor=next_cursor)


def _sent(turn: Turn) -> tuple[datetime, int]:
    """A message that does not say when it was sent comes last."""
    return turn.sent_at or _NEVER, turn.turn


def _behind(turns: list[Turn], number: int) -> list[Turn]:
    """The turns that stand behind the one of that number; all of them where it is none."""
    places = [place for place, turn in enumerate(turns) if turn.turn == number]
    return turns[places[0] + 1 :] if places else turns


async def show_note(doors: Doors, reader: Reader, source_id: str) -> Note:
    """The newest note of a source. Raises NotFound, NotReady, RunFailed."""
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        row = await find(tx, reader, source_id)
        require_ready(row)
        note = await notes.latest_note(tx, reader.workspace_id, row.id)
        if note is None:
            raise NotFound
        claims = await claim_rows.list_claims(tx, reader.workspace_id, row.id)
        ids = [claim.id for claim in claims]
        evidence = await claim_rows.list_evidence(tx, reader.workspace_id, ids)
    return note_view(row, note, claims=claims, evidence=evidence)


@dataclass(frozen=True)
class Original:
    """Bytes to hand out, and the name to hand them out under."""

    content: bytes
    filename: str


async def show_original(doors: Doors, reader: Reader, source_id: str) -> Original:
    """A source as it came: its file, or the files of a thread as an archive. Raises NotFound."""
    async with doors.workspace_transaction(reader.workspace_id) as tx:
        row = await find(tx, reader, source_id)
        files = await originals.list_originals(tx, reader.workspace_id, row.id)
    if not files:
        raise NotFound(f"The content of {source_id!r} is missing.")
    if len(files) == 1:
        return Original(bytes(files[0].content), files[0].filename or f"{row.id}")
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(f"{file.number:04d}-{file.filename or 'message'}", file.content)
    return Original(packed.getvalue(), f"{row.id}.zip")


def require_ready(row: Record) -> None:
    """Raises NotReady before the source has a note, RunFailed where it gets none."""
    if row.status == Status.FAILED:
        error = row.error or {}
        raise RunFailed(error.get("detail", ""), mend=error.get("mend", ""))
    if row.status != Status.READY:
        raise NotReady(f"The source is {row.status}.", mend="Ask again.", retry_after_s=1)


async def find(tx: Transaction, reader: Reader, source_id: str) -> Record:
    """The source of that id, if this reader may see it. Raises NotFound."""
    key = parse_id(source_id)
    row = await sources.find_source(tx, reader.workspace_id, key, key_id=reader.only_key_id)
    if row is None:
        raise no_source()
    return row


def parse_id(text: str) -> UUID:
    """An id of ours; anything else names nothing. Raises NotFound."""
    try:
        return UUID(text)
    except ValueError as error:
        raise no_source() from error


def no_source() -> NotFound:
    """One answer for an id of nobody, of a stranger, and for what is no id."""
    return NotFound("There is no source of that id.", mend="Take an id of GET /v1/sources.")
