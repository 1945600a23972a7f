"""A statement adds nothing to its evidence, or the evidence itself takes its place."""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from schemas.claim import GroundedClaim
from schemas.source import Side, Turn
from service.extract import statement_force as force
from service.extract import statement_numbers as numbers
from service.extract.gate import JOINT
from service.extract.statement_actors import are_actors_kept
from service.extract.statement_names import are_names_kept
from service.extract.statement_signs import Signs
from service.extract.tokens import tokens_of


class Unfaithful(StrEnum):
    """What a statement changes or adds."""

    NUMBER = "number"
    """A number, amount or percentage that is not there, or counts something else."""
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    MODALITY = "modality"
    """Surer, less sure, or done where it is to be done."""
    CONDITION = "condition"
    COMPARISON = "comparison"
    """On another side of its number: at least, at most, under, about, before."""
    ACTOR = "actor"
    SCOPE = "scope"
    """All where it was some; free where it was not."""
    DIRECTION = "direction"
    """A word in the place of its opposite."""


def reasons(
    statement: str,
    evidence: str,
    *,
    resolved: Collection[str] = (),
    side: Side = Side.UNKNOWN,
) -> tuple[Unfaithful, ...]:
    """Everything that the statement changes; `side` is whose "we" the evidence says.

    `resolved` are dates that a rule found there.
    """
    stated, said = Signs(statement), Signs(evidence)
    if stated.keys == said.keys:
        return ()
    dates = frozenset(key for text in resolved for key in tokens_of(text).keys)
    return tuple(_reasons(stated, said, dates=dates, side=side))


def _reasons(
    stated: Signs, said: Signs, *, dates: frozenset[str], side: Side
) -> Iterator[Unfaithful]:
    kept = {
        Unfaithful.NUMBER: numbers.are_numbers_kept(stated, said, dates),
        Unfaithful.DATE: numbers.are_dates_kept(stated, said, dates),
        Unfaithful.NAME: are_names_kept(stated, said),
        Unfaithful.NEGATION: force.is_denial_kept(stated, said),
        Unfaithful.MODALITY: force.is_modality_kept(stated, said),
        Unfaithful.CONDITION: force.is_condition_kept(stated, said),
        Unfaithful.COMPARISON: numbers.are_comparisons_kept(stated, said),
        Unfaithful.ACTOR: are_actors_kept(stated, said, side),
        Unfaithful.SCOPE: force.is_scope_kept(stated, said),
        Unfaithful.DIRECTION: force.is_direction_kept(stated, said),
    }
    return (reason for reason, is_kept in kept.items() if not is_kept)


def settle(claim: GroundedClaim, turns: Sequence[Turn]) -> GroundedClaim:
    """The claim with a statement that adds nothing: its own, or the words it stands on."""
    if not faults(claim, turns):
        return claim
    return claim.model_copy(update={"statement": _evidence(claim, turns)})


def faults(claim: GroundedClaim, turns: Sequence[Turn]) -> tuple[Unfaithful, ...]:
    """Everything that the statement of a claim changes about the words it stands on."""
    evidence = _evidence(claim, turns)
    side = next(turn.side for turn in turns if turn.turn == claim.spans[0].turn)
    return reasons(claim.statement, evidence, resolved=_resolved(claim, evidence), side=side)


def _evidence(claim: GroundedClaim, turns: Sequence[Turn]) -> str:
    by_number = {turn.turn: turn for turn in turns}
    return JOINT.join(by_number[one.turn].text[one.start : one.end] for one in claim.spans)


def _resolved(claim: GroundedClaim, evidence: str) -> tuple[str, ...]:
    """The ways to write the date that a rule found, if its words stand in this very evidence."""
    due = claim.due
    if due is None or due.date is None or due.rule is None:
        return ()
    if tokens_of(due.text).joined not in tokens_of(evidence).joined:
        return ()
    return (due.date.isoformat(), f"{due.date:%A} {due.date.day} {due.date:%B} {due.date.year}")
