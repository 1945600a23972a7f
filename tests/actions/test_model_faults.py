"""Whatever a model does, its source ends as the table says, in time, and the ledger adds up."""

import time
from dataclasses import dataclass

import pytest
from live import Database
from read_by_model import desk, honest
from scripted_model import scripted

from service.db.doors import Doors
from service.db.job_health import Ended

DEADLINE_S = 1.0
UNHURRIED_S = 15.0
"""For those that answer: a busy machine must not turn their end into a timeout."""
SILENT = frozenset({"slow", "drip"})


@dataclass(frozen=True)
class Row:
    """What a behaviour comes to: a source of four turns has at most 1 + 2 + 4 windows."""

    behaviour: str
    problem: str = ""
    """Why the source failed; empty: it waits for the model."""
    requests: int = 1
    unsettled: int = 0


FAULTS = (
    Row("bad", "model-unreadable", requests=2),
    Row("truncjson", "model-unreadable", requests=2),
    Row("prose", "model-unreadable", requests=2),
    Row("no_choices", "model-unreadable", requests=2),
    Row("html", "model-unreadable", requests=2, unsettled=2),
    Row("garbage200", "model-unreadable", requests=2, unsettled=2),
    Row("sse_cut", "model-unreadable", requests=2, unsettled=2),
    Row("length", "model-cut-off", requests=7),
    Row("ctx", "model-too-long", requests=7),
    Row("413", "model-too-long", requests=7),
    Row("refuse", "model-refused"),
    Row("filter", "model-filtered"),
    Row("filter_whole", "model-filtered"),
    Row("quota", "model-quota"),
    Row("402", "model-quota"),
    Row("redirect", "model-rejected"),
    Row("400", "model-rejected"),
    Row("404", "model-rejected"),
    Row("401", "model-unauthorized"),
    Row("403", "model-unauthorized"),
    Row("429"),
    Row("429_long"),
    Row("500"),
    Row("503"),
    Row("504", unsettled=1),
    Row("408", unsettled=1),
    Row("slow", unsettled=1),
    Row("drip", unsettled=1),
    Row("drop", unsettled=1),
    Row("halfbody", unsettled=1),
)

SUMS = """
    SELECT count(*), coalesce(sum(tokens_in) FILTER (WHERE settled_at IS NOT NULL), 0),
        coalesce(sum(tokens_out) FILTER (WHERE settled_at IS NOT NULL), 0),
        count(*) FILTER (WHERE settled_at IS NULL)
    FROM app.spend WHERE workspace_id = %s
"""


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.behaviour)
async def test_each_fault_ends_its_source(doors: Doors, database: Database, row: Row) -> None:
    deadline_s = DEADLINE_S if row.behaviour in SILENT else UNHURRIED_S
    with scripted(honest) as provider:
        async with desk(doors, database, provider, row.behaviour, timeout_s=deadline_s) as at:
            source_id = await at.send()
            await at.extractor.opening.model()
            began = time.monotonic()
            ended = await at.read(source_id)
            took_s = time.monotonic() - began
            billed = [sum(column) for column in zip(*provider.billed, strict=True)] or [0, 0]
    source = at.source(source_id)
    if row.problem:
        assert (ended, source["status"]) == (Ended.FAILED, "failed")
        assert source["error"]["type"] == f"/problems/{row.problem}"
        assert source["error"]["mend"]
    else:
        assert (ended, source["status"], source["attempts"]) == (Ended.AGAIN, "queued", 0)
        assert source["waits"] == 1
    assert len(provider.asked) == row.requests
    assert at.row(SUMS, at.here) == (row.requests, *billed, row.unsettled)
    assert took_s < deadline_s + 2


async def test_a_run_that_failed_says_what_it_cost(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "refuse") as at:
            source_id = await at.send()
            await at.read(source_id)
    run = at.run(source_id)
    ((went_in, came_out),) = provider.billed
    assert (run["outcome"], run["uncovered_turns"]) == ("failed", [0, 1, 2, 3])
    assert (run["calls"], run["tokens_in"], run["tokens_out"]) == (1, went_in, came_out)
    assert run["cost_usd"] == pytest.approx((went_in + 4 * came_out) / 1_000_000)
    assert at.count("note") == 0


@pytest.mark.parametrize(
    ("behaviour", "requests", "unsettled"),
    [("good", 1, 0), ("bad_then_good", 2, 0), ("nousage", 1, 1), ("odd_usage", 1, 1)],
)
async def test_what_can_be_read_is_read(
    doors: Doors, database: Database, behaviour: str, requests: int, unsettled: int
) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, behaviour) as at:
            source_id = await at.send()
            assert await at.read(source_id) is Ended.DONE
    assert (len(provider.asked), at.row(SUMS, at.here)[3]) == (requests, unsettled)
    assert at.run(source_id)["outcome"] == "complete"
    assert at.run(source_id)["calls"] == requests
