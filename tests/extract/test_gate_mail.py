import pytest

from schemas.claim import Draft, GroundedClaim, Reason, Rejection
from schemas.source import Side, Turn
from service.extract.gate import admit

ANSWERED = "│ We will send the plan by Friday.\n\nGood, we need it on paper.\n> We will come."


def turn(side: Side, *, is_internal: bool = False) -> Turn:
    return Turn(
        turn=0, speaker="A", side=side, side_rule="x", text=ANSWERED, is_internal=is_internal
    )


def judged(found: Turn, field: str, quote: str) -> GroundedClaim | Rejection:
    admission = admit([Draft(field=field, turn=0, quote=quote, statement="")], [found])
    return next(iter(admission.claims or admission.rejected))


def test_a_line_that_is_only_quoted_carries_no_claim() -> None:
    one = judged(turn(Side.VENDOR), "what_was_promised", "We will send the plan by Friday.")
    assert isinstance(one, Rejection)
    assert one.reason is Reason.QUOTED
    own = judged(turn(Side.CUSTOMER), "why_they_bought", "we need it on paper")
    assert isinstance(own, GroundedClaim)
    marked = judged(turn(Side.VENDOR), "what_was_promised", "We will come.")
    assert isinstance(marked, GroundedClaim)


@pytest.mark.parametrize(
    ("side", "field"),
    [(Side.VENDOR, "what_was_promised"), (Side.CUSTOMER, "customer_commitments")],
)
def test_mail_within_one_side_undertakes_nothing(side: Side, field: str) -> None:
    one = judged(turn(side, is_internal=True), field, "we need it on paper")
    assert isinstance(one, Rejection)
    assert one.reason is Reason.INTERNAL
    assert isinstance(judged(turn(side), field, "we need it on paper"), GroundedClaim)


def test_mail_within_the_customer_still_says_why() -> None:
    found = turn(Side.CUSTOMER, is_internal=True)
    assert isinstance(judged(found, "why_they_bought", "we need it on paper"), GroundedClaim)
