from hypothesis import given
from hypothesis import strategies as st

from service.embed.batches import batches


@given(st.lists(st.integers(0, 300)))
def test_every_text_is_in_one_batch_within_the_budget(lengths: list[int]) -> None:
    made = list(batches(lengths, budget=512))
    assert sorted(row for rows in made for row in rows) == list(range(len(lengths)))
    for rows in made:
        assert len(rows) * max(lengths[row] for row in rows) <= 512


def test_a_text_over_the_budget_stands_alone() -> None:
    assert list(batches([600, 3, 700], budget=512)) == [[1], [0], [2]]
