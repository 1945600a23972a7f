import pytest

from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    SUCCESS_IN_THEIR_WORDS,
    WHAT_WAS_PROMISED,
    WHY_THEY_BOUGHT,
    Admission,
    ClaimState,
    Draft,
    Due,
    Reason,
)
from schemas.source import Side, Turn
from service.extract.gate import admit

CUSTOMER, VENDOR, UNKNOWN = Side.CUSTOMER, Side.VENDOR, Side.UNKNOWN
TEXTS = (
    (CUSTOMER, "Ana", "We lost 40 orders in May. That is why we looked at you."),
    (VENDOR, "Ben", "We will ship it by Friday, and then we train your team in June."),
    (CUSTOMER, "Ana", "Yes please."),
    (UNKNOWN, None, "We will send the signed order on Monday."),
)
TURNS = tuple(
    Turn(turn=at, speaker=speaker, side=side, side_rule="stated", text=text)
    for at, (side, speaker, text) in enumerate(TEXTS)
)


def draft(quote: str, turn: int = 1, field: str = WHAT_WAS_PROMISED, **more: str) -> Draft:
    return Draft(field=field, turn=turn, quote=quote, **({"statement": ""} | more))


def words(admission: Admission) -> list[str]:
    spans = [span for claim in admission.claims for span in claim.spans]
    return [TURNS[span.turn].text[span.start : span.end] for span in spans]


def reason(proposed: Draft) -> Reason:
    (rejection,) = admit([proposed], TURNS).rejected
    assert rejection.quote == proposed.quote
    return rejection.reason


def test_a_quote_stands_on_its_span() -> None:
    admission = admit([draft("“we will SHIP it, by friday”")], TURNS)
    assert words(admission) == ["We will ship it by Friday"]
    assert admission.rejected == ()


@pytest.mark.parametrize(
    ("quote", "turn", "expected"),
    [
        ("We will ship it by Monday", 1, Reason.NOT_FOUND),
        ("We will not ship it by Friday", 1, Reason.NOT_FOUND),
        ("We will ship it train your team", 1, Reason.NOT_FOUND),
        ("We will ship it by Friday", 0, Reason.WRONG_TURN),
        ("We will ship it ... train your team", 0, Reason.WRONG_TURN),
        ("We will ship it by Friday", 9, Reason.NO_SUCH_TURN),
        ("We will ship it by Friday", -1, Reason.NO_SUCH_TURN),
        ("by Friday", 1, Reason.TOO_SHORT),
        ("Yes please", 1, Reason.TOO_SHORT),
        ("", 1, Reason.TOO_SHORT),
        ("…", 1, Reason.TOO_SHORT),
        ("That is why we looked at you", 0, Reason.WRONG_SIDE),
        ("train your team … We will ship it", 1, Reason.BAD_JOIN),
        ("We will … train your team", 1, Reason.BAD_JOIN),
        ("We will ship it ... ship it by Friday", 1, Reason.BAD_JOIN),
        ("We will ship ... by Friday ... train your team", 1, Reason.NOT_FOUND),
        ("x" * 2_001, 1, Reason.TOO_LONG),
    ],
)
def test_every_refusal_has_its_reason(quote: str, turn: int, expected: Reason) -> None:
    (rejection,) = admit([draft(quote, turn)], TURNS).rejected
    assert rejection.reason is expected


def test_a_long_statement_is_refused_and_the_rest_is_kept() -> None:
    drafts = [draft("We will ship it", statement="s" * 2_001), draft("We will ship it by Friday")]
    admission = admit(drafts, TURNS)
    assert [rejection.reason for rejection in admission.rejected] == [Reason.TOO_LONG]
    assert words(admission) == ["We will ship it by Friday"]


def test_a_refused_quote_is_listed_no_longer_than_the_limit() -> None:
    (rejection,) = admit([draft("long " * 1_000)], TURNS).rejected
    assert len(rejection.quote) == 2_000


