"""What is told before anything is sent is no less than what the ledger then holds."""

import pytest
from live import Database
from read_by_model import ONE_TURN, PRICE, context_for, desk, honest, parts
from scripted_model import scripted

from prompts.render import load_prompt
from schemas.source import Side, Turn
from service.actions.estimating import Estimated, estimate_reading
from service.actions.model_extraction import Terms
from service.actions.spending import Purse
from service.db import turn_rows
from service.db.doors import Doors
from service.llm.fault import Usage

TALK = parts("", "", "", "")
SMALL = context_for(ONE_TURN)


def turns(*texts: str) -> list[Turn]:
    return [
        Turn(
            turn=number,
            speaker="Kim Halloran",
            side=Side.CUSTOMER,
            side_rule="stated",
            start_s=None,
            end_s=None,
            sent_at=None,
            text=text,
        )
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(("context_tokens", "calls"), [(128_000, 1), (SMALL, 4)])
async def test_the_ledger_holds_no_more_than_was_told(
    doors: Doors, database: Database, context_tokens: int, calls: int
) -> None:
    """A provider that does not say what it counted leaves each row at its own estimate."""
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "nousage", context_tokens=context_tokens) as at:
            source_id = await at.send(TALK)
            async with doors.workspace_transaction(at.here) as tx:
                told = estimate_reading(
                    await turn_rows.list_turns(tx, at.here, source_id, limit=None),
                    Terms(context_tokens=context_tokens),
                )
            await at.read(source_id)
            run = at.run(source_id)
    assert (told.calls, run["calls"]) == (calls, calls)
    assert told.usage.tokens_out == run["tokens_out"]
    # A digit is a token, a letter a third of one: a tag that is drawn costs no more than was told.
    tags = load_prompt().data.count("$tag") * 16
    assert 0 <= told.usage.tokens_in - run["tokens_in"] <= tags * calls
    assert run["cost_usd"] <= PRICE.cost(told.usage)


async def test_a_run_costs_what_its_rows_do(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, context_tokens=SMALL, timeout_s=60) as at:
            source_id = await at.send(TALK)
            await at.read(source_id)
            run = at.run(source_id)
            query = """SELECT count(*), sum(tokens_in), sum(tokens_out), sum(cost_usd)
                FROM app.spend WHERE run_id = %s AND settled_at IS NOT NULL"""
            rows = at.row(query, run["id"])
    assert rows == (run["calls"], run["tokens_in"], run["tokens_out"], run["cost_usd"])
    assert (rows[1], rows[2]) == tuple(map(sum, zip(*provider.billed, strict=True)))


async def test_money_that_ends_in_the_middle_leaves_what_is_paid(
    doors: Doors, database: Database
) -> None:
    told = estimate_reading(turns(*TALK.splitlines()), Terms(context_tokens=SMALL))
    budget = PRICE.cost(told.usage) / 2
    half = Purse(PRICE, run_usd=budget)
    with scripted(honest) as provider:
        async with desk(
            doors, database, provider, "nousage", purse=half, context_tokens=SMALL
        ) as at:
            source_id = await at.send(TALK)
            await at.read(source_id)
            run, notices = at.run(source_id), at.notices(source_id)
    assert (run["outcome"], run["calls"]) == ("partial", len(provider.asked))
    assert 0 < run["cost_usd"] <= budget
    assert run["uncovered_turns"] != []
    assert "budget-exhausted" in notices


def test_the_same_turns_cost_the_same() -> None:
    said = turns("We need it by May.", "Mail me: kim@halloran.example")
    assert estimate_reading(said, Terms()) == estimate_reading(said, Terms())


def test_names_that_are_taken_out_are_counted_as_what_stands_for_them() -> None:
    said, names = turns("Kim Halloran asked Kim Halloran."), ["Kim Halloran"]
    plain = estimate_reading(said, Terms(), names=names)
    hidden = estimate_reading(said, Terms(redacts_names=True), names=names)
    assert hidden.usage.tokens_in > plain.usage.tokens_in


def test_nothing_costs_nothing() -> None:
    assert estimate_reading([], Terms()) == Estimated(0, Usage())
