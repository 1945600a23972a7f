"""The ways to say when: patterns with the name of the rule that resolves each."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from service.extract import due_dates as dates

_DAY = (
    r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?-i:(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun))\b\.?)"
)
_MONTH = (
    r"(?P<month>(?:january|february|april|june|july|august|september|october|november|december)\b"
    r"|(?-i:(?:March|May|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\b\.?)"
)
"""Short names, and those that are common words, count only with a capital letter."""
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(dates.COUNTS)})"
_UNIT = r"(?P<unit>day|week|month)s?\b"
_END = r"(?:the )?(?:very )?end of "

Resolver = Callable[[re.Match[str], date], date | None]


class Rule(NamedTuple):
    """One way to say when. Without a resolver the words are known and the date is not."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver | None
    is_relative: bool = True


def _rule(name: str, pattern: str, resolve: Resolver | None, *, relative: bool = True) -> Rule:
    return Rule(name, re.compile(rf"\b(?:{pattern})", re.IGNORECASE), resolve, relative)


_YEAR = r"(?P<year>(?:19|20)\d{2})\b"
_BESIDE = rf"(?:{_DAY},? (?:the )?)?"

RULES = (
    _rule("iso-date", r"(?P<iso>\d{4}-\d{2}-\d{2})\b", dates.iso_date, relative=False),
    _rule("month-end", rf"{_END}{_MONTH}(?:,? {_YEAR})?", dates.month_end),
    _rule("calendar-date", rf"{_BESIDE}{_MONTH} {_NTH},? {_YEAR}", dates.full_date, relative=False),
    _rule(
        "calendar-date",
        rf"{_BESIDE}{_NTH} (?:of )?{_MONTH},? {_YEAR}",
        dates.full_date,
        relative=False,
    ),
    _rule("month-day", rf"{_BESIDE}{_MONTH} {_NTH}(?![\d:%])", dates.month_day),
    _rule("month-day", rf"{_BESIDE}{_NTH} (?:of )?{_MONTH}", dates.month_day),
    _rule(
        "figures",
        rf"(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{_YEAR}",
        dates.figures,
        relative=False,
    ),
    _rule(
        "weekday-figures",
        rf"{_DAY},? (?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})\b(?!/)",
        dates.weekday_figures,
    ),
    _rule("weekday-next-week", rf"{_DAY} (?:of )?next week\b", dates.weekday_next_week),
    _rule("weekday-next-week", rf"next week,? (?:on )?{_DAY}", dates.weekday_next_week),
    _rule("vague", rf"(?:next|the following) {_DAY}", None),
    _rule("days-after", r"(?P<after>the day after )?tomorrow\b", dates.tomorrow),
    _rule("quarter-end", rf"{_END}q(?P<quarter>[1-4])\b(?:,? (?:of )?{_YEAR})?", dates.quarter_end),
    _rule(
        "period-end",
        rf"{_END}(?:(?P<which>this|the|next) )?(?P<period>week|month|quarter|year)\b",
        dates.period_end,
    ),
    _rule(
        "same-day",
        r"(?:the )?end of (?:the )?(?:business |working )?(?:today|day)\b|(?:later )?today\b"
        r"|this (?:morning|afternoon|evening)\b|close of business\b|cob\b|eod\b|right now\b"
        r"|tonight\b",
        dates.same_day,
    ),
    _rule("period-end", r"eo(?P<letter>[wmy])\b", dates.short_end),
    _rule("unit-after", rf"(?:in|within) (?:the next )?{_COUNT} {_UNIT}", dates.after),
    _rule("unit-after", rf"{_COUNT} {_UNIT} (?:from (?:now|today)|later)\b", dates.after),
    _rule(
        "vague",
        rf"(?:in|within) (?:the next )?(?:about |around |roughly )?"
        rf"(?:{_COUNT}(?: (?:to|or) \w{{1,6}}|-\d{{1,3}})?|a (?:few|couple(?: of)?)|several|some)"
        r" (?:business |working )?(?:minute|hour|day|week|month|quarter|year)s?\b",
        None,
    ),
    _rule(
        "vague",
        r"(?:next|this|the (?:next|coming)) "
        r"(?:week|month|quarter|year|spring|summer|fall|autumn|winter)\b",
        None,
    ),
    _rule(
        "vague",
        rf"(?:in|by|next|this|until|early|mid|late)[ -](?:early |mid[- ]|late )?{_MONTH}",
        None,
    ),
    _rule("vague", r"(?:in |by |early |late |mid[- ]?)(?:in )?q[1-4]\b(?: \d{4}\b)?", None),
    _rule(
        "vague",
        r"(?:very )?(?:shortly|soon|asap|as soon as possible|in due course|immediately)\b"
        r"|(?:straight|right) away\b",
        None,
    ),
    _rule("vague", rf"after {_COUNT} (?:days?|weeks?|months?)\b", None),
    _rule(
        "weekday-after",
        rf"(?:this |coming )?{_DAY}(?:(?: at)? \d{{1,2}}(?::\d{{2}})? ?(?:am|pm)?)?",
        dates.weekday,
    ),
)
"""In order of precision: the words that an earlier rule has read, a later one leaves."""
