"""To which known thread a mail belongs: by message ids, else by subject, people and time."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from schemas.source import Notice
from service.actions.files import ReadFile
from service.db import sources, threads
from service.db.customers import Owner
from service.db.tables import Record, Transaction
from service.intake.mail import same_thread, subjects
from service.intake.mail.same_thread import Thread

_BY_SUBJECT = Notice(
    code="joined-by-subject",
    detail="A message names no other one; it was put here by subject, people and time.",
    mend="Send messages with their Message-ID and References.",
)
_SEVERAL_CUSTOMERS = Notice(
    code="thread-ambiguous",
    detail="Threads of several customers hold messages that this one answers; it joined none.",
    mend="Say which customer it belongs to.",
)


@dataclass(frozen=True)
class Belonging:
    """The thread that a mail joins, locked; the others that it also answers to."""

    thread: Record | None = None
    others: tuple[UUID, ...] = ()
    notices: tuple[Notice, ...] = ()


async def find_thread(
    tx: Transaction, workspace_id: UUID, messages: Sequence[ReadFile], *, owner: Owner
) -> Belonging:
    """The oldest thread that fits; none where it could be that of several customers."""
    ids = [one for message in messages for one in message.message_ids]
    found = await threads.list_by_ids(
        tx, workspace_id, ids, customer_id=owner.customer_id, deal_id=owner.deal_id
    )
    if not found and messages[0].parsed.references:
        return Belonging()  # what it answers may still come, and is joined by its id then
    if not found:
        found = await _by_subject(tx, workspace_id, messages[0], owner=owner)
        return await _joined(tx, found[:1], notices=(_BY_SUBJECT,))
    if len({one.customer_id for one in found} - {None}) > 1:
        return Belonging(notices=(_SEVERAL_CUSTOMERS,))
    others = tuple(UUID(str(one.id)) for one in found[1:])
    return await _joined(tx, found, others=others, notices=_also(others))


async def _joined(
    tx: Transaction,
    found: Sequence[Record],
    *,
    others: tuple[UUID, ...] = (),
    notices: tuple[Notice, ...] = (),
) -> Belonging:
    if not found:
        return Belonging()
    thread = await sources.lock_source(tx, found[0].workspace_id, found[0].id)
    return Belonging(thread, others, notices) if thread else Belonging()


def _also(others: Sequence[UUID]) -> tuple[Notice, ...]:
    """Two threads that turn out to be one stay two: turn numbers never change."""
    if not others:
        return ()
    names = ", ".join(map(str, others))
    return (
        Notice(code="joins-threads", detail=f"A message here also answers messages of {names}."),
    )


async def _by_subject(
    tx: Transaction, workspace_id: UUID, read: ReadFile, *, owner: Owner
) -> list[Record]:
    subject = subjects.bare(read.parsed.title)
    if not subject:
        return []
    found = await threads.list_by_subject(
        tx, workspace_id, subject, customer_id=owner.customer_id, deal_id=owner.deal_id
    )
    known = [(one, await _thread(tx, one)) for one in found]
    fitting = [one for one, thread in known if same_thread.joins(read.parsed, thread)]
    return fitting if len({one.customer_id for one in fitting} - {None}) <= 1 else []


async def _thread(tx: Transaction, row: Record) -> Thread:
    first, last = await threads.find_span(tx, row.workspace_id, row.id)
    emails = frozenset(one["email"].casefold() for one in row.participants if one["email"])
    return Thread(emails, first, last)
