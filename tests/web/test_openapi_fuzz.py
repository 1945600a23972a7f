"""Every route, whatever is sent: no server error, and no answer that /schema does not tell.

`make fuzz` runs the same longer: BATON_FUZZ_CASES at least, over several seeds.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fuzzing import Sent, fuzz, store_sources
from live import Database, Server, serving
from routes import CASES, OPEN

FEWEST = int(os.environ.get("BATON_FUZZ_CASES", "0"))
RANDOM = 150 if FEWEST else 8
"""How many random cases each operation gets in one run."""


@pytest.fixture(scope="module")
def fuzzed(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """With its worker, and without a limit of requests: that would be most of the answers."""
    data = str(tmp_path_factory.mktemp("fuzzed"))
    settings = {"BATON_DATA_DIR": data, "BATON_EMBEDDER": "tiny", "BATON_RATE_LIMIT": "0"}
    with serving(make_database(), BATON_JOBS_WAIT_LIMIT_S="36000", **settings) as running:
        yield running


def run(server: Server, folder: Path, *, seed: int, has_key: bool = True) -> Sent:
    """One run in a fresh workspace; what was sent, if nothing was found."""
    with server.caller() as caller:
        stored = store_sources(caller)
        found = fuzz(caller, folder, stored=stored, has_key=has_key, seed=seed, most=RANDOM)
    assert found.code == 0, found.said
    return found.sent


@pytest.mark.timeout(600)
def test_whatever_is_sent_is_answered_as_told(fuzzed: Server, tmp_path: Path) -> None:
    sent = run(fuzzed, tmp_path, seed=1)
    assert sent.total() >= 500
    worked = {operation for operation, status in sent if status < 300}
    assert {f"{method} {path}" for method, path in {*CASES, *OPEN}} <= worked


@pytest.mark.timeout(600)
def test_without_a_key_nothing_is_told(fuzzed: Server, tmp_path: Path) -> None:
    sent = run(fuzzed, tmp_path, seed=1, has_key=False)
    keyed = {f"{method} {path}" for method, path in CASES}
    answered = {(operation, status) for operation, status in sent if operation in keyed}
    assert answered == {(operation, 401) for operation in keyed}


@pytest.mark.skipif(not FEWEST, reason="takes minutes: make fuzz")
@pytest.mark.timeout(7200)
def test_thousands_of_cases(fuzzed: Server, tmp_path: Path) -> None:
    sent: Sent = Counter()
    seed = 1
    while seed < 4 or sent.total() < FEWEST:
        seed += 1
        folder = tmp_path / str(seed)
        folder.mkdir()
        sent += run(fuzzed, folder, seed=seed, has_key=bool(seed % 4))
    lines = (f"{operation} {status}: {n}\n" for (operation, status), n in sorted(sent.items()))
    sys.stdout.writelines([*lines, f"{sent.total()} cases\n"])
