import pytest

from prompts.render import load_prompt
from prompts.tokens import estimate
from schemas.source import Side, Turn
from service.extract.plan import LEAST_REPLY, SCHEMA, most_reply, plan, recipe, window_budget
from service.extract.windows import Window

PROMPT = load_prompt()


def turns(count: int, words: int = 10) -> list[Turn]:
    return [
        Turn(turn=at, speaker="Kim", side=Side.CUSTOMER, side_rule="stated", text="word " * words)
        for at in range(count)
    ]


def numbers(windows: tuple[Window, ...]) -> list[tuple[int, ...]]:
    return [window.numbers for window in windows]


@pytest.mark.parametrize("context_tokens", [4_096, 8_192, 32_768, 128_000])
def test_prompt_and_reply_fit_into_the_model(context_tokens: int) -> None:
    budget = window_budget(PROMPT, context_tokens=context_tokens)
    assert budget > 0
    for window in plan(turns(3_000, 20), set(range(3_000)), budget_tokens=budget):
        went_in = estimate(PROMPT.system) + estimate(PROMPT.user(window.turns, "0" * 16)) + SCHEMA
        assert went_in + most_reply(went_in) <= context_tokens


def test_a_call_of_two_hours_is_one_window() -> None:
    two_hours = turns(900, 20)  # 18,000 words, at 150 a minute
    budget = window_budget(PROMPT, context_tokens=128_000)
    assert len(plan(two_hours, set(range(900)), budget_tokens=budget)) == 1


@pytest.mark.parametrize(("went_in", "cap"), [(0, LEAST_REPLY), (20_000, 3_000)])
def test_a_reply_is_a_share_of_what_went_in(went_in: int, cap: int) -> None:
    assert most_reply(went_in) == cap


def test_new_turns_are_shown_with_a_little_before_them() -> None:
    assert numbers(plan(turns(20), {10, 18, 19}, budget_tokens=10_000)) == [
        (6, 7, 8, 9, 10, 14, 15, 16, 17, 18, 19)
    ]


def test_what_came_before_is_bounded_in_tokens_too() -> None:
    assert numbers(plan(turns(5, 400), {4}, budget_tokens=10_000)) == [(3, 4)]
    assert numbers(plan(turns(5, 4_000), {4}, budget_tokens=10_000)) == [(4,)]


def test_no_window_without_anything_new() -> None:
    assert numbers(plan(turns(20), {19}, budget_tokens=25)) == [(19,)]
    assert plan(turns(3), set(), budget_tokens=100) == ()


def test_the_same_question_has_the_same_recipe() -> None:
    two = turns(2)
    other_side = [two[0], two[1].model_copy(update={"side": Side.VENDOR})]
    made = [
        recipe(Window(tuple(shown)), PROMPT, model=model)
        for shown, model in ((two, "m"), (two, "m"), (two, "n"), (two[:1], "m"), (other_side, "m"))
    ]
    assert made[0] == made[1]
    assert len(set(made)) == 4
