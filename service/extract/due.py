"""Find the words that say when, and resolve the plain ones to a date by a named rule; never guess.

`docs/extraction.md` lists the rules. What no rule resolves keeps its words, without a date.
"""

import re
from datetime import date
from typing import NamedTuple

from schemas.claim import Due
from service.extract.due_rules import RULES, Rule

MOST = 64
"""Earlier matches that are looked at for an overlap: a text of nothing but dates stays linear."""
LEAD = re.compile(
    r"\b(?:no later than|likely by|by|before|until|till|on|for|in|within) (?:the )?$", re.IGNORECASE
)
BLURRED = re.compile(
    r"\b(?:after|since|before|last|past|early|late|mid|around|about|roughly|approximately|from|or|"
    r"maybe|previous)[ -](?:on |by |the ){0,2}$",
    re.IGNORECASE,
)
"""Words that move a date away from what it names: then there are words and no date."""


HINT = re.compile(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august"
    r"|(?:sept|octo|novem|decem)|tomorrow|today|tonight|next|this|the (?:following|coming|end)"
    r"|end of|now\b|soon|shortly|asap|immediate|course|away|later|after|close of"
    r"|\b(?:cob|eo[dwmy])\b"
    r"|\b(?:in|within|by|until|early|mid|late)\b|(?-i:March|May|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|an?) (?:day|week|month)",
    re.IGNORECASE,
)
"""Without one of these no rule finds anything: most sentences are spared all of them."""


class Found(NamedTuple):
    """Time words in a text."""

    rule: Rule
    match: re.Match[str]


def words(text: str) -> str | None:
    """The first time words of the text as they stand there, with the "by" before them."""
    found = times_in(text)
    if not found:
        return None
    first = min(found, key=lambda each: each.match.start())
    lead = LEAD.search(text, max(0, first.match.start() - 16), first.match.start())
    return text[lead.start() if lead else first.match.start() : first.match.end()]


def resolve(text: str, *, said_on: date | None) -> Due:
    """The date that the words name, where exactly one rule and one date come out."""
    found = times_in(text)
    dates = {_date(each, text, said_on) for each in found}
    if len(dates) != 1 or (only := dates.pop()) is None:
        return Due(text=text)
    return Due(text=text, date=only, rule=found[0].rule.name)


def times_in(text: str) -> list[Found]:
    """Matches of all rules, the earlier rule keeping the words that two of them claim."""
    found: list[Found] = []
    if not HINT.search(text):
        return found
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            if not any(_overlaps(match, other.match) for other in found[-MOST:]):
                found.append(Found(rule, match))
    return found


def _overlaps(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _date(found: Found, text: str, said_on: date | None) -> date | None:
    start = found.match.start()
    if BLURRED.search(text, max(0, start - 16), start):
        return None
    return date_of(found, said_on=said_on)


def date_of(found: Found, *, said_on: date | None) -> date | None:
    """The date that the words name by themselves, whatever stands before them."""
    rule, match = found
    if rule.resolve is None or (said_on is None and rule.is_relative):
        return None
    try:
        return rule.resolve(match, said_on or date.min)
    except (ValueError, OverflowError):  # no such day: "February 30", or past the calendar's end
        return None
