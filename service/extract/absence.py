"""Say why a field has no claims: an empty list alone would not tell silence from failure."""

from collections.abc import Collection, Sequence

from schemas.claim import FIELDS, WHAT_WAS_PROMISED, Absence, ClaimState, GroundedClaim
from schemas.source import Side, Turn
from service.extract.local.asks import ASKED_BY, asked
from service.extract.local.sentences import split

STANDING = frozenset({ClaimState.ACTIVE, ClaimState.UNATTRIBUTED})


def absences(
    turns: Sequence[Turn],
    claims: Sequence[GroundedClaim],
    *,
    uncovered_turns: Collection[int] = (),
) -> dict[str, Absence]:
    """For each built-in field without a standing claim, the first reason that holds."""
    present = {claim.field for claim in claims if claim.state in STANDING}
    return {
        field: _reason(field, turns, uncovered_turns) for field in FIELDS if field not in present
    }


def _reason(field: str, turns: Sequence[Turn], uncovered: Collection[int]) -> Absence:
    if uncovered:
        return Absence.NOT_READ
    if _nobody_known(field, turns):
        return Absence.SPEAKER_UNKNOWN
    if _was_asked(field, turns):
        return Absence.ASKED_NOT_ANSWERED
    return Absence.NOT_DISCUSSED


def _nobody_known(field: str, turns: Sequence[Turn]) -> bool:
    """Nobody of the side that could say it is known, and somebody unknown speaks."""
    sides = {turn.side for turn in turns}
    needed = Side.VENDOR if field == WHAT_WAS_PROMISED else Side.CUSTOMER
    return needed not in sides and Side.UNKNOWN in sides


def _was_asked(field: str, turns: Sequence[Turn]) -> bool:
    other = ASKED_BY[field]
    return any(
        field in asked(sentence, by=other)
        for turn in turns
        if turn.side is other
        for sentence in split(turn.text)
    )
