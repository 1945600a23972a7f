"""The breaker by itself, and in front of a provider that is down."""

import asyncio
from dataclasses import dataclass

import pytest
from asked_model import Rows, Said, opened
from scripted_talk import Scripted

from service.llm.breaker import Breaker
from service.llm.client import Model
from service.llm.fault import Kind, ModelFault


def failing(*at: float) -> Breaker:
    breaker = Breaker()
    for now in at:
        breaker = breaker.failed(now)
    return breaker


@dataclass
class Clock:
    """A clock that a test sets."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


async def kind_of(model: Model, rows: Rows) -> Kind | None:
    """How one call ends; None where it brings a reply."""
    try:
        await model.ask(*("s", "u"), reply=Said, max_output_tokens=50, deadline_s=5, spend=rows)
    except ModelFault as fault:
        return fault.kind
    return None


def test_four_failures_leave_it_closed_and_the_fifth_opens() -> None:
    assert failing(0, 1, 2, 3).wait_s(3) == 0
    assert failing(0, 1, 2, 3, 4).wait_s(4) == 30


def test_failures_half_a_minute_apart_do_not_add_up() -> None:
    assert not failing(0, 1, 2, 3, 31).is_open
    assert not failing(*range(0, 300, 8)).is_open


def test_one_probe_passes_every_half_a_minute() -> None:
    breaker = failing(0, 1, 2, 3, 4)
    assert breaker.wait_s(33.9) == pytest.approx(0.1)
    assert breaker.wait_s(34) == 0
    probing = breaker.asked(34)
    assert probing.wait_s(34) == 30
    assert probing.failed(35).wait_s(63) == 1
    assert probing.failed(35).wait_s(64) == 0


def test_an_answer_closes_it_and_forgets() -> None:
    closed = failing(0, 1, 2, 3, 4).asked(34).answered()
    assert not closed.is_open
    assert not closed.failed(36).failed(37).failed(38).failed(39).is_open


def test_an_answer_between_failures_does_not_hide_them() -> None:
    breaker = failing(0, 1, 2, 3).answered()
    assert breaker.failed(4).is_open


def test_it_can_be_opened_at_once() -> None:
    assert Breaker().tripped(7).wait_s(7) == 30


async def test_two_hundred_jobs_at_a_dead_provider_ask_it_five_times(
    provider: Scripted, rows: Rows
) -> None:
    clock = Clock()
    async with opened(provider, "503", clock=clock) as model:
        kinds = [await kind_of(model, rows) for _ in range(200)]
    assert kinds == [Kind.SERVER] * 5 + [Kind.DOWN] * 195
    assert len(provider.asked) == len(rows.rows) == 5


async def test_jobs_at_once_are_stopped_as_soon_as_five_have_failed(
    provider: Scripted, rows: Rows
) -> None:
    async with opened(provider, "503", clock=Clock()) as model:
        places = asyncio.Semaphore(4)

        async def job() -> Kind | None:
            async with places:
                return await kind_of(model, rows)

        await asyncio.gather(*(job() for _ in range(200)))
    assert 5 <= len(provider.asked) <= 5 + 3


async def test_it_recovers_with_the_first_probe_after_the_provider_has(
    provider: Scripted, rows: Rows
) -> None:
    clock = Clock()
    async with opened(provider, "good", clock=clock) as model:
        provider.is_down = True
        assert [await kind_of(model, rows) for _ in range(6)][-1] is Kind.DOWN
        clock.now += 30
        assert await kind_of(model, rows) is Kind.SERVER
        assert await kind_of(model, rows) is Kind.DOWN
        provider.is_down = False
        clock.now += 30
        assert [await kind_of(model, rows) for _ in range(2)] == [None, None]


async def test_an_empty_account_opens_it_at_once(provider: Scripted, rows: Rows) -> None:
    async with opened(provider, "quota", clock=Clock()) as model:
        assert [await kind_of(model, rows) for _ in range(3)] == [Kind.QUOTA, Kind.DOWN, Kind.DOWN]
    assert len(provider.asked) == 1


@pytest.mark.parametrize("behaviour", ["prose", "refuse", "429", "400", "401"])
async def test_a_provider_that_answers_is_not_down(
    provider: Scripted, rows: Rows, behaviour: str
) -> None:
    async with opened(provider, behaviour, clock=Clock()) as model:
        assert Kind.DOWN not in [await kind_of(model, rows) for _ in range(7)]
