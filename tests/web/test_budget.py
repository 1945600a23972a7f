"""A server whose model costs money: what an upload may cost is looked at before it is taken."""

from collections.abc import Callable, Iterator

import pytest
from live import Caller, Database, Server, serving
from wire import CALL, refused

SETTINGS = {
    "BATON_EXTRACTOR": "openai",
    "BATON_LLM_BASE_URL": "http://127.0.0.1:9/v1",
    "BATON_LLM_MODEL": "owl",
    "BATON_LLM_PRICE_IN": "1",
    "BATON_LLM_PRICE_OUT": "4",
    "BATON_BUDGET_DAY_USD": "0.5",
    "BATON_EMBEDDER": "tiny",
}


@pytest.fixture(scope="module")
def paying(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """No worker: what is taken waits, with its money set aside."""
    data = str(tmp_path_factory.mktemp("paying"))
    with serving(make_database(), "--no-worker", BATON_DATA_DIR=data, **SETTINGS) as running:
        yield running


@pytest.fixture
def erin(paying: Server) -> Iterator[Caller]:
    """Owns a workspace whose sources a model reads."""
    with paying.caller() as caller:
        yield caller


def test_over_the_budget_nothing_is_stored(erin: Caller) -> None:
    said = erin.put("/v1/workspace", json={"budget_day_usd": 0.001}).json()
    assert (said["budget_day_usd"], said["spent_today_usd"]) == (0.001, 0)
    problem = refused(erin.post("/v1/sources", json={"content": CALL}), 429, "budget-exhausted")
    assert "USD" in problem["detail"]
    assert erin.get("/v1/sources").json()["items"] == []
    erin.put("/v1/workspace", json={})
    assert erin.post("/v1/sources", json={"content": CALL}).status_code == 202


def test_a_full_day_says_when_the_next_begins(erin: Caller) -> None:
    """What waits has its money set aside: some hundred calls fit into half a dollar."""
    erin.put("/v1/workspace", json={"budget_day_usd": 0.008})
    assert erin.post("/v1/sources", json={"content": CALL}).status_code == 202
    again = erin.post("/v1/sources", json={"content": CALL, "deal": "second"})
    refused(again, 429, "budget-exhausted")
    assert 0 < int(again.headers["Retry-After"]) <= 86_400
    assert erin.post("/v1/sources", json={"content": CALL}).status_code == 200


@pytest.mark.parametrize("bad", [-1, "5", True, 1e300])
def test_a_budget_is_an_amount(erin: Caller, bad: object) -> None:
    problem = refused(erin.put("/v1/workspace", json={"budget_day_usd": bad}), 400, "invalid")
    assert problem["field"] == "budget_day_usd"
