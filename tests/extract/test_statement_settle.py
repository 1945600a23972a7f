import datetime as dt

import pytest

from schemas.claim import WHAT_WAS_PROMISED, ClaimState, Due, GroundedClaim, Span
from schemas.source import Side, Turn
from service.extract.statement import settle

TEXT = "Sure. We'll send the plan by Friday. Call Ana on Monday."
TURN = Turn(turn=4, speaker="Ben", side=Side.VENDOR, side_rule="stated", text=TEXT)
FRIDAY = Due(text="by Friday", date=dt.date(2026, 3, 6), rule="weekday")


def claim(statement: str, *, end: int = 36, due: Due | None = None) -> GroundedClaim:
    return GroundedClaim(
        field=WHAT_WAS_PROMISED,
        statement=statement,
        state=ClaimState.ACTIVE,
        confidence=0.7,
        spans=(Span(turn=4, start=6, end=end),),
        due=due,
    )


def test_a_faithful_statement_stays() -> None:
    faithful = claim("The vendor will send the plan by Friday.")
    assert settle(faithful, [TURN]) == faithful


@pytest.mark.parametrize(
    "statement",
    ["The vendor might send it.", "Acme will send the plan.", "The customer will send the plan."],
)
def test_another_gives_way_to_the_quote(statement: str) -> None:
    settled = settle(claim(statement), [TURN])
    assert settled == claim("We'll send the plan by Friday.")


def test_pieces_are_joined_by_a_mark() -> None:
    spans = (Span(turn=4, start=6, end=25), Span(turn=4, start=37, end=55))
    joined = claim("Zed will call.").model_copy(update={"spans": spans})
    assert settle(joined, [TURN]).statement == "We'll send the plan … Call Ana on Monday"


@pytest.mark.parametrize("date", ["2026-03-06", "Friday 6 March 2026"])
def test_a_date_that_a_rule_found_may_stand_in_the_statement(date: str) -> None:
    dated = claim(f"The vendor will send the plan by {date}.", due=FRIDAY)
    assert settle(dated, [TURN]) == dated


@pytest.mark.parametrize(
    ("end", "due"),
    [(36, FRIDAY.model_copy(update={"rule": None})), (25, FRIDAY), (36, None)],
    ids=["no rule", "outside the quote", "no date"],
)
def test_any_other_date_may_not(end: int, due: Due | None) -> None:
    dated = claim("The vendor will send the plan by 2026-03-06.", end=end, due=due)
    assert settle(dated, [TURN]).statement == TEXT[6:end]
