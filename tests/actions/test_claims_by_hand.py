"""What a person adds, corrects and retracts: held to the source, and left alone by re-runs."""

import asyncio
import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from live import Database
from rereading import MARCH, SHIP, SIDES, SPARE, SUCCESS, WHY, Says, Source, draft, read_talk

from schemas.claim import Reason
from schemas.claim_forms import ClaimChange, ClaimForm
from schemas.note import Claim, Promise
from schemas.source import Side, StatedParticipant
from schemas.upload import ParticipantForm, SourceChange
from service.actions.amending import amend_source
from service.actions.claim_views import show_claim
from service.actions.claiming import WHY as TOLD
from service.actions.claiming import add_claim
from service.actions.correcting import correct_claim
from service.actions.extraction import LocalExtractor
from service.actions.files import VendorNames
from service.actions.people import Person
from service.actions.showing import Reader
from service.db.doors import Doors
from service.errors import ClaimRejected, NotFound, VersionClash

LOST = "the old scanners lost every third parcel"
HAND = "no driver types a number by hand"


@pytest.fixture
async def source(doors: Doors, database: Database) -> Source:
    return await read_talk(doors, database)


async def add(source: Source, **said: Any) -> Claim:
    form = ClaimForm.model_validate({"source_id": str(source.id), **said})
    return await add_claim(source.doors, source.person, form)


async def correct(source: Source, claim: Claim, **said: Any) -> Claim:
    change = ClaimChange.model_validate({"version": claim.version, **said})
    return await correct_claim(source.doors, source.person, claim.id, change)


async def test_an_added_claim_stands_in_the_note(source: Source) -> None:
    said = "No driver types a number by hand"
    made = await add(source, field="why_they_bought", turn=3, quote=HAND, statement=said, by="Ana")
    assert (made.statement, made.pinned, made.version, made.confidence) == (said, True, 1, 1.0)
    assert made.evidence[0].quote == HAND
    assert (await source.claims())[said] == made
    assert (await source.note()).version == 1


async def test_an_added_promise_has_its_date(source: Source) -> None:
    made = await add(
        source,
        field="what_was_promised",
        turn=0,
        quote="second batch of forty scanners by the end of March",
        due_text="END of march",
        promised_to="Kim",
    )
    assert isinstance(made, Promise)
    assert (made.promised_by, made.promised_to, made.promise_state) == ("Dana", "Kim", "open")
    assert made.due is not None
    assert made.due.text == "end of March"


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"quote": "lost every fourth parcel"}, "quote", "not-found"),
        ({"turn": 3}, "turn", "wrong-turn"),
        ({"turn": 9}, "turn", "no-such-turn"),
        ({"quote": "third parcel"}, "quote", "too-short"),
        ({"field": "what_was_promised"}, "field", "wrong-side"),
        ({"field": "mood"}, "field", "unknown-field"),
        ({"statement": "They lost 40 % of their parcels"}, "statement", "number"),
        ({"promised_to": "Kim"}, "field", "Only promises"),
        ({"quote": WHY}, "quote", "duplicate"),
        (
            {"field": "customer_commitments", "turn": 3, "quote": HAND, "due_text": "in May"},
            "due_text",
            "not-found",
        ),
    ],
)
async def test_what_does_not_stand_there_is_refused(
    source: Source, said: dict[str, Any], field: str, why: str
) -> None:
    before = await source.note()
    good = {"field": "why_they_bought", "turn": 1, "quote": LOST}
    with pytest.raises(ClaimRejected, match=why) as refused:
        await add(source, **(good | said))
    assert refused.value.field == field
    assert await source.note() == before


def test_every_reason_of_the_gate_is_told() -> None:
    assert TOLD.keys() == set(Reason) - {Reason.DUPLICATE}


