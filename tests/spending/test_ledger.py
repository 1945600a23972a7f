"""The ledger: there before a request, settled after it, and never over a budget."""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from live import Database, environment
from sending import TALK, erase, send

from service.actions.spending import Ledger, Purse, assign_run, find_day_budget, spent, spent_today
from service.db import notes, preferences, sources
from service.db.doors import Doors
from service.db.spend import Spent, lock_spend
from service.db.spend_tables import spend
from service.errors import BudgetExhausted, NotFound
from service.llm.fault import Usage
from service.llm.prices import Price
from service.llm.spend import Estimate

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
DOLLAR = Price(usd_in=1.0, usd_out=10.0, usd_cached=0.1)
"""For a million tokens: one that goes in costs a millionth of a dollar."""
ASKED = Estimate("tested", tokens_in=100_000, tokens_out=10_000)
"""By that price: 0.20 USD."""


def purse(*, at: datetime = NOON, run: float | None = None, day: float | None = None) -> Purse:
    return Purse(DOLLAR, run_usd=run, day_usd=day, clock=lambda: at)


async def ledger(doors: Doors, here: UUID, of: Purse, text: str = TALK) -> tuple[Ledger, UUID]:
    """The ledger of a source of this text."""
    source_id = (await send(doors, here, text)).source_id
    return Ledger(doors, of, workspace_id=here, source_id=source_id), source_id


async def today(doors: Doors, here: UUID, *, at: datetime = NOON) -> Spent:
    async with doors.workspace_transaction(here) as tx:
        return await spent_today(tx, here, now=at)


async def store_run(doors: Doors, here: UUID, source_id: UUID) -> UUID:
    """A run, as reading stores one."""
    row = {
        "workspace_id": here,
        "id": uuid4(),
        "source_id": source_id,
        "extractor": "openai",
        "code_version": "1",
        "outcome": "complete",
        "uncovered_turns": [],
        "rejected": [],
        "calls": 0,
        "tokens_in": 0,
        "tokens_out": 0,
        "cost_usd": 0.0,
        "seconds": 0.0,
    }
    async with doors.workspace_transaction(here) as tx:
        await notes.insert_run(tx, row)
        await assign_run(tx, here, source_id, run_id=row["id"])
    return UUID(str(row["id"]))


async def open_rows(doors: Doors, here: UUID, source_id: UUID) -> Spent:
    async with doors.workspace_transaction(here) as tx:
        return await spent(tx, here, source_id)


async def test_a_row_is_there_before_the_request_and_settled_after_it(doors: Doors) -> None:
    here = uuid4()
    book, source_id = await ledger(doors, here, purse())
    request = await book.before(ASKED)
    assert await open_rows(doors, here, source_id) == Spent(1, 100_000, 10_000, pytest.approx(0.2))
    await book.after(request, Usage(tokens_in=50_000, tokens_out=1_000, tokens_cached=40_000))
    expected = Spent(1, 50_000, 1_000, pytest.approx(0.01 + 0.004 + 0.01))
    assert await open_rows(doors, here, source_id) == expected
    assert await today(doors, here) == expected


@pytest.mark.parametrize(("budget", "fits"), [(0.19, 0), (0.2, 1), (0.79, 3)])
@pytest.mark.parametrize("of", ["run", "day"])
async def test_eight_at_once_never_overspend(
    doors: Doors, budget: float, fits: int, of: str
) -> None:
    here = uuid4()
    book, _ = await ledger(doors, here, purse(**{of: budget}))
    ends = await asyncio.gather(*(book.before(ASKED) for _ in range(8)), return_exceptions=True)
    assert [type(end) for end in ends].count(UUID) == fits
    assert [type(end) for end in ends].count(BudgetExhausted) == 8 - fits
    assert (await today(doors, here)).calls == fits


async def test_sources_of_a_workspace_share_its_day_and_nobody_elses(doors: Doors) -> None:
    here, there = uuid4(), uuid4()
    first, _ = await ledger(doors, here, purse(day=0.3))
    second, _ = await ledger(doors, here, purse(day=0.3), text="Kim: We need three keys.")
    stranger, _ = await ledger(doors, there, purse(day=0.3))
    await first.before(ASKED)
    with pytest.raises(BudgetExhausted):
        await second.before(ASKED)
    await stranger.before(ASKED)


async def test_a_day_ends_at_midnight_in_utc(doors: Doors) -> None:
    here, late = uuid4(), NOON.replace(hour=23, minute=59, second=30)
    book, source_id = await ledger(doors, here, purse(at=late, day=0.2))
    await book.before(ASKED)
    with pytest.raises(BudgetExhausted) as refused:
        await book.before(ASKED)
    assert refused.value.retry_after_s == 30
    tomorrow = purse(at=late + timedelta(seconds=30), day=0.2)
    await Ledger(doors, tomorrow, workspace_id=here, source_id=source_id).before(ASKED)
    assert (await today(doors, here)).calls == 1


async def test_settling_makes_room(doors: Doors) -> None:
    book, _ = await ledger(doors, uuid4(), purse(run=0.25))
    request = await book.before(ASKED)
    with pytest.raises(BudgetExhausted):
        await book.before(ASKED)
    await book.after(request, Usage(tokens_in=50_000))
    await book.before(ASKED)


