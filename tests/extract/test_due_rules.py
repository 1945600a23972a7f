from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract import due

SAID_ON = date(2026, 11, 18)
"""A Wednesday."""

RESOLVED = [
    ("by Friday", date(2026, 11, 20), "weekday-after"),
    ("on monday", date(2026, 11, 23), "weekday-after"),
    ("Friday at 10am", date(2026, 11, 20), "weekday-after"),
    ("Friday next week", date(2026, 11, 27), "weekday-next-week"),
    ("next week on Tuesday", date(2026, 11, 24), "weekday-next-week"),
    ("tomorrow", date(2026, 11, 19), "days-after"),
    ("the day after tomorrow", date(2026, 11, 20), "days-after"),
    ("this afternoon", date(2026, 11, 18), "same-day"),
    ("by end of day", date(2026, 11, 18), "same-day"),
    ("in two weeks", date(2026, 12, 2), "unit-after"),
    ("within 3 days", date(2026, 11, 21), "unit-after"),
    ("three months from now", date(2027, 2, 18), "unit-after"),
    ("by March 3", date(2027, 3, 3), "month-day"),
    ("on the 3rd of December", date(2026, 12, 3), "month-day"),
    ("November 18", date(2026, 11, 18), "month-day"),
    ("Friday, November 20", date(2026, 11, 20), "month-day"),
    ("June 9, 2026", date(2026, 6, 9), "calendar-date"),
    ("9 June 2026", date(2026, 6, 9), "calendar-date"),
    ("2026-12-01", date(2026, 12, 1), "iso-date"),
    ("25/12/2026", date(2026, 12, 25), "figures"),
    ("Thu 11/19", date(2026, 11, 19), "weekday-figures"),
    ("by the end of Q1", date(2027, 3, 31), "quarter-end"),
    ("end of Q1 2028", date(2028, 3, 31), "quarter-end"),
    ("end of the month", date(2026, 11, 30), "period-end"),
    ("end of next month", date(2026, 12, 31), "period-end"),
    ("end of the quarter", date(2026, 12, 31), "period-end"),
    ("by EOW", date(2026, 11, 20), "period-end"),
    ("end of February", date(2027, 2, 28), "month-end"),
]

UNRESOLVED = [
    ("03/04/2026", "two ways to read it"),
    ("next Friday", "this week's or the one after"),
    ("Wednesday", "said on a Wednesday: today or in a week"),
    ("Thursday or Friday", "two dates"),
    ("end of June, early July", "two times"),
    ("after Friday", "not the Friday"),
    ("around March 3", "not that day"),
    ("before March 3", "not that day"),
    ("Friday, March 3", "that day is no Friday"),
    ("February 30", "no such day"),
    ("next month", "no day in it"),
    ("in a couple of weeks", "how many?"),
    ("within five business days", "holidays are not known"),
    ("in three to four weeks", "a range"),
    ("shortly", "no day at all"),
    ("we may sit in the sun", "no time at all"),
]


@pytest.mark.parametrize(("text", "expected", "rule"), RESOLVED)
def test_plain_words_resolve_by_a_named_rule(text: str, expected: date, rule: str) -> None:
    found = due.resolve(text, said_on=SAID_ON)
    assert (found.text, found.date, found.rule) == (text, expected, rule)


@pytest.mark.parametrize(("text", "why"), UNRESOLVED)
def test_nothing_is_guessed(text: str, why: str) -> None:
    found = due.resolve(text, said_on=SAID_ON)
    assert (found.text, found.date, found.rule) == (text, None, None), why


def test_without_a_day_of_saying_only_full_dates_resolve() -> None:
    assert due.resolve("by Friday", said_on=None).date is None
    assert due.resolve("March 3", said_on=None).rule is None
    assert due.resolve("by June 9, 2026", said_on=None).date == date(2026, 6, 9)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("I'll send it by Friday, promised.", "by Friday"),
        ("You get it in two weeks.", "in two weeks"),
        ("Coming shortly.", "shortly"),
        ("It goes live no later than March 3.", "no later than March 3"),
        ("We may march on and sit in the sun.", None),
    ],
)
def test_time_words_are_found_as_they_stand(sentence: str, words: str | None) -> None:
    assert due.words(sentence) == words


@given(st.text(max_size=200), st.dates())
def test_any_text_comes_back_unchanged(text: str, said_on: date) -> None:
    found = due.resolve(text, said_on=said_on)
    assert found.text == text
    assert (found.date is None) == (found.rule is None)


@given(st.sampled_from([text for text, _, _ in RESOLVED]), st.dates())
def test_a_deadline_without_a_year_is_never_in_the_past(text: str, said_on: date) -> None:
    found = due.resolve(text, said_on=said_on)
    if found.date and "20" not in text and "25/" not in text:
        assert found.date >= said_on
