import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import WHAT_WAS_PROMISED, WHY_THEY_BOUGHT, Draft
from schemas.source import Side, Turn
from service.extract.windows import Indivisible, Window, cost_of, cut_windows, merge, split


def turns(*sizes: int) -> tuple[Turn, ...]:
    return tuple(
        Turn(turn=at, speaker="Ana", side=Side.CUSTOMER, side_rule="stated", text="word " * size)
        for at, size in enumerate(sizes)
    )


def draft(quote: str, statement: str = "", field: str = WHAT_WAS_PROMISED) -> Draft:
    return Draft(field=field, turn=3, quote=quote, statement=statement)


def test_one_window_where_all_fits() -> None:
    all_turns = turns(5, 5, 5)
    (window,) = cut_windows(all_turns, budget_tokens=sum(map(cost_of, all_turns)))
    assert window.turns == all_turns


def test_nothing_to_read_is_no_window() -> None:
    assert cut_windows((), budget_tokens=100) == ()


def test_neighbours_share_turns() -> None:
    ten = turns(*[10] * 10)
    windows = cut_windows(ten, budget_tokens=5 * cost_of(ten[0]), overlap_turns=2)
    assert [window.numbers for window in windows] == [
        (0, 1, 2, 3, 4),
        (3, 4, 5, 6, 7),
        (6, 7, 8, 9),
    ]


def test_a_turn_over_the_budget_stands_alone() -> None:
    windows = cut_windows(turns(5, 5, 500, 5, 5), budget_tokens=100)
    assert [window.numbers for window in windows] == [(0, 1), (2,), (3, 4)]


@given(
    sizes=st.lists(st.integers(0, 60), max_size=40),
    budget=st.integers(1, 300),
    overlap=st.integers(0, 6),
)
def test_every_turn_is_read_in_order_within_the_budget(
    sizes: list[int], budget: int, overlap: int
) -> None:
    all_turns = turns(*sizes)
    windows = cut_windows(all_turns, budget_tokens=budget, overlap_turns=overlap)
    ends = [-1, *(window.numbers[-1] for window in windows)]
    assert {number for window in windows for number in window.numbers} == set(range(len(sizes)))
    for before, window in zip(ends, windows, strict=False):
        assert list(window.numbers) == list(range(window.numbers[0], window.numbers[-1] + 1))
        assert before - overlap < window.numbers[0] <= before + 1 <= window.numbers[-1]
        assert len(window.turns) == 1 or sum(map(cost_of, window.turns)) <= budget


@pytest.mark.parametrize("size", range(2, 40))
def test_halves_are_smaller_and_lose_nothing(size: int) -> None:
    window = Window(turns(*[1] * size))
    first, second = split(window)
    assert {*first.numbers, *second.numbers} == set(range(size))
    assert max(len(first.turns), len(second.turns)) < size


def test_long_halves_share_four_turns() -> None:
    first, second = split(Window(turns(*[1] * 40)))
    assert (first.numbers[-1], second.numbers[0]) == (19, 16)


def test_one_turn_has_no_halves() -> None:
    with pytest.raises(Indivisible):
        split(Window(turns(9)))


def test_the_same_quote_of_a_shared_turn_stands_once_with_the_longer_statement() -> None:
    short, long = draft("We ship on Friday.", "Ships."), draft("we SHIP on friday", "They ship it.")
    other = draft("We ship on Friday.", field=WHY_THEY_BOUGHT)
    assert merge([[short, other], [long]]) == (long, other)
    assert merge([[long], [short]]) == (long,)


def test_a_quote_inside_a_longer_one_is_left_to_the_gate() -> None:
    short, long = draft("We ship on Friday"), draft("We ship on Friday, all of it")
    assert merge([[short], [long]]) == (short, long)