def test_two_pieces_joined_by_an_ellipsis_are_two_spans() -> None:
    admission = admit([draft("We will ship it … we train your team")], TURNS)
    assert words(admission) == ["We will ship it", "we train your team"]
    assert admission.claims[0].statement == "We will ship it … we train your team"


def test_a_short_quote_stands_where_it_is_the_whole_turn() -> None:
    admission = admit([draft("yes, please", 2, WHY_THEY_BOUGHT)], TURNS)
    assert words(admission) == ["Yes please"]


def test_a_source_s_own_ellipsis_stays_one_span() -> None:
    turn = TURNS[1].model_copy(update={"text": "We will… well, ship it"})
    (claim,) = admit([draft("we will ... well ship it")], [turn]).claims
    assert len(claim.spans) == 1


@pytest.mark.parametrize("field", [WHY_THEY_BOUGHT, SUCCESS_IN_THEIR_WORDS, CUSTOMER_COMMITMENTS])
def test_a_customer_field_needs_a_customer_s_turn(field: str) -> None:
    assert reason(draft("We will ship it by Friday", 1, field)) is Reason.WRONG_SIDE
    assert admit([draft("We lost 40 orders", 0, field)], TURNS).claims[0].state == "active"


@pytest.mark.parametrize("field", [WHY_THEY_BOUGHT, WHAT_WAS_PROMISED, "risks"])
def test_an_unknown_side_is_kept_as_unattributed(field: str) -> None:
    proposed = draft("We will send the signed order", 3, field)
    (claim,) = admit([proposed], TURNS, fields=[field]).claims
    assert claim.state is ClaimState.UNATTRIBUTED


@pytest.mark.parametrize(("quote", "turn"), [("We lost 40 orders", 0), ("We will ship it", 1)])
def test_a_field_of_the_workspace_s_own_may_come_from_any_side(quote: str, turn: int) -> None:
    assert admit([draft(quote, turn, "risks")], TURNS, fields=["risks"]).claims
    assert reason(draft(quote, turn, "risks")) is Reason.UNKNOWN_FIELD


def test_the_same_field_on_the_same_span_is_kept_once() -> None:
    again = [
        draft("We will ship it"),
        draft("we will ship it!"),
        draft("We will ship it by Friday"),
    ]
    admission = admit(again, TURNS)
    assert [rejection.reason for rejection in admission.rejected] == [Reason.DUPLICATE]
    assert len(admission.claims) == 2


@pytest.mark.parametrize("statement", ["", "  ", "we will ship it"])
def test_a_statement_that_adds_nothing_is_read_from_the_source(statement: str) -> None:
    (claim,) = admit([draft("we will ship it", statement=statement)], TURNS).claims
    assert claim.statement == "We will ship it"


def test_a_statement_of_its_own_is_kept() -> None:
    (claim,) = admit([draft("we will ship it", statement=" Ships. ")], TURNS).claims
    assert claim.statement == "Ships."


def test_a_promise_says_by_whom_to_whom_and_until_when() -> None:
    proposed = draft("We will ship it", due_text="BY friday", promised_to="Ana")
    (claim,) = admit([proposed], TURNS).claims
    assert (claim.promised_by, claim.promised_to) == ("Ben", "Ana")
    assert claim.due == Due(text="by Friday")


def test_a_due_date_that_was_not_said_is_dropped() -> None:
    (claim,) = admit([draft("We will ship it", due_text="by Monday")], TURNS).claims
    assert claim.due is None


def test_a_reason_has_nobody_who_promised_it() -> None:
    proposed = draft("We lost 40 orders", 0, WHY_THEY_BOUGHT, due_text="in May")
    (claim,) = admit([proposed], TURNS).claims
    assert (claim.promised_by, claim.promised_to, claim.due) == (None, None, None)


def test_of_two_places_the_first_that_denies_nothing_is_taken() -> None:
    text = "I said we will not pay for the hosting. Now pay for the hosting, please."
    turn = TURNS[1].model_copy(update={"text": text})
    (claim,) = admit([draft("pay for the hosting")], [turn]).claims
    assert claim.spans[0].start == text.index("pay for the hosting, please")
