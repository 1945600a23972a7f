"""What a hook brought becomes a source: fetched where it was only announced, then as an upload."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from schemas.source import Kind, Status
from service.actions.files import Upload, VendorNames
from service.actions.hooks import HookPlace, read_credentials
from service.actions.receiving import KEY_ID, announced_owner
from service.actions.spending import Purse
from service.actions.upload import Sender, store
from service.db import hooks as stored
from service.db import news, originals, sources
from service.db.job_health import Ended
from service.db.tables import Record
from service.errors import BatonError, BudgetExhausted, Locked, QueueFull, Unavailable
from service.fetch.providers import FETCHERS, wait_s
from service.fetch.wanted import Credentials, GivenUp, NotYet, Wanted
from service.hooks.providers import bare_id
from service.outgoing.client import Outgoing
from service.sealing import SealBroken

_LATER = (BudgetExhausted, Locked, QueueFull, Unavailable)
_A_MINUTE = 60.0


@dataclass(frozen=True)
class Intake:
    """With what content is got, opened and stored."""

    place: HookPlace
    outgoing: Outgoing
    vendor: VendorNames
    purse: Purse | None


class Later(Exception):
    """The job gives its place up and comes back."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True)
class _Awaited:
    """A source without turns, and all that is known of where they are."""

    source: Record
    announcement: Record
    hook: Record | None
    content: bytes | None


async def take_in(intake: Intake, *, workspace_id: UUID, source_id: UUID) -> Ended | None:
    """Bring in one source's content; None where it is gone or here already. Raises Later."""
    awaited = await _load(intake, workspace_id, source_id)
    if awaited is None:
        return None
    try:
        content = awaited.content
        if content is None:
            content = await _fetch(intake, awaited)
        await _store(intake, awaited, content)
    except NotYet as fault:
        await _try_later(intake, awaited, fault)
    except GivenUp as fault:
        await _fail(intake, awaited, kind="fetch-failed", detail=fault.reason, mend=fault.mend)
    except SealBroken as error:  # another key: a person's to mend, so not waited for without end
        await _try_later(intake, awaited, NotYet(error.detail))
    except _LATER as error:
        raise Later(error.retry_after_s or _A_MINUTE) from error
    except BatonError as error:
        await _fail(intake, awaited, kind=error.type, detail=error.detail, mend=error.mend)
    else:
        return Ended.DONE
    return Ended.FAILED


async def end_badly(intake: Intake, *, workspace_id: UUID, source_id: UUID) -> Ended | None:
    """After an error that nobody foresaw: one of its tries is gone. Raises Later."""
    awaited = await _load(intake, workspace_id, source_id)
    if awaited is None:
        return None
    await _try_later(intake, awaited, NotYet("Something went wrong on our side."))
    return Ended.FAILED


async def _load(intake: Intake, workspace_id: UUID, source_id: UUID) -> _Awaited | None:
    async with intake.place.doors.workspace_transaction(workspace_id) as tx:
        source = await sources.find_source(tx, workspace_id, source_id)
        announcement = await stored.find_announcement(tx, workspace_id, source_id)
        if source is None or announcement is None or source.status != Status.PENDING:
            return None
        hook = await stored.find_hook(tx, workspace_id, announcement.provider)
        kept = await originals.list_originals(tx, workspace_id, source_id)
    content = bytes(kept[0].content) if announcement.is_here and kept else None
    return _Awaited(source, announcement, hook, content)


async def _fetch(intake: Intake, awaited: _Awaited) -> bytes:
    provider = awaited.announcement.provider
    if provider not in FETCHERS:
        raise GivenUp("Nothing is fetched from this provider.", mend="Upload the transcript.")
    form = read_credentials(intake.place, awaited.hook) if awaited.hook else None
    credentials = Credentials(
        key=(form and form.key) or "",
        secret=(form and form.secret) or "",
        base_url=form.base_url if form else None,
    )
    return await FETCHERS[provider](
        intake.outgoing, _wanted(intake, awaited), credentials, now=datetime.now(UTC)
    )


def _wanted(intake: Intake, awaited: _Awaited) -> Wanted:
    row = awaited.announcement
    owner = announced_owner(row.workspace_id, row.source_id)
    return Wanted(
        external_id=bare_id(awaited.source.external_id),
        link=intake.place.seal.open(row.link, owner=owner) if row.link else None,
        token=intake.place.seal.open(row.token, owner=owner) if row.token else None,
    )


async def _store(intake: Intake, awaited: _Awaited, content: bytes) -> None:
    """As any upload; a mail that belongs to a thread leaves the place that was kept for it."""
    source = awaited.source
    upload = Upload(
        content=content,
        kind=Kind(source.kind),
        title=source.title,
        occurred_at=source.occurred_at,
        external_id=source.external_id,
        consent=awaited.hook.consent if awaited.hook else None,
    )
    sender = Sender(source.workspace_id, KEY_ID.format(provider=awaited.announcement.provider))
    doors = intake.place.doors
    done = await store(doors, sender, upload, vendor=intake.vendor, purse=intake.purse)
    if done.source_id != source.id:
        async with doors.workspace_transaction(source.workspace_id) as tx:
            await sources.delete_source(tx, source.workspace_id, source.id)


async def _try_later(intake: Intake, awaited: _Awaited, fault: NotYet) -> None:
    """Raises Later as long as tries are left."""
    row = awaited.announcement
    seconds = wait_s(fault, row.tries + 1)
    if seconds is None:
        detail = f"{fault.reason} It was tried {row.tries + 1} times."
        mend = "Upload the transcript, or put the hook's credentials again to have it fetched."
        await _fail(intake, awaited, kind="fetch-failed", detail=detail, mend=mend)
        return
    async with intake.place.doors.workspace_transaction(row.workspace_id) as tx:
        values = {"tries": row.tries + 1}
        await stored.change_announcement(tx, row.workspace_id, row.source_id, values=values)
    raise Later(seconds)


async def _fail(intake: Intake, awaited: _Awaited, *, kind: str, detail: str, mend: str) -> None:
    """Said on the source: what is missing, and what a person can do."""
    source = awaited.source
    error: dict[str, Any] = {"type": f"/problems/{kind}", "detail": detail, "mend": mend}
    values = {"status": Status.FAILED, "error": error}
    async with intake.place.doors.workspace_transaction(source.workspace_id) as tx:
        await sources.change_source(tx, source.workspace_id, source.id, values=values)
        await news.announce(tx, source.id, {"event": "failed"})
