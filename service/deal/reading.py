"""A claim as merging compares it: its matter, its days and amounts, and how it is said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from schemas.claim import CUSTOMER_COMMITMENTS, WHAT_WAS_PROMISED, ClaimState
from schemas.merged import Said
from schemas.note import Claim, Promise
from service.deal.amounts import Amounts, amounts_of, is_label, is_old
from service.deal.days import Days, days_of, with_due
from service.deal.words import (
    BARE,
    CORRECTIONS,
    DIRECTIONS,
    LIGHT,
    MOVES,
    MOVING_PHRASES,
    ORDINALS,
    SELF,
    WEAK,
    stem,
)
from service.extract.gate_gaps import Gap, gaps_of
from service.extract.statement_numbers import comparisons_of
from service.extract.statement_signs import Signs, is_number
from service.extract.statement_words import PERIODS
from service.extract.tokens import tokens_of

MATTERLESS = BARE | PERIODS
UNDERTAKINGS = (WHAT_WAS_PROMISED, CUSTOMER_COMMITMENTS)


@dataclass(frozen=True)
class Reading:
    """One claim, read once; comparing two of them reads no text."""

    said: Said
    claim: Claim
    at: datetime | None
    """When it was said."""
    day: date | None
    place: tuple[str, int, int]
    """Where it first stands."""
    matter: frozenset[str]
    """Stems of the words that say what it is about."""
    names: frozenset[str]
    """Those of them that are written as names."""
    days: Days
    amounts: Amounts
    signs: Signs
    is_denied: bool
    is_weak: bool
    is_move: bool
    """It says itself that something was otherwise before."""
    is_correction: bool
    is_personal: bool
    """Somebody speaks for themselves alone."""
    conditions: frozenset[str]
    bounds: Mapping[str, set[str]]
    """On which side of its numbers it stays: at least, at most."""
    directions: frozenset[str]
    """Words that have an opposite."""
    speakers: frozenset[str]

    @property
    def is_standing(self) -> bool:
        """Whether it counts for others: a person's retraction takes it out of all merging."""
        return self.claim.state in {ClaimState.ACTIVE, ClaimState.SUPERSEDED}


def read(said: Said, *, people: Collection[str]) -> Reading:
    """Read one claim; `people` are words of speakers' names, which are no part of the matter."""
    claim = said.claim
    undertaken = claim.field in UNDERTAKINGS
    on = claim.stated_at.date() if claim.stated_at else None
    days = days_of(claim.statement, said_on=on, is_undertaking=undertaken)
    if isinstance(claim, Promise):
        days = with_due(days, claim.due)
    signs = Signs(days.rest)
    matter = _matter(signs, people)
    return Reading(
        said=said,
        claim=claim,
        at=claim.stated_at,
        day=on,
        place=min((one.source_id, one.turn, one.start) for one in claim.evidence),
        matter=frozenset(matter.values()),
        names=_names(signs, matter),
        days=days,
        amounts=amounts_of(signs.keys),
        signs=signs,
        is_denied=_is_denied(signs),
        is_weak=bool(signs.words & WEAK.get(signs.language, frozenset())),
        is_move=_is_move(signs.keys, signs.words) or bool(days.old),
        is_correction=not signs.words.isdisjoint(CORRECTIONS),
        is_personal=_is_personal(claim, signs),
        conditions=signs.conditions,
        bounds=comparisons_of(signs),
        directions=signs.words & DIRECTIONS,
        speakers=frozenset(one.speaker for one in claim.evidence if one.speaker),
    )


def _is_personal(claim: Claim, signs: Signs) -> bool:
    """By the quotes: a statement may call the speaker by another name."""
    if all(one.quote == claim.statement for one in claim.evidence):
        return not signs.words.isdisjoint(SELF)
    return any(not SELF.isdisjoint(tokens_of(one.quote).keys) for one in claim.evidence)


def people_in(claims: Collection[Said]) -> frozenset[str]:
    """Words of the names of everybody who spoke or was promised something."""
    names = {one.speaker for said in claims for one in said.claim.evidence if one.speaker}
    for said in claims:
        if isinstance(said.claim, Promise):
            names |= {said.claim.promised_by or "", said.claim.promised_to or ""}
    return frozenset(key for name in names for key in tokens_of(name).keys)


def _matter(signs: Signs, people: Collection[str]) -> dict[int, str]:
    """By place, the stems of words that say what it is about; a named number is one of them."""
    found: dict[int, str] = {}
    for at, key in enumerate(signs.keys):
        if key in MATTERLESS or key in people:
            continue
        if is_number(key) and key not in ORDINALS:
            if is_label(signs.keys, at):
                found[at] = f"{signs.keys[at - 1]} {key}"
        elif key[0].isalpha() and (word := stem(key)) not in LIGHT:
            found[at] = word
    return found


def _names(signs: Signs, matter: dict[int, str]) -> frozenset[str]:
    """Words with a capital letter where no sentence starts."""
    tokens, gaps = signs.tokens, gaps_of(signs.text, signs.tokens)
    return frozenset(
        word
        for at, word in matter.items()
        if at
        and gaps[at] not in {Gap.HARD, Gap.ITEM}
        and not signs.text[tokens.starts[at] : tokens.ends[at]].islower()
    )


def _is_denied(signs: Signs) -> bool:
    """Whether the matter is denied, and not only the number that held before."""
    keys = signs.keys
    about_numbers = {
        at
        for at in signs.negations
        if any(is_number(key) and is_old(keys, place) for place, key in _next(keys, at))
    }
    return signs.is_denied and (not signs.negations or about_numbers != set(signs.negations))


def _next(keys: Sequence[str], at: int) -> list[tuple[int, str]]:
    return list(enumerate(keys))[at + 1 : at + 3]


def _is_move(keys: Sequence[str], words: frozenset[str]) -> bool:
    if not words.isdisjoint(MOVES):
        return True
    return not {"all", "longer", "more", "mehr"}.isdisjoint(words) and any(
        pair in MOVING_PHRASES for pair in pairwise(keys)
    )
