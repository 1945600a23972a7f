"""A re-run with a model of a note that rules made: same gate, own costs, and outages."""

import pytest
from live import Database
from read_by_model import desk, honest
from rereading import SHIP, SPARE, SUCCESS, WHY, read_talk, statements
from scripted_model import scripted

from service.actions.model_ends import MOST_WAITS
from service.actions.proposing import list_runs
from service.db.doors import Doors
from service.db.job_health import Ended
from service.errors import RunFailed


async def test_a_model_proposes_through_the_gate_and_its_cost_counts(
    doors: Doors, database: Database
) -> None:
    source = await read_talk(doors, database)
    with scripted(honest) as provider:
        async with desk(doors, database, provider) as at:
            found = await source.rerun(at.extractor)
            (billed,) = provider.billed
    assert statements(found.kept) == [SHIP, WHY]
    assert statements(found.gone) == [SPARE, SUCCESS]
    assert found.run.extractor == "openai"
    assert (found.run.calls, found.run.tokens_in, found.run.tokens_out) == (1, *billed)
    assert found.run.cost_usd > 0


@pytest.mark.parametrize("behaviour", ["refuse", "401"])
async def test_a_model_that_will_not_leaves_the_note(
    doors: Doors, database: Database, behaviour: str
) -> None:
    source = await read_talk(doors, database)
    before = await source.note()
    with scripted(honest) as provider:
        async with desk(doors, database, provider, behaviour) as at:
            await source.ask()
            assert await source.work(at.extractor) is Ended.FAILED
    with pytest.raises(RunFailed, match="Nothing was read"):
        await source.proposal()
    assert await source.note() == before


async def test_a_model_that_stays_away_proposes_nothing(doors: Doors, database: Database) -> None:
    """It is waited for as for any reading; rules that stand in have nothing new to say."""
    source = await read_talk(doors, database)
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "500") as at:
            await source.ask()
            ended = [await source.work(at.extractor) for _ in range(MOST_WAITS + 1)]
    assert (ended[0], ended.count(Ended.FAILED)) == (Ended.AGAIN, 1)
    assert set(ended[ended.index(Ended.FAILED) + 1 :]) <= {None}
    with pytest.raises(RunFailed, match="Rules on this machine read"):
        await source.proposal()
    runs = await list_runs(doors, source.reader, str(source.id), after=None, limit=5)
    assert [one.outcome for one in runs.items] == ["failed", "complete"]
