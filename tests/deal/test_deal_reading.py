from datetime import date
from decimal import Decimal

import pytest

from service.deal.amounts import amounts_of
from service.deal.days import days_of
from service.deal.words import stem
from service.extract.tokens import tokens_of

MONDAY = date(2026, 2, 2)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("it costs $12,000", "dollar", Decimal(12_000)),
        ("it costs $12k", "dollar", Decimal(12_000)),
        ("twelve thousand dollars", "dollar", Decimal(12_000)),
        ("40 euros a month", "euro per month", Decimal(40)),
        ("a 99.5% uptime", "percent", Decimal("99.5")),
        ("twenty-five seats", "seat", Decimal(25)),
        ("two hundred full licences", "full", Decimal(200)),
        ("12,5 Prozent", "percent", Decimal("12.5")),
        ("open at 10:30", "", "10:30"),
        ("we report weekly", "period", "weekly"),
    ],
)
def test_an_amount_has_a_value_and_what_it_counts(text: str, kind: str, value: object) -> None:
    assert amounts_of(tokens_of(text).keys) == {kind: {value}}


@pytest.mark.parametrize("text", ["phase 2 is done", "not 30 days", "instead of 30 days", "v3"])
def test_a_name_and_what_held_before_are_no_amounts(text: str) -> None:
    assert amounts_of(tokens_of(text).keys) == {}


@pytest.mark.parametrize(
    ("text", "dates", "old", "loose"),
    [
        ("live by March 3", {date(2026, 3, 3)}, set(), 0),
        ("moved from March 3 to June 9", {date(2026, 6, 9)}, {date(2026, 3, 3)}, 0),
        ("on March 20 instead of March 6", {date(2026, 3, 20)}, {date(2026, 3, 6)}, 0),
        ("after March 3", set(), set(), 1),
        ("next month", set(), set(), 1),
        ("as soon as possible", set(), set(), 0),
        ("within four hours", set(), set(), 0),
        ("on February 30", set(), set(), 1),
    ],
)
def test_days_that_hold_and_days_that_held(
    text: str, dates: set[date], old: set[date], loose: int
) -> None:
    found = days_of(text, said_on=MONDAY, is_undertaking=True)
    assert (found.dates, found.old, len(found.loose)) == (dates, old, loose)


def test_in_a_goal_a_length_is_no_day() -> None:
    assert days_of("in five days", said_on=MONDAY, is_undertaking=False).dates == frozenset()
    assert days_of("in five days", said_on=MONDAY, is_undertaking=True).dates == {date(2026, 2, 7)}


def test_forms_of_a_word_share_a_stem() -> None:
    assert stem("migration") == stem("migrate")
    assert stem("fees") == stem("fee")
    assert stem("launch") == stem("live")
    assert stem("import") != stem("export")