async def test_a_stored_run_has_its_rows_and_opens_a_new_budget(doors: Doors) -> None:
    here = uuid4()
    book, source_id = await ledger(doors, here, purse(run=0.2))
    request = await book.before(ASKED)
    await book.after(request, Usage(tokens_in=1_000, tokens_out=100))
    before = await open_rows(doors, here, source_id)
    run_id = await store_run(doors, here, source_id)
    assert await open_rows(doors, here, source_id) == Spent()
    async with doors.workspace_transaction(here) as tx:
        rows = sa.select(sa.func.count(), sa.func.sum(spend.c.cost_usd))
        of_run = (await tx.execute(rows.where(spend.c.run_id == run_id))).one()
    assert (of_run[0], of_run[1]) == (before.calls, before.cost_usd)
    await book.before(ASKED)


async def test_an_erased_source_keeps_the_sum_and_no_link(doors: Doors, database: Database) -> None:
    here = uuid4()
    book, source_id = await ledger(doors, here, purse())
    await book.before(ASKED)
    run_id = await store_run(doors, here, source_id)
    await book.before(ASKED)
    before = await today(doors, here)
    removed = await erase(doors, here, source_id)
    assert (removed.residue, "spend" in removed.removed) == (0, False)
    assert await today(doors, here) == before
    with database.connect() as connection:
        query = "SELECT count(*) FROM app.spend s WHERE s::text LIKE ANY (%s)"
        named = [f"%{source_id}%", f"%{run_id}%"]
        assert connection.execute(query, [named]).fetchone() == (0,)


async def test_a_request_is_settled_whose_source_was_erased_meanwhile(doors: Doors) -> None:
    here = uuid4()
    book, source_id = await ledger(doors, here, purse())
    request = await book.before(ASKED)
    await erase(doors, here, source_id)
    await book.after(request, Usage(tokens_in=1_000))
    assert await today(doors, here) == Spent(1, 1_000, 0, pytest.approx(0.001))


async def test_nothing_is_spent_on_a_source_that_is_gone(doors: Doors) -> None:
    here = uuid4()
    book, source_id = await ledger(doors, here, purse())
    await erase(doors, here, source_id)
    with pytest.raises(NotFound):
        await book.before(ASKED)
    assert await today(doors, here) == Spent()


async def test_who_holds_the_source_gets_the_lock_of_the_money_too(doors: Doors) -> None:
    """A message that comes while its thread is read: neither waits for the other in a circle."""
    here = uuid4()
    book, source_id = await ledger(doors, here, purse(day=1.0))
    async with doors.workspace_transaction(here) as tx:
        await sources.lock_source(tx, here, source_id)
        asking = asyncio.create_task(book.before(ASKED))
        await asyncio.sleep(0.2)
        assert not asking.done()
        await lock_spend(tx, here)
    await asking
    assert (await today(doors, here)).calls == 1


@pytest.mark.parametrize(
    ("server", "own", "holds"),
    [(None, None, None), (5.0, None, 5.0), (None, 3.0, 3.0), (5.0, 3.0, 3.0), (5.0, 9.0, 5.0)],
)
async def test_a_workspace_may_only_lower_the_budget(
    doors: Doors, server: float | None, own: float | None, holds: float | None
) -> None:
    here = uuid4()
    async with doors.workspace_transaction(here) as tx:
        await preferences.set_preferences(
            tx,
            here,
            vendor_domains=(),
            vendor_names=(),
            requires_consent=False,
            budget_day_usd=own,
        )
        assert await find_day_budget(tx, purse(day=server), here) == holds


async def test_without_a_price_a_budget_spends_nothing(doors: Doors) -> None:
    unknown = replace(purse(day=100.0), price=None)
    book, _ = await ledger(doors, uuid4(), unknown)
    with pytest.raises(BudgetExhausted, match="price of the model is not known"):
        await book.before(ASKED)
    free = replace(unknown, day_usd=None)
    book, _ = await ledger(doors, uuid4(), free)
    await book.before(ASKED)


KILLED = """
import asyncio, os, sys
from uuid import UUID
from service.actions.spending import Ledger, Purse
from service.db.doors import open_doors
from service.llm.prices import Price
from service.llm.spend import Estimate

async def main():
    urls = (os.environ["BATON_DATABASE_URL"], os.environ["BATON_SYSTEM_DATABASE_URL"])
    doors, purse = open_doors(*urls, size=1), Purse(Price(1.0, 10.0, 0.1))
    book = Ledger(doors, purse, workspace_id=UUID(sys.argv[1]), source_id=UUID(sys.argv[2]))
    await book.before(Estimate("tested", 100_000, 10_000))
    print("asked", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_what_was_asked_before_a_kill_counts(doors: Doors, database: Database) -> None:
    here = uuid4()
    _, source_id = await ledger(doors, here, purse())
    words = ("-c", KILLED, str(here), str(source_id))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, env=environment(database), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"asked\n"
    process.kill()
    await process.wait()
    expected = Spent(1, 100_000, 10_000, pytest.approx(0.2))
    assert await open_rows(doors, here, source_id) == expected
    assert await today(doors, here, at=datetime.now(UTC)) == expected
