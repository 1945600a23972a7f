"""Whether a mail belongs to a thread whose ids it does not name: by subject, people and time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from schemas.source import Parsed
from service.intake.freemail import FREE_MAIL
from service.intake.mail import subjects

WITHIN = timedelta(days=14)
"""How far from the messages of a thread one may lie that names none of them."""
_LEAST_COMMON = 2


class Thread(NamedTuple):
    """What is known of a thread: its people, and when its messages were sent."""

    emails: frozenset[str]
    first: datetime | None
    last: datetime | None


def joins(parsed: Parsed, thread: Thread) -> bool:
    """The subject is the same; the rest has to leave no other customer in question."""
    return _is_near(parsed, thread) and _is_among(_emails(parsed), thread.emails)


def _is_near(parsed: Parsed, thread: Thread) -> bool:
    """Within the time, and the later one of the two is marked as an answer."""
    sent = parsed.occurred_at
    if sent is None or thread.first is None or thread.last is None:
        return False
    if not thread.first - WITHIN <= sent <= thread.last + WITHIN:
        return False
    return subjects.is_reply(parsed.title) or sent < thread.first


def _emails(parsed: Parsed) -> frozenset[str]:
    return frozenset(one.email.casefold() for one in parsed.participants if one.email)


def _is_among(people: frozenset[str], known: frozenset[str]) -> bool:
    """Two known people of two companies, and nobody of a company that is not in the thread."""
    common = people & known
    has_both = len(_companies(common)) >= _LEAST_COMMON
    return has_both and _companies(people) <= _companies(known)


def _companies(emails: Iterable[str]) -> frozenset[str]:
    """A domain; behind free mail, each address stands for itself."""
    domains = ((one, one.rpartition("@")[2]) for one in emails)
    return frozenset(one if domain in FREE_MAIL else domain for one, domain in domains)
