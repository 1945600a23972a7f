import itertools
import random
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from evals.merging.cases import claim
from schemas.claim import WHAT_WAS_PROMISED, ClaimState
from schemas.merged import Change, Merged, Said, Standing
from service.deal.merging import merge

START = datetime(2026, 2, 2, 9, tzinfo=UTC)


def said(
    name: str,
    text: str,
    *,
    days: int | None = 0,
    who: str = "Dana",
    source: str = "",
    turn: int = 0,
) -> Said:
    at = None if days is None else START + timedelta(days=days)
    found = claim(
        name, WHAT_WAS_PROMISED, source or f"s{name}", at=at, turn=turn, who=who, text=text
    )
    return Said(deal="deal", claim=found)


def by_id(*claims: Said, **options: date) -> dict[str, Merged]:
    return {one.id: one for one in merge(claims, **options).claims}


LIVE = said("a", "We'll have you live by March 3.")
MOVED = said("b", "Go-live has moved to June 9.", days=18, who="Lee")


def test_said_five_times_is_one_claim_with_five_spans() -> None:
    text = "We will migrate all your customer records by March 3."
    found = by_id(*(said(name, text, days=day) for day, name in enumerate("abcde")))
    assert list(found) == ["a"]
    assert [one.evidence[0].source_id for one in found["a"].said] == ["sa", "sb", "sc", "sd", "se"]


def test_what_moved_says_what_it_replaced_when_and_by_whom() -> None:
    found = by_id(LIVE, MOVED)
    (step,) = found["b"].replaces
    assert (step.claim, step.change, step.by_claim, step.by) == ("a", Change.MOVED, "b", "Lee")
    assert step.at == START + timedelta(days=18)
    assert (found["a"].standing, found["b"].standing) == (Standing.SUPERSEDED, Standing.ACTIVE)
    assert found["a"].claim.evidence[0].quote == "We'll have you live by March 3."
    assert found["a"].replaced_by is not None
    assert found["a"].replaced_by.claim == "b"


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 2, 19), {"a": Standing.ACTIVE}),
        (date(2026, 2, 20), {"a": Standing.SUPERSEDED, "b": Standing.ACTIVE}),
        (date(2026, 2, 1), {}),
    ],
)
def test_a_day_has_what_had_been_said_by_then(day: date, standing: dict[str, Standing]) -> None:
    assert {name: one.standing for name, one in by_id(LIVE, MOVED, as_of=day).items()} == standing


def test_what_has_no_day_is_named_and_left_out_of_a_days_view() -> None:
    undated = said("u", "We will host your data in Ghent.", days=None)
    found = merge([LIVE, undated], as_of=date(2026, 3, 1))
    assert [one.id for one in found.claims] == ["a"]
    assert found.undated == ("u",)
    assert [one.id for one in merge([LIVE, undated]).claims] == ["a", "u"]


def test_without_days_nothing_is_later() -> None:
    found = by_id(
        said("a", "The base package has 30 seats.", days=None),
        said("b", "The base package now has 40 seats.", days=None),
    )
    assert {one.standing for one in found.values()} == {Standing.CONTESTED}
    assert (found["a"].contradicts, found["b"].contradicts) == (("b",), ("a",))


def test_later_in_one_undated_call_is_later() -> None:
    found = by_id(
        said("b", "The base package now has 40 seats.", days=None, source="call", turn=7),
        said("a", "The base package has 30 seats.", days=None, source="call", turn=2),
    )
    assert found["a"].replaced_by is not None
    assert found["b"].standing is Standing.ACTIVE


def test_what_was_wrong_is_retracted_and_not_superseded() -> None:
    found = by_id(
        said("a", "We support offline mode on tablets."),
        said("b", "I was wrong: we do not support offline mode on tablets.", days=1),
    )
    assert found["a"].standing is Standing.RETRACTED


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (ClaimState.RETRACTED, Standing.RETRACTED),
        (ClaimState.SUPERSEDED, Standing.SUPERSEDED),
        (ClaimState.UNATTRIBUTED, None),
    ],
)
def test_what_a_person_decided_stays(state: ClaimState, standing: Standing | None) -> None:
    changed = LIVE.claim.model_copy(update={"state": state})
    found = by_id(Said(deal="deal", claim=changed))
    assert [one.standing for one in found.values()] == ([standing] if standing else [])


def test_a_retracted_claim_joins_no_other() -> None:
    wrong = LIVE.claim.model_copy(update={"state": ClaimState.RETRACTED})
    found = by_id(Said(deal="deal", claim=wrong), said("c", "We'll have you live by March 3."))
    assert {name: one.standing for name, one in found.items()} == {
        "a": Standing.RETRACTED,
        "c": Standing.ACTIVE,
    }


def test_a_persons_words_speak_for_a_merged_claim() -> None:
    pinned = LIVE.claim.model_copy(update={"pinned": True})
    later = said("c", "We'll have you live by March 3, 2026.", days=1)
    found = by_id(Said(deal="deal", claim=pinned), later)
    assert found["a"].claim.id == "a"
    assert found["a"].claim.pinned
    assert len(found["a"].said) == 2


def test_a_change_that_fits_two_matters_replaces_neither() -> None:
    found = by_id(
        said("a", "We will start the pilot on April 6."),
        said("b", "We will review the pilot on April 20."),
        said("c", "The pilot has moved to May 4.", days=7),
    )
    assert {one.standing for one in found.values()} == {Standing.ACTIVE}


def test_near_vectors_back_shared_words_and_make_nothing_the_same_alone() -> None:
    claims = [
        said("a", "We will host the archive data."),
        said("b", "We will host the archive data through winter nights.", days=1),
        said("c", "Drivers get new badges.", days=1),
    ]
    assert len(merge(claims).claims) == 3
    near = np.ones((3, 3), dtype=np.float32)
    found = merge(claims, similarity=near).claims
    assert [[one.id for one in each.said] for each in found] == [["a", "b"], ["c"]]


def test_the_order_of_arrival_is_nothing() -> None:
    claims = [
        LIVE,
        MOVED,
        said("c", "We'll have you live by June 9.", days=20),
        said("d", "We will host your data in Ghent."),
        said("e", "We will host your data in Ghent.", days=None),
    ]
    first = merge(claims)
    assert all(merge(order) == first for order in itertools.permutations(claims))


def test_every_claim_is_in_exactly_one() -> None:
    chance = random.Random(4)  # noqa: S311 - no secret: a made-up deal
    things = ["the gate", "the scanner app", "a price list", "the audit export"]
    claims = [
        said(f"{at:03}", f"We will deliver {chance.choice(things)} by May {chance.randint(1, 9)}.")
        for at in range(80)
    ]
    found = [one.id for merged in merge(claims).claims for one in merged.said]
    assert sorted(found) == [one.claim.id for one in claims]
