import pytest

from service.llm.asking import Next, Step, decide
from service.llm.fault import Ending, Kind, ModelFault, Usage


def fault(kind: Kind, *, retry_after_s: float | None = None) -> ModelFault:
    ending = Ending(kind, "Cause", retry_after_s=retry_after_s)
    return ModelFault(ending, usage=Usage(), tries=1)


@pytest.mark.parametrize(
    ("kind", "after_one", "after_two"),
    [
        (Kind.UNREADABLE, Next(Step.ASK_AGAIN), Next(Step.END)),
        (Kind.CUT_OFF, Next(Step.SPLIT), Next(Step.SPLIT)),
        (Kind.TOO_LONG, Next(Step.SPLIT), Next(Step.SPLIT)),
        (Kind.TIMEOUT, Next(Step.QUEUE, 10), Next(Step.QUEUE, 20)),
        (Kind.NETWORK, Next(Step.QUEUE, 10), Next(Step.QUEUE, 20)),
        (Kind.RATE_LIMITED, Next(Step.QUEUE, 10), Next(Step.QUEUE, 20)),
        (Kind.SERVER, Next(Step.QUEUE, 10), Next(Step.QUEUE, 20)),
        (Kind.DOWN, Next(Step.STAND_IN), Next(Step.STAND_IN)),
        (Kind.REFUSED, Next(Step.END), Next(Step.END)),
        (Kind.FILTERED, Next(Step.END), Next(Step.END)),
        (Kind.QUOTA, Next(Step.END), Next(Step.END)),
        (Kind.REJECTED, Next(Step.END), Next(Step.END)),
        (Kind.UNAUTHORIZED, Next(Step.END), Next(Step.END)),
        (Kind.BUG, Next(Step.END), Next(Step.END)),
    ],
)
def test_what_follows_each_fault(kind: Kind, after_one: Next, after_two: Next) -> None:
    assert decide(fault(kind), 1) == after_one
    assert decide(fault(kind), 2) == after_two


@pytest.mark.parametrize("kind", list(Kind))
def test_each_fault_has_a_row(kind: Kind) -> None:
    assert decide(fault(kind), 1).step in Step


@pytest.mark.parametrize(
    ("asked_s", "wait_s"), [(7, 7), (0, 1), (-5, 1), (600, 600), (2_000_000, 3600)]
)
def test_the_provider_says_how_long_to_wait(asked_s: float, wait_s: float) -> None:
    asked = fault(Kind.RATE_LIMITED, retry_after_s=asked_s)
    assert decide(asked, 1) == Next(Step.QUEUE, wait_s)


def test_waits_grow_to_ten_minutes() -> None:
    waits = [decide(fault(Kind.SERVER), tries).wait_s for tries in (1, 2, 3, 7, 5000)]
    assert waits == [10, 20, 40, 600, 600]
