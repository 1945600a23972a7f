from uuid import UUID

import httpx2
import pytest


@pytest.mark.parametrize("path", ["/v1/sources", "/nowhere", "/healthz/../x", "/v1/sources/1/note"])
def test_a_problem_names_the_request_as_its_header_does(monitor: httpx2.Client, path: str) -> None:
    answer = monitor.get(path)
    assert answer.status_code in {401, 404}
    assert answer.json()["instance"] == answer.headers["x-request-id"]


def test_each_request_has_an_id_of_ours(monitor: httpx2.Client) -> None:
    mine = {"X-Request-Id": "00000000-0000-4000-8000-000000000000"}
    seen = [monitor.get("/healthz", headers=mine).headers["x-request-id"] for _ in range(3)]
    assert len({UUID(one) for one in seen}) == 3
    assert mine["X-Request-Id"] not in seen
