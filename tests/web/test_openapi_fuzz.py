"""Every route, whatever is sent: no server error, and no answer that /schema does not tell.

`make fuzz` runs the same with BATON_FUZZ_CASES=20000.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fuzzing import Fuzzed, fuzz
from live import Database, Server, serving
from routes import CASES, OPEN

FEWEST = int(os.environ.get("BATON_FUZZ_CASES", "500"))
ROUTES = {f"{method} {path}" for method, path in {*CASES, *OPEN}}
CALLERS = {"every scope": (12, ()), "one scope": (2, ("ingest",)), "no key": (2, None)}
"""Whose key, and the share of the cases."""


@pytest.fixture(scope="module")
def fuzzed(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """With its worker, and without a limit of requests: that would be most of the answers."""
    data = str(tmp_path_factory.mktemp("fuzzed"))
    settings = {"BATON_DATA_DIR": data, "BATON_EMBEDDER": "tiny", "BATON_RATE_LIMIT": "0"}
    with serving(make_database(), BATON_JOBS_WAIT_LIMIT_S="36000", **settings) as running:
        yield running
