from dataclasses import replace

import pytest

from service.actions.job_health import judge
from service.db.job_health import JobCounts

CALM = JobCounts(
    waiting=3,
    oldest_s=120,
    running=2,
    stalled=0,
    workers=1,
    ended_lately=50,
    failed_lately=10,
    failed_last_hour=10,
)
"""At each threshold, over none."""


def test_at_the_thresholds_nothing_is_red() -> None:
    assert judge(CALM, wait_limit_s=120).red == ()


@pytest.mark.parametrize(
    ("change", "red"),
    [
        ({"oldest_s": 120.1}, ("oldest_s",)),
        ({"stalled": 1}, ("stalled",)),
        ({"failed_lately": 11}, ("failed_recently",)),
        ({"failed_lately": 2, "ended_lately": 9}, ("failed_recently",)),
        ({"oldest_s": 500.0, "stalled": 2}, ("oldest_s", "stalled")),
    ],
)
def test_one_over_is_red_and_named(change: dict[str, float], red: tuple[str, ...]) -> None:
    assert judge(replace(CALM, **change), wait_limit_s=120).red == red  # type: ignore[arg-type]  # ints and a float


def test_one_source_that_fails_is_no_trend() -> None:
    assert judge(replace(CALM, failed_lately=1, ended_lately=1), wait_limit_s=120).red == ()


def test_the_age_allowed_is_a_setting() -> None:
    assert judge(CALM, wait_limit_s=60).red == ("oldest_s",)
