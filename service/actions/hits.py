"""A ranked row as the hit that a reader sees. Pure."""

from collections.abc import Mapping, Sequence

from schemas.search import Hit, HitEvidence, HitSource
from schemas.source import Side, Turn
from service.actions.views import evidence_view, in_utc
from service.db.search import Ranked
from service.db.tables import Record

_AROUND = 200
"""Code points shown before and after a quote."""


def claim_hit(ranked: Ranked, claim: Record, evidence: Sequence[Record], *, source: Record) -> Hit:
    """A claim, with the words around each of its quotes."""
    return Hit(
        type="claim",
        id=str(claim.id),
        field=claim.field,
        state=claim.state,
        text=claim.statement,
        score=ranked.score,
        evidence=tuple(_with_context(row) for row in evidence),
        source=_source(source),
    )


def _with_context(row: Record) -> HitEvidence:
    before, after = _around(row.text, row.start_cp, row.end_cp)
    return HitEvidence(**evidence_view(row).model_dump(), before=before, after=after)


def window_hit(
    ranked: Ranked,
    window: Record,
    turns: Mapping[int, Turn],
    *,
    side: Side | None,
    source: Record,
) -> Hit:
    """A passage of talk, turn by turn; under a filter of sides only that side's turns."""
    said = [turns[number] for number in range(window.first_turn, window.last_turn + 1)]
    chosen = [turn for turn in said if side is None or turn.side is side]
    spans = [_span(turn, window) for turn in chosen]
    text = "\n".join(f"{one.speaker}: {one.quote}" if one.speaker else one.quote for one in spans)
    return Hit(
        type="passage",
        id=f"{window.source_id}:{window.first_turn}-{window.last_turn}:{window.start_cp}",
        field=None,
        state=None,
        text=text,
        score=ranked.score,
        evidence=tuple(spans),
        source=_source(source),
    )


def _span(turn: Turn, window: Record) -> HitEvidence:
    start = window.start_cp if turn.turn == window.first_turn else 0
    end = window.end_cp if turn.turn == window.last_turn else len(turn.text)
    before, after = _around(turn.text, start, end)
    return HitEvidence(
        source_id=str(window.source_id),
        turn=turn.turn,
        start=start,
        end=end,
        quote=turn.text[start:end],
        speaker=turn.speaker,
        side=turn.side,
        at_s=turn.start_s,
        sent_at=in_utc(turn.sent_at),
        before=before,
        after=after,
    )


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - _AROUND) : start], text[end : end + _AROUND]


def _source(row: Record) -> HitSource:
    return HitSource(
        id=str(row.id),
        title=row.title,
        kind=row.kind,
        occurred_at=in_utc(row.occurred_at),
        customer=row.customer,
        deal=row.deal,
    )
