"""The gate: what an extractor proposes becomes a claim only where its quote stands.

Code alone decides, and every draft ends as a claim or as a rejection; `docs/gate.md` has the rules.
"""

from collections.abc import Collection, Sequence
from typing import Final

from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    CUSTOMER_FIELDS,
    FIELDS,
    WHAT_WAS_PROMISED,
    Admission,
    ClaimState,
    Draft,
    Due,
    GroundedClaim,
    Reason,
    Rejection,
    Span,
)
from schemas.source import QUESTION, Side, Turn
from service.extract.gate_find import LEAST_WEIGHT, IndexedTurn, Quote, locate
from service.extract.tokens import tokens_of

LONGEST: Final = 2_000
"""Code points of a quote or a statement."""
JOINT: Final = " … "
"""Between the pieces of a joined quote when it is read from the source."""
UNDERTAKINGS: Final = (WHAT_WAS_PROMISED, CUSTOMER_COMMITMENTS)
"""Fields whose claims say by whom, to whom and until when."""
SIDE_OF: Final = dict.fromkeys(CUSTOMER_FIELDS, Side.CUSTOMER) | {WHAT_WAS_PROMISED: Side.VENDOR}


def admit(
    drafts: Sequence[Draft], turns: Sequence[Turn], *, fields: Collection[str] = FIELDS
) -> Admission:
    """Judge each draft in its order against the turns of one source."""
    source = _Source(turns)
    standing: set[tuple[str, tuple[Span, ...]]] = set()
    claims: list[GroundedClaim] = []
    rejected: list[Rejection] = []
    for draft in drafts:
        found = source.ground(draft) if draft.field in fields else Reason.UNKNOWN_FIELD
        if isinstance(found, GroundedClaim) and (found.field, found.spans) in standing:
            found = Reason.DUPLICATE
        if isinstance(found, Reason):
            rejected.append(_rejection(draft, found))
            continue
        standing.add((found.field, found.spans))
        claims.append(found)
    return Admission(claims=tuple(claims), rejected=tuple(rejected))


def _rejection(draft: Draft, reason: Reason) -> Rejection:
    return Rejection(field=draft.field, quote=draft.quote[:LONGEST], turn=draft.turn, reason=reason)


class _Source:
    """The turns of one source; each is indexed when it is first looked at, and then kept."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = {turn.turn: turn for turn in turns}
        self._indexed: dict[int, IndexedTurn] = {}

    def ground(self, draft: Draft) -> GroundedClaim | Reason:
        if max(len(draft.quote), len(draft.statement)) > LONGEST:
            return Reason.TOO_LONG
        if draft.turn not in self._turns:
            return Reason.NO_SUCH_TURN
        turn = self._turn(draft.turn)
        spans = self._spans(draft, turn)
        if isinstance(spans, Reason):
            return spans
        if any(_is_quoted(turn.turn.text, span) for span in spans):
            return Reason.QUOTED
        state = state_for(draft.field, turn.turn)
        return state if isinstance(state, Reason) else _claim(draft, turn, spans=spans, state=state)

    def _spans(self, draft: Draft, turn: IndexedTurn) -> tuple[Span, ...] | Reason:
        quote = Quote(draft.quote)
        weight = quote.tokens.weight
        if weight < LEAST_WEIGHT and not (weight and turn.is_all(quote.tokens)):
            return Reason.TOO_SHORT
        places = locate(turn, quote)
        if places is Reason.NOT_FOUND and self._stands_elsewhere(quote):
            return Reason.WRONG_TURN
        if isinstance(places, Reason):
            return places
        return tuple(turn.span(place) for place in places)

    def _stands_elsewhere(self, quote: Quote) -> bool:
        return any(quote.stands_in(self._turn(number)) for number in self._turns)

    def _turn(self, number: int) -> IndexedTurn:
        if number not in self._indexed:
            self._indexed[number] = IndexedTurn(self._turns[number])
        return self._indexed[number]


def state_for(field: str, turn: Turn) -> ClaimState | Reason:
    """A field of a workspace's own may come from any side, but never from nobody known."""
    if turn.side is Side.UNKNOWN:
        return ClaimState.UNATTRIBUTED
    if turn.is_internal and field in UNDERTAKINGS:
        return Reason.INTERNAL
    return ClaimState.ACTIVE if SIDE_OF.get(field, turn.side) is turn.side else Reason.WRONG_SIDE


def _is_quoted(text: str, span: Span) -> bool:
    """A line behind a bar stands above its answer; its words are those of somebody else."""
    first = text.rfind("\n", 0, span.start) + 1
    return any(line.startswith(QUESTION) for line in text[first : span.end].split("\n"))


def _claim(
    draft: Draft, turn: IndexedTurn, *, spans: tuple[Span, ...], state: ClaimState
) -> GroundedClaim:
    undertaking = draft.field in UNDERTAKINGS
    return GroundedClaim(
        field=draft.field,
        statement=_statement(draft, turn, spans),
        state=state,
        confidence=draft.confidence,
        spans=spans,
        promised_by=turn.turn.speaker if undertaking else None,
        promised_to=draft.promised_to if undertaking else None,
        due=_due(draft, turn) if undertaking else None,
    )


def _statement(draft: Draft, turn: IndexedTurn, spans: tuple[Span, ...]) -> str:
    """The model's own wording, or the source's where the model only repeats the quote."""
    stated = draft.statement.strip()
    if stated and stated != draft.quote.strip():
        return stated
    return JOINT.join(turn.text_of(span) for span in spans)


def _due(draft: Draft, turn: IndexedTurn) -> Due | None:
    """When it falls due, as that turn says it; words that do not stand there are dropped."""
    words = _as_said(draft.due_text, turn) if draft.due_text is not None else None
    return Due(text=words) if words else None


def as_said(turn: Turn, words: str) -> str | None:
    """The words as they stand in that turn; None where they do not."""
    return _as_said(words, IndexedTurn(turn))


def _as_said(words: str, turn: IndexedTurn) -> str | None:
    place = next(turn.places(tokens_of(words)), None)
    return turn.text_of(turn.span(place)) if place else None
