"""One promise against one clause: holds it, falls short, or says the contrary."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from service.extract.contracts import wording
from service.extract.contracts.clauses import Clause
from service.extract.contracts.figures import Figure
from service.extract.contracts.reading import Force, Reading, term_of
from service.extract.statement_force import is_direction_kept
from service.extract.tokens import tokens_of

LEAST_SHARED = 0.7
"""Of what a promise is about, weighed by rarity, that a clause has to say."""
LEAST_HELD = 0.9
"""As much of it before a clause can hold the promise: a word that is missing may be the point."""
MOST_BESIDE = 1
"""Other words of a clause that has only one word in common with a promise."""
LEAST_OF_CLAUSE = 0.25
"""Of what a clause is about, that the promise has to say before the two can contradict."""


class Outcome(StrEnum):
    """What a clause does to a promise."""

    HOLDS = "holds"
    SHORT = "short"
    AGAINST = "against"


class Why(StrEnum):
    """By which rule."""

    SAME = "same"
    NOT_FOUND = "not-found"
    NO_CONTRACT = "no-contract"
    AMOUNT = "amount"
    DATE = "date"
    DENIED = "denied"
    PRICED = "priced"
    OPTIONAL = "optional"
    PARTY = "party"
    CONDITION = "condition"
    DETAIL = "detail"
    """Some figure, date, name or limit of the promise does not stand in the clause."""
    BOTH_WAYS = "both-ways"
    """One clause holds it, another says the contrary."""


class Finding(NamedTuple):
    """What one clause does to one promise, and why."""

    outcome: Outcome
    why: Why
    shared: float


class Read(NamedTuple):
    """A clause and its reading."""

    clause: Clause
    reading: Reading


def find(promise: Reading, read: Read, weights: Mapping[str, float]) -> Finding | None:
    """None where the clause is about something else, defines a word or limits liability."""
    shared = _shared(promise, read.reading, weights)
    if shared < LEAST_SHARED or _is_noise(read):
        return None
    clause = read.reading
    if promise.names - clause.terms or _is_thin(promise, clause):
        return Finding(Outcome.SHORT, Why.DETAIL, shared)
    against = next(_contraries(promise, clause), None)
    if against:
        is_near = _is_same_thing(promise, clause) and not _extra_conditions(promise, clause)
        return Finding(Outcome.AGAINST if is_near else Outcome.SHORT, against, shared)
    lack = Why.DETAIL if shared < LEAST_HELD else next(_lacks(promise, clause), None)
    if lack:
        return Finding(Outcome.SHORT, lack, shared)
    return Finding(Outcome.HOLDS, Why.SAME, shared)


def _shared(promise: Reading, clause: Reading, weights: Mapping[str, float]) -> float:
    whole = sum(weights[term] for term in promise.terms)
    common = promise.terms & clause.terms
    return sum(weights[term] for term in common) / whole if whole else 0.0


def _is_thin(promise: Reading, clause: Reading) -> bool:
    """One word in common, and the clause names more before its figure: one case of the thing."""
    if len(promise.terms & clause.terms) != 1:
        return False
    alike = (one for own in promise.figures for one in clause.figures if _are_alike(own, one))
    figure = next(alike, None)
    told = Reading(clause.plain[: figure.start]) if figure else clause
    return len(told.terms - promise.terms) > MOST_BESIDE


def _is_noise(read: Read) -> bool:
    told = f"{read.clause.heading} {read.clause.words}"
    return bool(wording.NOISE.search(told) or wording.DEFINES.search(read.clause.text))


def _is_same_thing(promise: Reading, clause: Reading) -> bool:
    """Not a narrower thing, not the travel to it, and not one word among many."""
    rest = frozenset(tokens_of(wording.PRICED.sub("", clause.plain)).keys)
    if (rest - promise.signs.words) & wording.NARROWER:
        return False
    cost = wording.COST_OF.search(clause.plain)
    if cost and term_of(cost[1].lower()) in clause.terms - promise.terms:
        return False
    return len(promise.terms & clause.terms) >= LEAST_OF_CLAUSE * len(clause.terms)


def _contraries(promise: Reading, clause: Reading) -> Iterator[Why]:
    """What the clause says otherwise, the surest first."""
    if _is_denied_here(promise, clause):
        yield Why.DENIED
    if not promise.is_denied and any(
        term_of(deed) in promise.terms for deed in clause.customer_deeds
    ):
        yield Why.PARTY
    if promise.is_free and clause.is_priced and not clause.is_free:
        yield Why.PRICED
    if _is_left_open(promise, clause):
        yield Why.OPTIONAL
    if any(_differs(own, promise, clause) for own in promise.figures) or _caps(promise, clause):
        yield Why.AMOUNT
    if _dates_differ(promise, clause):
        yield Why.DATE


def _is_denied_here(promise: Reading, clause: Reading) -> bool:
    """Whether one denies what the other says, and not some other deed of the same thing."""
    if clause.is_denied == promise.is_denied or clause.has_contrast or promise.has_contrast:
        return False
    return promise.is_about(clause.denied_deeds) and clause.is_about(promise.denied_deeds)


def _is_left_open(promise: Reading, clause: Reading) -> bool:
    is_at_will = clause.force is Force.AT_WILL
    return is_at_will and _is_weaker(promise, clause) and promise.is_about(clause.optional_deeds)


def _is_weaker(promise: Reading, clause: Reading) -> bool:
    return promise.force is Force.BOUND and clause.force is not Force.BOUND


def _differs(own: Figure, promise: Reading, clause: Reading) -> bool:
    """Whether the clause has one figure of this kind, and it is another."""
    alike = [one for one in clause.figures if _are_alike(own, one)]
    if len(alike) != 1 or _rhythms_differ(promise, clause):
        return False
    return not _is_kept(own, alike[0], promise, clause)


def _caps(promise: Reading, clause: Reading) -> bool:
    """A limit where none was to be."""
    if not promise.is_unlimited or clause.is_unlimited:
        return False
    return any(one.kind == "count" and _counted(one) & promise.terms for one in clause.figures)


def _are_alike(own: Figure, other: Figure) -> bool:
    if own.kind != other.kind:
        return False
    return own.kind != "count" or bool(_counted(own) & _counted(other))


def _counted(figure: Figure) -> frozenset[str]:
    return frozenset(term_of(key) for key in tokens_of(figure.of).keys)


def _is_kept(own: Figure, other: Figure, promise: Reading, clause: Reading) -> bool:
    """The same, or better for the customer where both say on which side of it."""
    if own.value == other.value:
        return True
    if clause.is_customers:
        return False
    if _is_more_better(own, other, promise, clause):
        return other.value > own.value
    within = ("within", "up to", "by")
    both = any(_says(own, promise, word) for word in within) and any(
        _says(other, clause, word) for word in within
    )
    return both and own.kind == "hours" and other.value < own.value


def _is_more_better(own: Figure, other: Figure, promise: Reading, clause: Reading) -> bool:
    """Of uptime, and where both say "at least"."""
    if own.kind == "percent" and "uptime" in promise.terms & clause.terms:
        return True
    return _says(own, promise, "at least") and _says(other, clause, "at least")


def _says(figure: Figure, reading: Reading, word: str) -> bool:
    before = reading.plain[max(0, figure.start - 24) : figure.start].lower()
    return f" {word} " in f" {before}"


def _rhythms_differ(promise: Reading, clause: Reading) -> bool:
    return bool(promise.rhythms and clause.rhythms) and not promise.rhythms & clause.rhythms


def _dates_differ(promise: Reading, clause: Reading) -> bool:
    if promise.date is None or clause.date is None:
        return False
    return not _is_date_kept(promise, clause)


def _is_date_kept(promise: Reading, clause: Reading) -> bool:
    if promise.date is None:
        return True
    if clause.date is None:
        return False
    is_deadline = not clause.is_customers and all(
        " by " in f" {one.plain.lower()}" for one in (promise, clause)
    )
    return promise.date == clause.date or (is_deadline and clause.date < promise.date)


def _lacks(promise: Reading, clause: Reading) -> Iterator[Why]:
    """What keeps the clause from holding the promise although nothing is contrary."""
    if promise.is_denied != clause.is_denied or not is_direction_kept(promise.signs, clause.signs):
        yield Why.DENIED
    if clause.customer_deeds:
        yield Why.PARTY
    if _extra_conditions(promise, clause):
        yield Why.CONDITION
    if _is_weaker(promise, clause):
        yield Why.OPTIONAL
    if promise.is_free and not clause.is_free:
        yield Why.PRICED
    if not _is_date_kept(promise, clause):
        yield Why.DATE
    if not all(_stands(own, promise, clause) for own in promise.figures):
        yield Why.DETAIL
    if promise.rhythms - clause.rhythms or (promise.is_unlimited and not clause.is_unlimited):
        yield Why.DETAIL


def _stands(own: Figure, promise: Reading, clause: Reading) -> bool:
    return any(
        _are_alike(own, one) and _is_kept(own, one, promise, clause) for one in clause.figures
    )


def _extra_conditions(promise: Reading, clause: Reading) -> frozenset[str]:
    return clause.signs.conditions - promise.signs.conditions
