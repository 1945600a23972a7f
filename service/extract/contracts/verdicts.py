"""Every promise against every clause: in the contract, not in it, or contradicted; no I/O."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import log
from typing import NamedTuple

from schemas.claim import ContractStatus, Span
from schemas.source import Turn
from service.extract.contracts import wording
from service.extract.contracts.clauses import Clause, cut
from service.extract.contracts.comparing import Finding, Outcome, Read, Why, find
from service.extract.contracts.reading import Reading

RARE_SHARE = 5
"""A word in more than one of so many clauses is common."""
RARE_LEAST = 2
LONG_MEANING = 60
"""Words from which a definition is too long to be put in the place of its word."""

MOST_DEFINED = 200
"""Definitions that are looked for in every clause."""


class Promise(NamedTuple):
    """A promise as it was said: its statement, where it stands, the day of saying."""

    text: str
    spans: tuple[Span, ...]
    said_on: date | None = None


class Contract(NamedTuple):
    """One contract, order form or SOW of the deal, by its reference."""

    ref: str
    turns: Sequence[Turn]


class Verdict(NamedTuple):
    """What the contracts say about a promise; `contract` is empty where they say nothing."""

    status: ContractStatus
    why: Why
    promise: tuple[Span, ...]
    ref: str = ""
    contract: tuple[Span, ...] = ()


class _Match(NamedTuple):
    finding: Finding
    ref: str
    clause: Clause


def judge(promises: Sequence[Promise], contracts: Sequence[Contract]) -> tuple[Verdict, ...]:
    """A verdict for each promise, in their order; the order of the contracts does not matter."""
    if not contracts:
        return tuple(
            Verdict(ContractStatus.NO_CONTRACT, Why.NO_CONTRACT, one.spans) for one in promises
        )
    by_ref = {one.ref: _read(one) for one in sorted(contracts, key=lambda one: one.ref)}
    return tuple(_verdict(one, by_ref) for one in promises)


def _read(contract: Contract) -> list[Read]:
    clauses = cut(contract.turns)
    meanings = _meanings(clauses)
    return [_in_full(one, meanings) for one in clauses]


def _meanings(clauses: Sequence[Clause]) -> Mapping[str, tuple[str, Clause]]:
    """Defined words of two or more parts, with what they mean and where."""
    found: dict[str, tuple[str, Clause]] = {}
    for clause in clauses:
        match = wording.DEFINES.search(clause.text)
        if match and " " in match[1]:
            meaning = clause.text[match.end() :].strip(" .;")
            if meaning.count(" ") < LONG_MEANING and len(found) < MOST_DEFINED:
                found[match[1]] = (meaning, clause)
    return found


def _in_full(clause: Clause, meanings: Mapping[str, tuple[str, Clause]]) -> Read:
    """A clause with the meaning of the defined words in it; both places are shown."""
    used = [
        (meaning, place)
        for word, (meaning, place) in meanings.items()
        if word in clause.words and place is not clause
    ]
    told = " ".join([clause.words, *(f"({meaning})" for meaning, _ in used)])
    spans = dict.fromkeys(
        span for each in (clause, *(place for _, place in used)) for span in each.spans
    )
    return Read(clause._replace(spans=tuple(spans)), Reading(told))


def _verdict(promise: Promise, by_ref: Mapping[str, list[Read]]) -> Verdict:
    reading = Reading(promise.text, promise.said_on)
    matches = [match for ref, reads in by_ref.items() for match in _matches(reading, ref, reads)]
    best = {
        outcome: max(of, key=lambda one: one.finding.shared)
        for outcome in Outcome
        if (of := [one for one in matches if one.finding.outcome is outcome])
    }
    return _weighed(promise, best)


def _weighed(promise: Promise, best: Mapping[Outcome, _Match]) -> Verdict:
    """In doubt it is not in the contract: also where the contract says both."""
    holds, against = best.get(Outcome.HOLDS), best.get(Outcome.AGAINST)
    if holds and against:
        return _shown(promise, against, ContractStatus.NOT_IN, why=Why.BOTH_WAYS)
    if holds:
        return _shown(promise, holds, ContractStatus.IN)
    if against:
        return _shown(promise, against, ContractStatus.CONTRADICTS)
    if short := best.get(Outcome.SHORT):
        return _shown(promise, short, ContractStatus.NOT_IN)
    return Verdict(ContractStatus.NOT_IN, Why.NOT_FOUND, promise.spans)


def _shown(
    promise: Promise, match: _Match, status: ContractStatus, *, why: Why | None = None
) -> Verdict:
    return Verdict(status, why or match.finding.why, promise.spans, match.ref, match.clause.spans)


def _matches(promise: Reading, ref: str, reads: Sequence[Read]) -> list[_Match]:
    common = Counter(term for one in reads for term in one.reading.terms & promise.terms)
    weights = {term: log(1 + len(reads) / (common[term] + 0.5)) for term in promise.terms}
    rare = {term for term in common if common[term] <= max(RARE_LEAST, len(reads) // RARE_SHARE)}
    return [
        _Match(finding, ref, one.clause)
        for one in reads
        if one.reading.terms & rare and (finding := find(promise, one, weights))
    ]