async def test_eight_at_once_are_one_claim(source: Source) -> None:
    said = {"field": "why_they_bought", "turn": 3, "quote": HAND}
    answers = await asyncio.gather(*(add(source, **said) for _ in range(8)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == ["Claim"] + ["ClaimRejected"] * 7


async def test_a_correction_is_a_version_and_says_who_and_why(source: Source) -> None:
    claim = (await source.claims())[WHY]
    changed = await correct(source, claim, statement="Their old scanners lost every third parcel")
    assert (changed.version, changed.pinned) == (2, True)
    record = await show_claim(source.doors, source.reader, claim.id)
    assert record.claim == changed
    (change,) = record.changes
    assert (change.version, change.rule, change.by) == (2, "person", "Ana")
    assert (change.comment, change.before["statement"]) == ("Heard it myself.", WHY)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("They bought it because the old scanners lost every parcel but 3", "number"),
        ("The old scanners never lost a parcel", "negation"),
        ("The old scanners might have lost every third parcel", "modality"),
        ("The scanners of Honeywell lost every third parcel", "name"),
    ],
)
async def test_a_statement_that_adds_something_is_refused(
    source: Source, statement: str, why: str
) -> None:
    with pytest.raises(ClaimRejected, match=why):
        await correct(source, (await source.claims())[WHY], statement=statement)
    assert (await source.claims())[WHY].version == 1


