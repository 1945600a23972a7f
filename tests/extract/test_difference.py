"""What is the same claim, and what is kept, gone or new."""

from uuid import UUID

import pytest

from schemas.claim import ClaimState, Due, GroundedClaim, Span
from service.extract.difference import Known, are_same, differ, is_changed

WHY, PROMISED = "why_they_bought", "what_was_promised"
A, B, C = (UUID(int=number) for number in (1, 2, 3))


def claim(
    *places: tuple[int, int, int], field: str = WHY, state: ClaimState = ClaimState.ACTIVE
) -> GroundedClaim:
    spans = tuple(Span(turn=turn, start=start, end=end) for turn, start, end in places)
    return GroundedClaim(field=field, statement="x", state=state, confidence=0.5, spans=spans)


def known(id_: UUID, one: GroundedClaim, *, pinned: bool = False) -> Known:
    return Known(id_, one, is_pinned=pinned)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (claim((0, 0, 20)), claim((0, 0, 20)), True),
        (claim((0, 0, 20)), claim((0, 5, 15)), True),
        (claim((0, 0, 20)), claim((0, 10, 30)), True),
        (claim((0, 0, 20)), claim((0, 11, 31)), False),
        (claim((0, 0, 20)), claim((0, 20, 40)), False),
        (claim((0, 0, 20)), claim((1, 0, 20)), False),
        (claim((0, 0, 20)), claim((0, 0, 20), field=PROMISED), False),
        (claim((0, 0, 10), (0, 30, 40)), claim((0, 30, 40)), True),
        (claim((0, 0, 10), (0, 30, 40)), claim((0, 8, 34)), False),
        (claim((0, 0, 400)), claim((0, 390, 392)), True),
    ],
)
def test_the_same_claim(one: GroundedClaim, other: GroundedClaim, *, same: bool) -> None:
    assert (are_same(one, other), are_same(other, one)) == (same, same)


def test_every_claim_has_one_counterpart_and_the_nearest_first() -> None:
    stored = [known(A, claim((0, 0, 20))), known(B, claim((0, 18, 40)))]
    found = [claim((0, 15, 40)), claim((0, 0, 40))]
    difference = differ(stored, found)
    assert difference.kept == {A: 1, B: 0}
    assert (difference.gone, difference.new) == ((), ())


def test_one_found_claim_keeps_one_of_two() -> None:
    stored = [known(A, claim((0, 0, 20))), known(B, claim((0, 20, 45)))]
    difference = differ(stored, [claim((0, 0, 45))])
    assert (dict(difference.kept), difference.gone, difference.new) == ({B: 0}, (A,), ())


def test_two_found_claims_on_one_are_one_kept_and_one_new() -> None:
    difference = differ([known(A, claim((0, 0, 45)))], [claim((0, 0, 20)), claim((0, 20, 45))])
    assert (dict(difference.kept), difference.gone, difference.new) == ({A: 1}, (), (0,))


@pytest.mark.parametrize("state", list(ClaimState))
def test_a_pinned_claim_stays_and_holds_back_its_twin(state: ClaimState) -> None:
    stored = [known(A, claim((0, 0, 20), state=state), pinned=True)]
    assert differ(stored, [claim((0, 0, 20))]).new == ()
    assert dict(differ(stored, []).kept) == {A: None}
    assert differ(stored, []).gone == ()


@pytest.mark.parametrize("state", [ClaimState.SUPERSEDED, ClaimState.RETRACTED])
def test_what_stands_no_more_is_no_part_of_it(state: ClaimState) -> None:
    difference = differ([known(A, claim((0, 0, 20), state=state))], [claim((0, 0, 20))])
    assert (dict(difference.kept), difference.gone, difference.new) == ({}, (), (0,))


def test_what_was_not_read_again_is_not_gone() -> None:
    stored = [
        known(A, claim((0, 0, 9))),
        known(B, claim((1, 0, 9), (2, 0, 9))),
        known(C, claim((3, 0, 9))),
    ]
    difference = differ(stored, [], unread_turns=[2, 3])
    assert (dict(difference.kept), difference.gone) == ({B: None, C: None}, (A,))


@pytest.mark.parametrize(
    ("update", "changed"),
    [
        ({}, False),
        ({"confidence": 0.9}, False),
        ({"statement": "y"}, True),
        ({"promised_to": "Kim"}, True),
        ({"due": Due(text="by May")}, True),
        ({"spans": (Span(turn=0, start=0, end=19),)}, True),
    ],
)
def test_what_a_reader_sees_is_a_change(update: dict[str, object], *, changed: bool) -> None:
    one = claim((0, 0, 20))
    assert is_changed(one, one.model_copy(update=update)) is changed


def test_many_claims_of_one_turn_take_no_time() -> None:
    places = [(0, 10 * number, 10 * number + 10) for number in range(600)]
    stored = [known(UUID(int=at), claim(place)) for at, place in enumerate(places)]
    difference = differ(stored, [claim(place) for place in reversed(places)])
    assert difference.kept == {UUID(int=at): 599 - at for at in range(600)}
