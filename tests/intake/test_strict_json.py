import pytest

from service.errors import Malformed
from service.intake.strict_json import MAX_DEPTH, loads


def test_depth_at_the_limit_and_one_over() -> None:
    assert loads("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(Malformed, match="64 deep at character 64"):
        loads("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


def test_a_hundred_thousand_brackets_are_refused_before_parsing() -> None:
    with pytest.raises(Malformed, match="deep"):
        loads("[" * 100_000)


def test_brackets_in_strings_are_no_depth() -> None:
    text = "[" * 100 + '\\" ['
    assert loads(f'{{"a": "{text}"}}') == {"a": "[" * 100 + '" ['}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"turns": [{"text": "a\\u0000b"}]}', r"NUL.*turns\[0\]\.text"),
        ('{"turns": [{"text": "a\\ud800b"}]}', r"surrogate.*turns\[0\]\.text"),
        ('{"a\\ud800": 1}', "key of the top"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1e999}', "too large at a"),
        ('{"a": ' + "9" * 5000 + "}", "digits"),
        ('{"a": 1,\n}', "line 2, column 1"),
        ('{"a": "b', "line 1"),
        ('{"a": 1} {"a": 2}', "column 10"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(Malformed, match=place):
        loads(text)


def test_a_surrogate_pair_is_a_character() -> None:
    assert loads('{"a": "\\ud83d\\ude00"}') == {"a": "😀"}
