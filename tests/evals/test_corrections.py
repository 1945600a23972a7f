"""What people have corrected becomes a case that is read like any other."""

from pathlib import Path

import pytest
from live import Database
from rereading import SPARE, WHY, Source, read_talk

from evals.extraction import cases
from evals.suite.corrections import as_case, file_name
from evals.suite.making import FREE, Reads
from evals.suite.reading import read_locally
from evals.suite.scoring import scores
from schemas.claim import FIELDS, WHAT_WAS_PROMISED, WHY_THEY_BOUGHT
from schemas.claim_forms import ClaimChange, ClaimForm
from service.actions.claiming import add_claim
from service.actions.corrected import list_corrected
from service.actions.correcting import correct_claim
from service.db.doors import Doors

HAND = "no driver types a number by hand"


@pytest.fixture
async def source(doors: Doors, database: Database) -> Source:
    return await read_talk(doors, database)


async def test_what_nobody_touched_is_not_exported(source: Source) -> None:
    assert await list_corrected(source.doors, source.person.workspace_id) == ()


async def test_corrections_become_a_case_with_items_and_traps(
    source: Source, tmp_path: Path
) -> None:
    told = {"source_id": str(source.id), "field": WHY_THEY_BOUGHT, "turn": 3, "quote": HAND}
    await add_claim(source.doors, source.person, ClaimForm.model_validate(told))
    wrong = (await source.claims())[SPARE]
    change = ClaimChange(version=wrong.version, state="retracted")
    await correct_claim(source.doors, source.person, wrong.id, change)
    (subject,) = await list_corrected(source.doors, source.person.workspace_id)
    (tmp_path / file_name(subject)).write_text(as_case(subject), encoding="utf-8")
    (case,) = cases.read(tmp_path)
    assert [turn.text for turn in case.turns] == [turn.text for turn in subject.turns]
    assert [turn.side for turn in case.turns] == [turn.side for turn in subject.turns]
    assert {field: len(case.traps[field]) for field in FIELDS if case.traps[field]} == {
        WHAT_WAS_PROMISED: 1
    }
    counted = {f: sum(not one.is_borderline for one in case.items[f]) for f in FIELDS}
    assert counted == dict.fromkeys(FIELDS, 0) | {WHY_THEY_BOUGHT: 1}
    read = await Reads(read_locally, FREE).document(case)
    assert scores([read]).traps == (1, 1)


async def test_a_claim_that_nobody_touched_counts_neither_way(
    source: Source, tmp_path: Path
) -> None:
    claim = (await source.claims())[WHY]
    change = ClaimChange(version=claim.version, state="retracted")
    await correct_claim(source.doors, source.person, claim.id, change)
    (subject,) = await list_corrected(source.doors, source.person.workspace_id)
    (tmp_path / file_name(subject)).write_text(as_case(subject), encoding="utf-8")
    read = await Reads(read_locally, FREE).document(*cases.read(tmp_path))
    found = scores([read])
    assert found.claims > 1
    assert sum(score.tally.wrong for score in found.fields.values()) == 1
