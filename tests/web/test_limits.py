"""How often, how much at once: at the limit and one over."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live import Caller, Database, Server, serving


@pytest.fixture(scope="module")
def bounded(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    data = str(tmp_path_factory.mktemp("bounded"))
    settings = {"BATON_DATA_DIR": data, "BATON_RATE_LIMIT": "5"}
    with serving(make_database(), "--no-worker", **settings) as running:
        yield running


def test_a_key_has_its_requests_a_minute(bounded: Server) -> None:
    with bounded.caller() as caller:
        answers = [caller.get("/v1/sources") for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert answers[-1].json()["type"] == "/problems/rate-limited"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_another_key_is_not_held_back(bounded: Server) -> None:
    with bounded.caller() as one, bounded.caller() as two:
        for _ in range(6):
            one.get("/v1/sources")
        assert two.get("/v1/sources").status_code == 200


def test_health_is_never_held_back(bounded: Server) -> None:
    with bounded.caller() as caller:
        assert {caller.get("/healthz").status_code for _ in range(8)} == {200}


def test_a_full_queue_takes_no_more(bounded: Server) -> None:
    """10,000 waiting sources, planted as rows: the next upload is refused and nothing is lost."""
    with bounded.caller() as caller:
        _plant(bounded.database, caller, 9_999)
        taken = caller.post("/v1/sources", json={"content": "Kim: We need two keys today."})
        refused = caller.post("/v1/sources", json={"content": "Kim: We need three keys today."})
    assert taken.status_code == 202
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/queue-full")
    assert refused.headers["Retry-After"] == "60"


def _plant(database: Database, caller: Caller, number: int) -> None:
    with database.connect() as connection:
        connection.execute(
            "INSERT INTO app.source (workspace_id, id, key_id, kind, format, status, content_hash)"
            " SELECT %s, gen_random_uuid(), 'planted', 'call', 'text', 'queued',"
            " decode(lpad(to_hex(n), 64, '0'), 'hex') FROM generate_series(1, %s) n",
            [caller.workspace_id, number],
        )


def test_a_failed_start_says_why(make_database: Callable[[], Database], tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError),
        serving(make_database(), BATON_DATA_DIR=str(tmp_path), BATON_RATE_LIMIT="-1"),
    ):
        pass