async def test_of_eight_corrections_at_once_one_is_taken(source: Source) -> None:
    claim = (await source.claims())[WHY]
    answers = await asyncio.gather(
        *(correct(source, claim, state="retracted") for _ in range(8)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in answers) == ["Claim"] + ["VersionClash"] * 7
    with pytest.raises(VersionClash, match="at version 2, not 1"):
        await correct(source, claim, state="active")


async def test_retracted_and_back_again(source: Source) -> None:
    claim = (await source.claims())[SPARE]
    gone = await correct(source, claim, state="retracted")
    assert (gone.state, gone.version) == ("retracted", 2)
    back = await correct(source, gone, state="active")
    assert (back.state, back.version) == ("active", 3)


async def test_a_retracted_field_is_absent_again(source: Source) -> None:
    await correct(source, (await source.claims())[SUCCESS], state="retracted")
    assert "success_in_their_words" in (await source.note()).absent


async def test_nothing_said_is_no_version(source: Source) -> None:
    claim = (await source.claims())[WHY]
    assert await correct(source, claim, statement=WHY, state="active") == claim


async def test_nobody_makes_active_what_nobody_is_known_to_have_said(
    doors: Doors, database: Database
) -> None:
    source = await read_talk(doors, database, participants=())
    claim = (await source.claims())[WHY]
    assert claim.state == "unattributed"
    with pytest.raises(ClaimRejected, match="whose side"):
        await correct(source, claim, state="active")


async def test_a_due_date_is_of_the_words_or_of_a_person(source: Source) -> None:
    claim = (await source.claims())[SHIP]
    day = dt.date(2026, 3, 30)
    named = await correct(source, claim, due_date=day, promised_to="Kim")
    assert isinstance(named, Promise)
    assert named.due is not None
    assert (named.due.text, named.due.date, named.due.rule) == (f"{MARCH}", day, "stated")
    assert named.promised_to == "Kim"
    cleared = await correct(source, named, due_text=None, promised_to=None)
    assert isinstance(cleared, Promise)
    assert (cleared.due, cleared.promised_to) == (None, None)
    with pytest.raises(ClaimRejected, match="needs the words"):
        await correct(source, cleared, due_date=day)
    with pytest.raises(ClaimRejected, match="must stand in the turn"):
        await correct(source, cleared, due_text="on Monday")
    with pytest.raises(ClaimRejected, match="Only promises"):
        await correct(source, (await source.claims())[WHY], due_text=MARCH)


async def test_a_day_that_a_person_named_stays_when_the_call_is_dated(source: Source) -> None:
    claim = (await source.claims())[SHIP]
    await correct(source, claim, due_date=dt.date(2026, 3, 30))
    change = SourceChange(occurred_at=dt.datetime(2025, 3, 3, tzinfo=dt.UTC))
    nobody = VendorNames(domains=(), names=())
    await amend_source(source.doors, source.reader, str(source.id), change, vendor=nobody)
    after = (await source.claims())[SHIP]
    assert isinstance(after, Promise)
    assert after.due is not None
    assert after.due.date == dt.date(2026, 3, 30)


async def test_corrections_survive_an_accepted_rerun(source: Source) -> None:
    before = await source.claims()
    reworded = await correct(source, before[WHY], statement="Old scanners lost every third parcel")
    retracted = await correct(source, before[SPARE], state="retracted")
    added = await add(source, field="why_they_bought", turn=3, quote=HAND)
    found = await source.rerun(LocalExtractor())
    assert (found.changed, found.gone, found.new) == ((), (), ())
    assert {one.id: one.pinned for one in found.kept}[retracted.id]
    await source.accept()
    kept = {claim.id: claim for claim in (await source.claims()).values()}
    assert [kept[one.id] for one in (reworded, retracted, added)] == [reworded, retracted, added]


async def test_what_is_corrected_after_a_rerun_is_not_undone_by_it(source: Source) -> None:
    others = Says((draft("why_they_bought", 1, LOST), draft("why_they_bought", 3, HAND)))
    assert len((await source.rerun(others)).gone) == 3
    claims = await source.claims()
    kept = await correct(source, claims[SPARE], promised_to="Kim")
    await correct(source, claims[WHY], state="retracted")
    accepted = await source.accept()
    assert [one.statement for one in accepted.gone] == [SHIP, SUCCESS]
    states = await source.states()
    assert (states[SPARE], states[WHY], states[HAND]) == ("active", "retracted", "active")
    assert (await source.claims())[SPARE] == kept


async def test_sides_that_a_person_stated_stay(doors: Doors, database: Database) -> None:
    source = await read_talk(doors, database, participants=())
    stated = [ParticipantForm(name=one.name, side=one.side) for one in SIDES]
    change = SourceChange(participants=tuple(stated))
    nobody = VendorNames(domains=(), names=())
    await amend_source(source.doors, source.reader, str(source.id), change, vendor=nobody)
    found = await source.rerun(LocalExtractor())
    assert (found.changed, found.gone, found.new) == ((), (), ())
    assert {one.evidence[0].side for one in found.kept} == {Side.CUSTOMER, Side.VENDOR}


async def test_a_rule_leaves_what_stood_before_too(doors: Doors, database: Database) -> None:
    source = await read_talk(doors, database, participants=())
    claim = (await source.claims())[WHY]
    change = SourceChange(participants=(ParticipantForm(name="Kim", side=Side.CUSTOMER),))
    nobody = VendorNames(domains=(), names=())
    await amend_source(source.doors, source.reader, str(source.id), change, vendor=nobody)
    (made,) = (await show_claim(source.doors, source.reader, claim.id)).changes
    assert (made.version, made.rule, made.by) == (2, "amended", None)
    assert made.before == {"state": "unattributed"}


async def test_a_side_corrected_after_a_rerun_counts(source: Source) -> None:
    await source.rerun(
        Says((draft("why_they_bought", 3, HAND), draft("what_was_promised", 0, SHIP)))
    )
    other_way = (
        StatedParticipant(name="Dana", side=Side.CUSTOMER),
        StatedParticipant(name="Kim", side=Side.VENDOR),
    )
    forms = tuple(ParticipantForm(name=one.name, side=one.side) for one in other_way)
    nobody = VendorNames(domains=(), names=())
    change = SourceChange(participants=forms)
    await amend_source(source.doors, source.reader, str(source.id), change, vendor=nobody)
    assert (await source.proposal()).new == ()


async def test_a_stranger_finds_no_claim(source: Source) -> None:
    claim = (await source.claims())[WHY]
    stranger = Person(uuid4(), "tests")
    change = ClaimChange(version=1, state="retracted")
    form = ClaimForm(source_id=str(source.id), field="why_they_bought", turn=1, quote=LOST)
    for call in (
        show_claim(source.doors, Reader(stranger.workspace_id), claim.id),
        correct_claim(source.doors, stranger, claim.id, change),
        add_claim(source.doors, stranger, form),
    ):
        with pytest.raises(NotFound):
            await call
