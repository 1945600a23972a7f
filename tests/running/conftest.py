from collections.abc import Callable, Iterator

import httpx2
import pytest
from live import Database, Server, serving


@pytest.fixture(scope="session")
def quiet(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server of its own, without a worker: jobs are what a test makes of them."""
    data = str(tmp_path_factory.mktemp("quiet"))
    settings = {"BATON_DATA_DIR": data, "BATON_EMBEDDER": "tiny"}
    with serving(make_database(), "--no-worker", **settings) as running:
        yield running


@pytest.fixture
def monitor(quiet: Server) -> Iterator[httpx2.Client]:
    """Somebody without a key; the jobs of the test are gone afterwards."""
    with httpx2.Client(base_url=quiet.url, trust_env=False, timeout=20) as client:
        yield client
    with quiet.database.connect() as connection:
        connection.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_workers, app.job_end CASCADE"
        )
