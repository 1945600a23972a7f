"""Attempts at a re-run: bounded, taken over, overtaken, erased, and paid for."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from live import Database
from rereading import MARCH, SHIP, WHY, Says, Source, draft, read_talk
from sending import TALK, erase

from schemas.api import ProblemNote
from service.actions.extraction import Extraction, LocalExtractor, ReadingFailed, RunFacts, Tell
from service.actions.proposing import list_runs
from service.actions.reading import MAX_ATTEMPTS, MOST_RUNNING, Crowded
from service.actions.rerun_ends import end_badly
from service.actions.rows import Subject
from service.actions.spending import Purse
from service.db import proposals
from service.db.doors import Doors
from service.db.job_health import Ended
from service.errors import (
    BudgetExhausted,
    EmbedderDown,
    ModelAway,
    NotFound,
    RunFailed,
)
from service.llm.prices import Price

OTHERS = Says(
    (draft("what_was_promised", 0, SHIP, due_text=MARCH), draft("why_they_bought", 1, WHY))
)
"""Leaves two out."""


@pytest.fixture
async def source(doors: Doors, database: Database) -> Source:
    return await read_talk(doors, database)


async def test_nothing_to_do_is_no_attempt(source: Source) -> None:
    assert await source.work(LocalExtractor()) is None
    await source.rerun(LocalExtractor())
    assert await source.work(LocalExtractor()) is None


class Refuses:
    """Fails for good, whatever it is asked."""

    async def extract(self, subject: Subject, *, attempt: UUID, tell: Tell) -> Extraction:
        del subject, attempt, tell
        problem = ProblemNote(type="/problems/model-failed", detail="Refused.", mend="Rephrase.")
        raise ReadingFailed(problem, RunFacts("openai", "failed"))


async def test_a_rerun_that_fails_leaves_the_note_and_says_why(source: Source) -> None:
    before = await source.note()
    await source.ask()
    assert await source.work(Refuses()) is Ended.FAILED
    with pytest.raises(RunFailed, match="Refused") as failed:
        await source.proposal()
    assert failed.value.mend == "Rephrase."
    assert await source.note() == before
    runs = await list_runs(source.doors, source.reader, str(source.id), after=None, limit=5)
    assert [one.outcome for one in runs.items] == ["failed", "complete"]


@pytest.mark.parametrize(
    ("error", "counts"), [(RuntimeError(), 1), (ModelAway(), 0), (EmbedderDown(), 0)]
)
async def test_attempts_are_bounded(source: Source, error: Exception, counts: int) -> None:
    await source.ask()
    ended = [await fail_once(source, error) for _ in range(MAX_ATTEMPTS)]
    last = Ended.FAILED if counts else Ended.AGAIN
    assert ended == [Ended.AGAIN, Ended.AGAIN, last]


async def fail_once(source: Source, error: Exception) -> Ended | None:
    ids = {"workspace_id": source.workspace_id, "source_id": source.id}
    return await end_badly(source.doors, error, **ids, attempt=await begun(source))


async def begun(source: Source) -> UUID:
    """An attempt that has taken the re-run and says no more; its token."""
    token, here = uuid4(), source.workspace_id
    async with source.doors.workspace_transaction(here) as tx:
        row = await proposals.latest_proposal(tx, here, source.id)
        assert row is not None
        await proposals.begin_attempt(tx, row, attempt=token)
    return token


async def test_what_a_dead_worker_left_is_taken_over(source: Source) -> None:
    await source.ask()
    await begun(source)
    assert await source.work(OTHERS) is Ended.DONE
    assert len((await source.proposal()).gone) == 2


async def test_one_start_too_many_is_the_last(source: Source) -> None:
    await source.ask()
    for _ in range(MAX_ATTEMPTS):
        await begun(source)
    assert await source.work(LocalExtractor()) is Ended.FAILED
    with pytest.raises(RunFailed, match=f"started {MAX_ATTEMPTS} times"):
        await source.proposal()
    await source.ask()
    assert await source.work(LocalExtractor()) is Ended.DONE


async def test_four_at_a_time_and_the_fifth_comes_again(doors: Doors, database: Database) -> None:
    first, *others = [await read_talk(doors, database)]
    for number in range(MOST_RUNNING):
        others.append(
            await read_talk(doors, database, f"{TALK}Kim: {number}.", here=first.workspace_id)
        )
    for one in others:
        await one.ask()
        await begun(one)
    await first.ask()
    with pytest.raises(Crowded):
        await first.work(LocalExtractor())
    assert await others[0].work(LocalExtractor()) is Ended.DONE
    assert await first.work(LocalExtractor()) is Ended.DONE


async def test_erased_in_the_middle_it_writes_nothing(source: Source) -> None:
    class Slow:
        async def extract(self, subject: Subject, *, attempt: UUID, tell: Tell) -> Extraction:
            assert (await erase(source.doors, source.workspace_id, source.id)).residue == 0
            return await LocalExtractor().extract(subject, attempt=attempt, tell=tell)

    await source.ask()
    assert await source.work(Slow()) is None
    with source.database.connect() as db:
        for table in (b"proposal", b"run", b"claim_change", b"note"):
            query = b"SELECT count(*) FROM app.%b WHERE workspace_id = $1" % table
            left = db.execute(query.replace(b"$1", b"%s"), [source.workspace_id]).fetchone()
            assert left == (0,), table


async def test_an_overtaken_attempt_writes_nothing(source: Source) -> None:
    class Overtaken:
        async def extract(self, subject: Subject, *, attempt: UUID, tell: Tell) -> Extraction:
            assert await source.work(LocalExtractor()) is Ended.DONE
            return await OTHERS.extract(subject, attempt=attempt, tell=tell)

    await source.ask()
    assert await source.work(Overtaken()) is None
    assert (await source.proposal()).gone == ()


async def test_an_erasure_counts_proposals_and_changes(source: Source) -> None:
    await source.rerun(OTHERS)
    await source.accept()
    removed = (await erase(source.doors, source.workspace_id, source.id)).removed
    assert (removed["proposal"], removed["claim_change"], removed["run"]) == (1, 2, 2)


DOLLAR = Price(usd_in=1_000_000, usd_out=0, usd_cached=0)
"""For each token that goes in."""


@pytest.mark.parametrize("budget", ["run_usd", "day_usd"])
async def test_over_the_budget_it_is_not_queued(source: Source, budget: str) -> None:
    poor = replace(source, purse=Purse(DOLLAR, **{budget: 100.0}))
    with pytest.raises(BudgetExhausted):
        await poor.ask()
    with pytest.raises(NotFound):
        await source.proposal()


async def test_what_waits_is_set_aside(doors: Doors, database: Database) -> None:
    first = await read_talk(doors, database)
    second = await read_talk(doors, database, f"{TALK}Kim: Yes.", here=first.workspace_id)
    await replace(first, purse=Purse(DOLLAR)).ask()
    query = "SELECT estimated_usd FROM app.proposal WHERE source_id = %s"
    with database.connect() as db:
        row = db.execute(query, [first.id]).fetchone()
    rich = Purse(DOLLAR, day_usd=1.5 * float(str(row and row[0])))
    with pytest.raises(BudgetExhausted, match="the day would cost"):
        await replace(second, purse=rich).ask()
    assert await first.work(LocalExtractor()) is Ended.DONE
    await replace(second, purse=rich).ask()
