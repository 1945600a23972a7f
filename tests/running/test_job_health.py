import httpx2
import pytest
from job_rows import ENDED, JOB, TAKEN, WAITED, run
from live import Server

WELL = {"waiting": 0, "oldest_s": 0.0, "running": 0, "stalled": 0, "failed_recently": 0, "red": []}


def test_without_jobs_all_is_well(monitor: httpx2.Client) -> None:
    answer = monitor.get("/healthz/jobs")
    assert (answer.status_code, answer.json()) == (200, WELL)


@pytest.mark.parametrize(("waited_s", "status"), [(110, 200), (121, 503)])
def test_red_where_a_job_waits_too_long(
    quiet: Server, monitor: httpx2.Client, waited_s: int, status: int
) -> None:
    run(quiet, (JOB, -waited_s), (WAITED, waited_s))
    answer = monitor.get("/healthz/jobs")
    seen = answer.json()
    assert (answer.status_code, seen["waiting"]) == (status, 1)
    assert waited_s <= seen["oldest_s"] < waited_s + 20
    assert seen["red"] == (["oldest_s"] if status == 503 else [])


def test_a_retry_is_not_late_before_its_time(quiet: Server, monitor: httpx2.Client) -> None:
    run(quiet, (JOB, 60), (WAITED, 1000))
    assert monitor.get("/healthz/jobs").json() == WELL | {"waiting": 1}


@pytest.mark.parametrize(("silent_s", "red"), [(30, []), (61, ["stalled"])])
def test_red_where_a_worker_is_silent(
    quiet: Server, monitor: httpx2.Client, silent_s: int, red: list[str]
) -> None:
    run(quiet, (JOB, 0), (TAKEN, silent_s))
    answer = monitor.get("/healthz/jobs")
    assert answer.status_code == (503 if red else 200)
    assert answer.json() == WELL | {"running": 1, "stalled": len(red), "red": red}


@pytest.mark.parametrize(("failed", "status"), [(10, 200), (11, 503)])
def test_red_where_too_many_readings_fail(
    quiet: Server, monitor: httpx2.Client, failed: int, status: int
) -> None:
    outcomes = ["failed"] * 30 + ["done"] * (50 - failed) + ["failed"] * failed + ["again"] * 20
    run(quiet, *[(ENDED, outcome) for outcome in outcomes])
    answer = monitor.get("/healthz/jobs")
    assert (answer.status_code, answer.json()["failed_recently"]) == (status, failed)
