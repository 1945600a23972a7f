import re
from uuid import uuid4

import httpx2
from job_rows import ENDED, JOB, TAKEN, run
from live import Server
from prometheus_client.parser import text_string_to_metric_families

Sample = tuple[str, str, str, str]
"""Name, method, route, status; the last three empty for a gauge."""


def scraped(monitor: httpx2.Client) -> dict[Sample, float]:
    answer = monitor.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, *(sample.labels.get(one, "") for one in ("method", "path", "status_code"))): (
            sample.value
        )
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name.startswith("baton_")
    }


def test_jobs_are_counted_at_the_moment_of_the_scrape(
    quiet: Server, monitor: httpx2.Client
) -> None:
    run(quiet, (JOB, 0), (TAKEN, 5), (JOB, -40), (JOB, 60), (ENDED, "failed"), (ENDED, "done"))
    found = {name: value for (name, *labels), value in scraped(monitor).items() if not any(labels)}
    oldest = found.pop("baton_jobs_oldest_seconds")
    assert 0 <= oldest < 40
    assert found == {
        "baton_database_up": 1,
        "baton_jobs_waiting": 2,
        "baton_jobs_running": 1,
        "baton_jobs_stalled": 0,
        "baton_workers": 1,
        "baton_sources_failed_last_hour": 1,
    }


def test_requests_are_counted_by_the_template_of_their_route(
    quiet: Server, monitor: httpx2.Client
) -> None:
    sought = ("baton_http_requests_total", "GET", "/v1/sources/{source_id}", "404")
    before = scraped(monitor).get(sought, 0)
    with quiet.caller() as caller:
        for _ in range(3):
            caller.get(f"/v1/sources/{uuid4()}")
    assert scraped(monitor)[sought] == before + 3


def test_no_label_is_the_word_of_a_caller(quiet: Server, monitor: httpx2.Client) -> None:
    with quiet.caller() as caller:
        caller.get("/v1/sources/acme-canary")
        caller.get("/acme-canary?customer=acme-canary")
        caller.request("CANARY", "/healthz")
        caller.post("/v1/sources", json={"content": "acme-canary", "customer": "acme-canary"})
        known = caller.workspace_id
    text = monitor.get("/metrics").text
    assert "canary" not in text.lower()
    assert str(known) not in text
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", text)
