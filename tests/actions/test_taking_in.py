"""What a hook brought, taken in by a worker's own hand: later, given up, or gone meanwhile."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from ipaddress import ip_network
from uuid import UUID, uuid4

import pytest
from scripted_providers import KEY, SECRET, Recorder, Reply, recorder
from sending import VENDOR, erase

from evals.hooks.senders import PACKED, SENDERS, Asked
from schemas.hook import CredentialsForm, HookForm
from service.actions.hooks import HookPlace, put_hook
from service.actions.receiving import Taken, receive
from service.actions.taking_in import Intake, Later, end_badly, take_in
from service.db import sources
from service.db.doors import Doors
from service.db.job_health import Ended
from service.db.tables import Record
from service.fetch.providers import WAITS_S
from service.hooks.received import Received
from service.outgoing.client import Outgoing
from service.outgoing.guard import Allowed, GuardedBackend
from service.sealing import Seal

ANNOUNCED = b'{"event_type": "note.generated", "note_id": "n-1", "event_id": "e-1"}'
LOOPBACK = Allowed(networks=(ip_network("127.0.0.0/8"),))


@pytest.fixture
async def intake(doors: Doors) -> AsyncIterator[Intake]:
    place = HookPlace(doors, Seal(b"key of the tests"), "https://baton.example")
    async with Outgoing(GuardedBackend(LOOPBACK)) as outgoing:
        yield Intake(place, outgoing, VENDOR, purse=None)


async def _hook(intake: Intake, here: UUID, url: str) -> str:
    credentials = CredentialsForm(key=KEY, secret=SECRET, base_url=url)
    form = HookForm(secret=PACKED, credentials=credentials)
    made = await put_hook(intake.place, here, "granola", form, now=datetime.now(UTC))
    return made.hook_id


async def _call(
    intake: Intake, hook_id: str, body: bytes = ANNOUNCED, *, id_: UUID | None = None
) -> Taken:
    now = datetime.now(UTC)
    signed = SENDERS["granola"](Asked(PACKED, body, now, id_ or uuid4()))
    received = Received("POST", "https://baton.example/h", signed.headers, body)
    return await receive(intake.place, "granola", hook_id, received, now=now)


async def _only(intake: Intake, here: UUID) -> Record:
    async with intake.place.doors.workspace_transaction(here) as tx:
        (found,) = await sources.list_ids(tx, here)
        row = await sources.find_source(tx, here, found)
    assert row is not None
    return row


async def _announced(intake: Intake, script: Recorder) -> tuple[UUID, UUID]:
    here = uuid4()
    assert (await _call(intake, await _hook(intake, here, script.url))).taken
    return here, UUID(str((await _only(intake, here)).id))


async def test_what_is_not_ready_is_asked_for_again_and_then_comes(intake: Intake) -> None:
    with recorder("granola") as script:
        here, source = await _announced(intake, script)
        script.first += [Reply(404), Reply(429, headers=(("retry-after", "3600"),))]
        for seconds in (WAITS_S[0], 3600.0):
            with pytest.raises(Later) as later:
                await take_in(intake, workspace_id=here, source_id=source)
            assert later.value.seconds == seconds
        assert (await _only(intake, here)).status == "pending"
        assert await take_in(intake, workspace_id=here, source_id=source) is Ended.DONE
    row = await _only(intake, here)
    assert (row.id, row.status, row.turns) == (source, "queued", 2)


async def test_it_is_given_up_with_a_reason(intake: Intake) -> None:
    with recorder("granola") as script:
        here, source = await _announced(intake, script)
        script.first += [Reply(503)] * (len(WAITS_S) + 1)
        for _ in WAITS_S:
            with pytest.raises(Later):
                await take_in(intake, workspace_id=here, source_id=source)
        assert await take_in(intake, workspace_id=here, source_id=source) is Ended.FAILED
    error = (await _only(intake, here)).error
    assert error["type"] == "/problems/fetch-failed"
    assert "10 times" in error["detail"]
    assert "credentials" in error["mend"]


async def test_an_error_nobody_foresaw_ends_too(intake: Intake) -> None:
    with recorder("granola") as script:
        here, source = await _announced(intake, script)
    ids = {"workspace_id": here, "source_id": source}
    for seconds in WAITS_S:
        with pytest.raises(Later) as later:
            await end_badly(intake, **ids)
        assert later.value.seconds == seconds
    assert await end_badly(intake, **ids) is Ended.FAILED
    assert (await _only(intake, here)).status == "failed"
    assert await end_badly(intake, **ids) is None


async def test_under_another_secret_key_it_is_not_tried_without_end(intake: Intake) -> None:
    with recorder("granola") as script:
        here, source = await _announced(intake, script)
        place = HookPlace(intake.place.doors, Seal(b"another key"), intake.place.public_url)
        other = Intake(place, intake.outgoing, intake.vendor, purse=None)
        for _ in WAITS_S:
            with pytest.raises(Later):
                await take_in(other, workspace_id=here, source_id=source)
        assert await take_in(other, workspace_id=here, source_id=source) is Ended.FAILED
        assert script.asked == []
    assert "cannot be opened" in (await _only(intake, here)).error["detail"]


async def test_an_erased_source_is_not_fetched(intake: Intake, doors: Doors) -> None:
    with recorder("granola") as script:
        here, source = await _announced(intake, script)
        assert (await erase(doors, here, source)).residue == 0
        assert await take_in(intake, workspace_id=here, source_id=source) is None
        assert script.asked == []


async def test_two_events_of_one_call_make_one_source(intake: Intake) -> None:
    with recorder("granola") as script:
        here = uuid4()
        hook_id, first = await _hook(intake, here, script.url), uuid4()
        assert (await _call(intake, hook_id, id_=first)).taken
        assert (await _call(intake, hook_id, ANNOUNCED.replace(b"e-1", b"e-2"))).taken
        assert not (await _call(intake, hook_id, id_=first)).taken
    await _only(intake, here)


async def test_a_changed_note_replaces_the_old(intake: Intake) -> None:
    with recorder("granola") as script:
        here, source = await _announced(intake, script)
        assert await take_in(intake, workspace_id=here, source_id=source) is Ended.DONE
        edited = b'{"event_type": "note.edited", "note_id": "n-1", "event_id": "e-9"}'
        async with intake.place.doors.workspace_transaction(here) as tx:
            await sources.change_source(tx, here, source, values={"status": "ready"})
        assert (await _call(intake, await _hook(intake, here, script.url), edited)).taken
        async with intake.place.doors.workspace_transaction(here) as tx:
            ids = {UUID(str(one)) for one in await sources.list_ids(tx, here)}
        (new,) = ids - {source}
        assert await take_in(intake, workspace_id=here, source_id=new) is Ended.DONE
    # Nothing had changed in it: the old one stays, and the place that was kept is given back.
    assert UUID(str((await _only(intake, here)).id)) == source
