"""A source is read once more: what is proposed, and who may put it into the note."""

import asyncio
from uuid import uuid4

import pytest
from live import Database
from rereading import MARCH, SHIP, SPARE, SUCCESS, WHY, Says, Source, draft, read_talk, statements

from schemas.proposal import ProposalState
from schemas.source import Notice
from service.actions.extraction import LocalExtractor
from service.actions.proposing import accept_proposal, dismiss_proposal, show_proposal
from service.actions.rerun_requests import request_rerun
from service.actions.showing import Reader, show_source
from service.db.doors import Doors
from service.errors import (
    NotFound,
    NotReady,
    ProposalClosed,
)

PARCELS = "the old scanners lost every third parcel"
OTHERS = Says(
    (
        draft("what_was_promised", 0, SHIP, due_text=MARCH),
        draft("why_they_bought", 1, PARCELS, "Their old scanners lost every third parcel"),
        draft("customer_commitments", 3, SUCCESS),
    )
)
"""Keeps one as it is and one in other words, leaves out two, finds one more."""


@pytest.fixture
async def source(doors: Doors, database: Database) -> Source:
    return await read_talk(doors, database)


async def test_the_same_extractor_keeps_everything(source: Source) -> None:
    found = await source.rerun(LocalExtractor())
    assert (found.state, found.base_version) == (ProposalState.OPEN, 1)
    assert statements(found.kept) == [SHIP, WHY, SPARE, SUCCESS]
    assert (found.changed, found.gone, found.new) == ((), (), ())


async def test_another_extractor_keeps_drops_and_adds(source: Source) -> None:
    found = await source.rerun(OTHERS)
    assert statements(found.kept) == [SHIP, WHY]
    assert statements(found.gone) == [SPARE, SUCCESS]
    assert [(one.field, one.statement) for one in found.new] == [("customer_commitments", SUCCESS)]
    (changed,) = found.changed
    assert changed.was.statement == WHY
    assert changed.now.statement == "Their old scanners lost every third parcel"
    assert [one.quote for one in changed.now.evidence] == [PARCELS]


async def test_a_proposal_changes_nothing_by_itself(source: Source) -> None:
    before = await source.note()
    run = (await show_source(source.doors, source.reader, str(source.id))).run
    await source.rerun(OTHERS)
    assert await source.note() == before
    assert (await show_source(source.doors, source.reader, str(source.id))).run == run


async def test_acceptance_is_one_more_version(source: Source) -> None:
    before = await source.claims()
    proposed = await source.rerun(OTHERS)
    accepted = await source.accept()
    assert (accepted.state, accepted.by) == (ProposalState.ACCEPTED, "Ana")
    note, after = await source.note(), await source.claims()
    assert note.version == 2
    assert [one.id for one in note.customer_commitments] == [proposed.new[0].id]
    reworded = note.why_they_bought[0]
    assert (reworded.id, reworded.version) == (before[WHY].id, 2)
    assert reworded.evidence[0].quote == PARCELS
    assert after[SHIP] == before[SHIP]
    assert (after[SPARE].state, after[SPARE].version) == ("superseded", 2)
    run = (await show_source(source.doors, source.reader, str(source.id))).run
    assert run is not None
    assert run.extractor == "says"


async def test_what_was_accepted_can_still_be_read(source: Source) -> None:
    open_ = await source.rerun(OTHERS)
    accepted = await source.accept()
    assert [one.id for one in accepted.gone] == [one.id for one in open_.gone]
    assert accepted.changed == open_.changed
    assert [one.id for one in accepted.new] == [one.id for one in open_.new]
    assert await source.proposal() == accepted


async def test_eight_acceptances_at_once_are_one_version(source: Source) -> None:
    await source.rerun(OTHERS)
    answers = await asyncio.gather(*(source.accept() for _ in range(8)))
    assert {one.state for one in answers} == {ProposalState.ACCEPTED}
    assert (await source.note()).version == 2
    assert sorted((await source.states()).values()) == ["active"] * 3 + ["superseded"]


