"""Before an upload is taken, what reading it may cost has room in the budget of the day."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from live import Database
from sending import TALK, send

from schemas.source import Status
from service.actions.estimating import estimate_reading
from service.actions.model_extraction import Terms
from service.actions.spending import Ledger, Purse
from service.actions.upload import Stored
from service.db import attempts
from service.db.doors import Doors
from service.db.spend import sum_waiting
from service.db.tables import WALLED, source
from service.errors import BudgetExhausted
from service.intake.read import read
from service.intake.sides import decide
from service.intake.turns import join
from service.llm.prices import Price
from service.llm.spend import Estimate

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PRICE = Price(usd_in=10.0, usd_out=100.0, usd_cached=1.0)
TERMS = Terms()
MAIL = (
    "From: Jo <jo@north.example>\r\nTo: Kim <kim@kim.example>\r\nSubject: Plan\r\n"
    "Message-ID: <{number}@north.example>\r\nReferences: <0@north.example>\r\n\r\n"
    "We will send you plan {number} by Friday.\r\n"
)


def cost_of(text: str) -> float:
    """What an upload of this text may cost, counted beside the use case."""
    utterances = join(read(text.encode()))
    _, turns = decide(utterances, stated=(), named=(), vendor_domains=(), vendor_names=("Dana",))
    return PRICE.cost(estimate_reading(turns, TERMS).usage)


COST = cost_of(TALK)


def purse(*, day: float | None = None, run: float | None = None, at: datetime = NOON) -> Purse:
    return Purse(PRICE, TERMS, run_usd=run, day_usd=day, clock=lambda: at)


async def rows(doors: Doors, here: UUID) -> int:
    """Of every table."""
    async with doors.workspace_transaction(here) as tx:
        counts = [sa.select(sa.func.count()).select_from(table) for table in WALLED]
        return sum([int(await tx.scalar(count) or 0) for count in counts])


async def end(doors: Doors, here: UUID, stored: Stored, status: Status) -> None:
    async with doors.workspace_transaction(here) as tx:
        await attempts.set_status(tx, here, stored.source_id, status=status)


async def waiting(doors: Doors, here: UUID) -> float:
    async with doors.workspace_transaction(here) as tx:
        return await sum_waiting(tx, here)


async def test_over_the_day_nothing_is_stored(doors: Doors, database: Database) -> None:
    here = uuid4()
    with pytest.raises(BudgetExhausted) as refused:
        await send(doors, here, TALK, purse=purse(day=COST * 0.99), customer="kim", key="k")
    assert refused.value.retry_after_s is None  # tomorrow it costs as much
    assert await rows(doors, here) == 0
    query = "SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'workspace_id' = %s"
    with database.connect() as connection:
        assert connection.execute(query, [str(here)]).fetchone() == (0,)


async def test_tomorrow_it_is_taken(doors: Doors) -> None:
    here, day = uuid4(), COST * 1.5
    first = await send(doors, here, TALK, purse=purse(day=day))
    book = Ledger(doors, purse(day=day), workspace_id=here, source_id=first.source_id)
    await book.before(Estimate("tested", tokens_in=int(COST * 100_000), tokens_out=0))
    await end(doors, here, first, Status.READY)
    other = f"{TALK}Kim: And a fourth."
    with pytest.raises(BudgetExhausted) as refused:
        await send(doors, here, other, purse=purse(day=day))
    assert refused.value.retry_after_s == 12 * 3600
    tomorrow = purse(day=day, at=NOON + timedelta(hours=12))
    assert (await send(doors, here, other, purse=tomorrow)).was_queued


async def test_what_waits_has_its_money_set_aside(doors: Doors) -> None:
    here, day = uuid4(), COST * 1.5
    first = await send(doors, here, TALK, purse=purse(day=day))
    assert await waiting(doors, here) == pytest.approx(COST)
    with pytest.raises(BudgetExhausted):
        await send(doors, here, f"{TALK}Kim: And a fourth.", purse=purse(day=day))
    await end(doors, here, first, Status.READY)
    assert await waiting(doors, here) == 0
    assert (await send(doors, here, f"{TALK}Kim: A fourth.", purse=purse(day=day))).was_queued


async def test_what_a_running_source_has_paid_is_not_set_aside_twice(doors: Doors) -> None:
    here = uuid4()
    stored = await send(doors, here, TALK, purse=purse(day=COST))
    book = Ledger(doors, purse(day=COST), workspace_id=here, source_id=stored.source_id)
    await book.before(Estimate("tested", tokens_in=int(COST * 50_000), tokens_out=0))
    assert await waiting(doors, here) == pytest.approx(COST / 2, rel=0.001)


@pytest.mark.parametrize("key", [None, "the same key"])
async def test_what_is_known_is_not_refused(doors: Doors, key: str | None) -> None:
    here, day = uuid4(), COST * 1.1
    first = await send(doors, here, TALK, purse=purse(day=day), key=key)
    again = await send(doors, here, TALK, purse=purse(day=day), key=key)
    assert (again.source_id, again.is_replay, again.was_queued) == (first.source_id, True, False)
    await send(doors, here, TALK, purse=purse(day=0.0), key=key)


async def test_a_failed_twin_is_paid_for_again(doors: Doors) -> None:
    here = uuid4()
    first = await send(doors, here, TALK, purse=purse(day=COST))
    await end(doors, here, first, Status.FAILED)
    with pytest.raises(BudgetExhausted):
        await send(doors, here, TALK, purse=purse(day=COST / 2))
    async with doors.workspace_transaction(here) as tx:
        assert await tx.scalar(sa.select(source.c.status)) == Status.FAILED
    assert (await send(doors, here, TALK, purse=purse(day=COST))).was_queued


async def test_a_message_more_is_added_to_what_its_thread_has_set_aside(doors: Doors) -> None:
    here, texts = uuid4(), [MAIL.format(number=number) for number in range(3)]
    for text in texts[:2]:
        await send(doors, here, text, purse=purse(day=100.0))
    whole = sum(cost_of(text) for text in texts[:2])
    assert await waiting(doors, here) == pytest.approx(whole)
    with pytest.raises(BudgetExhausted):
        await send(doors, here, texts[2], purse=purse(day=whole))


async def test_eight_at_once_are_taken_as_far_as_the_budget_goes(doors: Doors) -> None:
    here, texts = uuid4(), [f"{TALK}Kim: {number} more." for number in range(8)]
    day = sum(cost_of(text) for text in texts[:3]) * 1.01
    sent = (send(doors, here, text, purse=purse(day=day)) for text in texts)
    ends = await asyncio.gather(*sent, return_exceptions=True)
    assert [type(one) for one in ends].count(BudgetExhausted) == 5
    assert await waiting(doors, here) <= day


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (purse(run=COST * 0.99), "one reading may cost"),
        (replace(purse(day=1000.0), price=None), "price of the model is not known"),
        (purse(day=0.0), "a whole day may cost 0"),
    ],
)
async def test_each_refusal_says_why(doors: Doors, of: Purse, says: str) -> None:
    with pytest.raises(BudgetExhausted, match=says):
        await send(doors, uuid4(), TALK, purse=of)


async def test_without_a_budget_everything_is_taken(doors: Doors) -> None:
    assert (await send(doors, uuid4(), TALK, purse=purse())).was_queued
    assert (await send(doors, uuid4(), TALK)).was_queued
