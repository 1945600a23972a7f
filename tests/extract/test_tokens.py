# ruff: noqa: RUF001 - characters that look alike are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.gate_characters import classes_of
from service.extract.tokens import tokens_of


def keys(text: str) -> list[str]:
    return tokens_of(text).keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We WILL ship", "we will   ship!"),
        ("we’ll pay", "we'll pay"),
        ("a single-tenant copy", "a single tenant copy"),
        ("a single–tenant copy", "a single—tenant copy"),
        ("at 30.", "at 30"),
        ("5 %", "5%"),
        ("$ 5", "$5"),
        ("5 €", "5€"),
        ("−5", "-5"),
        ("10-15", "10 – 15"),
        ("cafe\u0301", "café"),
        ("Straße", "STRASSE"),
        ("great 👍🏽 idea", "great idea"),
        ("the “premium” plan", "the 'premium' plan"),
        ("first line\n> second line", "first line second line"),
        ("and/or", "and or"),
    ],
)
def test_what_stands_between_tokens_is_free(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.5", "35"),
        ("3.5", "3 5"),
        ("-5", "5"),
        ("+5", "5"),
        (".5", "5"),
        ("$5", "5"),
        ("$5", "€5"),
        ("5%", "5"),
        ("5%", "5‰"),
        ("1,000", "1000"),
        ("1,000", "1.000"),
        ("10:30", "10.30"),
        ("1/2", "12"),
        ("2½", "2"),
        ("we'll", "well"),
        ("won't", "wont"),
        ("де", "дe"),
        ("pay", "p\u0430y"),
        ("we will", "we\u200b will"),
        ("deliver", "de\u00adliver"),
        ("می‌خواهم", "میخواهم"),
        (">95%", "<95%"),
        ("résumé", "resume"),
        ("C++", "C"),
    ],
)
def test_a_changed_token_is_another_token(one: str, other: str) -> None:
    assert keys(one) != keys(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PO-48213 v2", ["po", "48213", "v", "2"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("customers' needs", ["customers", "needs"]),
        ("5-10 days", ["5", "10", "days"]),
        ("US$5k", ["us", "$5", "k"]),
        ("-$5 and $-5", ["-$5", "and", "$-5"]),
        ("5 $30", ["5", "$30"]),
        ("5 € 30 Tage", ["5€", "30", "tage"]),
        ("1’000 francs", ["1'000", "francs"]),
        ("三月发货", ["三", "月", "发", "货"]),
        ("บริษัท", ["บ", "ริ", "ษั", "ท"]),
        ("다음 주에 보내겠습니다", ["다음", "주에", "보내겠습니다"]),
        ("", []),
        ("… — !? 👩‍💻", []),
    ],
)
def test_hard_edges(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "weight"), [("one two 3", 6), ("发货三月前", 5), ("> % $ €", 0), ("ab 三月", 4)]
)
def test_weight_counts_words_twice_and_unspaced_letters_once(text: str, weight: int) -> None:
    assert tokens_of(text).weight == weight


@given(st.text())
def test_there_is_one_class_for_each_code_point(text: str) -> None:
    assert len(classes_of(text)) == len(text)


@given(st.text())
def test_tokens_stand_in_order_and_never_overlap(text: str) -> None:
    tokens = tokens_of(text)
    edges = [edge for pair in zip(tokens.starts, tokens.ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(start < end for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert len(tokens.keys) == len(tokens.starts)


@given(st.text())
def test_no_key_holds_the_edge_between_keys(text: str) -> None:
    tokens = tokens_of(text)
    assert tokens.joined.strip("\n").split("\n") == (tokens.keys or [""])