async def test_dismissed_it_leaves_the_note(source: Source) -> None:
    before = await source.note()
    await source.rerun(OTHERS)
    for _ in range(2):
        ended = await dismiss_proposal(source.doors, source.person, str(source.id))
        assert ended.state is ProposalState.DISMISSED
    with pytest.raises(ProposalClosed, match="dismissed"):
        await source.accept()
    assert await source.note() == before


async def test_accepted_it_cannot_be_dismissed(source: Source) -> None:
    await source.rerun(OTHERS)
    await source.accept()
    with pytest.raises(ProposalClosed, match="accepted"):
        await dismiss_proposal(source.doors, source.person, str(source.id))


async def test_a_newer_rerun_takes_the_place_of_an_open_one(source: Source) -> None:
    first = await source.rerun(OTHERS)
    second = await source.rerun(LocalExtractor())
    assert second.id != first.id
    with pytest.raises(ProposalClosed, match="newer proposal"):
        await accept_proposal(source.doors, source.person, str(source.id), proposal_id=first.id)
    assert (await source.note()).version == 1


async def test_a_note_that_changed_meanwhile_makes_it_stale(source: Source) -> None:
    await source.rerun(OTHERS)
    with source.database.connect() as db:
        db.execute("UPDATE app.note SET version = 2 WHERE source_id = %s", [source.id])
    assert (await source.proposal()).state is ProposalState.STALE
    with pytest.raises(ProposalClosed, match="has changed") as refused:
        await source.accept()
    assert "/runs" in refused.value.mend


async def test_turns_that_were_not_read_again_keep_their_claims(source: Source) -> None:
    found = await source.rerun(
        Says((draft("what_was_promised", 0, SHIP, due_text=MARCH),), uncovered_turns=(2, 3))
    )
    assert statements(found.kept) == [SHIP, SPARE, SUCCESS]
    assert statements(found.gone) == [WHY]
    await source.accept()
    assert (await source.note()).absent.keys() == {"why_they_bought", "customer_commitments"}
    assert set((await source.note()).absent.values()) == {"not_discussed"}


async def test_by_the_setting_nobody_is_asked(source: Source) -> None:
    found = await source.rerun(OTHERS, accepts=True)
    assert (found.state, found.by) == (ProposalState.ACCEPTED, None)
    assert (await source.note()).version == 2


@pytest.mark.parametrize(
    "extractor",
    [
        Says(OTHERS.drafts, uncovered_turns=(2,)),
        Says(OTHERS.drafts, notices=(Notice(code="model-unavailable", detail="Rules read it."),)),
    ],
    ids=["partial", "stood in"],
)
async def test_a_rerun_that_is_not_whole_waits_for_a_person(
    source: Source, extractor: Says
) -> None:
    found = await source.rerun(extractor, accepts=True)
    assert (found.state, found.notices) == (ProposalState.OPEN, extractor.notices)
    assert (await source.note()).version == 1


async def test_asked_for_eight_times_it_runs_once(source: Source) -> None:
    assert len(set(await asyncio.gather(*(source.ask() for _ in range(8))))) == 1
    query = (
        "SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'source_id' = %s AND priority < 0"
    )
    with source.database.connect() as db:
        assert db.execute(query, [str(source.id)]).fetchone() == (1,)


async def test_before_it_is_done_there_is_nothing_to_see(source: Source) -> None:
    with pytest.raises(NotFound):
        await source.proposal()
    await source.ask()
    with pytest.raises(NotReady) as waiting:
        await source.proposal()
    assert waiting.value.retry_after_s


async def test_a_stranger_finds_nothing(source: Source) -> None:
    await source.rerun(LocalExtractor())
    stranger = Reader(uuid4())
    with pytest.raises(NotFound):
        await show_proposal(source.doors, stranger, str(source.id))
    with pytest.raises(NotFound):
        await request_rerun(source.doors, stranger, str(source.id), key_id="tests", purse=None)
