"""A message comes after the mail that quotes it: its quote is a duplicate from then on."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from schemas.claim import ClaimState, Span
from schemas.source import Turn, Utterance
from service.db import claims, turn_rows
from service.db.claim_changes import Change
from service.db.tables import Record, Transaction
from service.extract.gate_find import IndexedTurn, Quote
from service.intake.mail import copies

RULE = "duplicate"
"""Why a claim changed: it stood on a quote whose message has come and is read by itself."""

Copies = Mapping[int, tuple[Turn, Turn]]
"""Each quote with the message that it is a copy of, by the number of the quote."""


def find(stored: Sequence[tuple[Turn, Utterance]], new: Sequence[tuple[Turn, Utterance]]) -> Copies:
    """For each stored quote the new turn that is the message itself."""
    open_quotes = [one for one in stored if one[0].is_quoted and one[0].duplicate_of is None]
    messages = [one for one in new if not one[0].is_quoted]
    return {
        quote.turn: (quote, message)
        for quote, quoted in open_quotes
        for message, said in reversed(messages)
        if copies.is_copy(quoted, of=said)
    }


async def settle(tx: Transaction, workspace_id: UUID, source_id: UUID, *, found: Copies) -> None:
    """Mark the quotes, and take back what was claimed from them: it is read from the message.

    A person's claim moves to the message, if its words stand there.
    """
    if not found:
        return
    numbers = {number: message.turn for number, (_, message) in found.items()}
    await turn_rows.set_duplicates(tx, workspace_id, source_id, numbers)
    rows = [
        row
        for row in await claims.list_claims(tx, workspace_id, source_id)
        if row.state != ClaimState.RETRACTED
    ]
    spans: dict[UUID, list[Record]] = {}
    for span in await claims.list_evidence(tx, workspace_id, [row.id for row in rows]):
        spans.setdefault(span.claim_id, []).append(span)
    for row in rows:
        if any(span.turn in found for span in spans[row.id]):
            await _settle(tx, row, spans[row.id], found)


async def _settle(tx: Transaction, row: Record, spans: Sequence[Record], found: Copies) -> None:
    moved = [_moved(span, found) for span in spans] if row.pinned else [None]
    if None in moved:
        values = {"state": ClaimState.RETRACTED, "state_rule": RULE}
        await claims.change_claim(tx, row, values=values, change=Change(RULE))
        return
    before = [_span(span).model_dump() for span in spans]
    await claims.change_claim(tx, row, values={}, change=Change(RULE), spans=before)
    now = [_evidence(row, at, span) for at, span in enumerate(moved) if span is not None]
    await claims.replace_evidence(tx, row, now)


def _moved(span: Record, found: Copies) -> Span | None:
    """The same words in the message; None where they do not stand there."""
    if span.turn not in found:
        return _span(span)
    quote, message = found[span.turn]
    turn = IndexedTurn(message)
    place = next(turn.places(Quote(quote.text[span.start_cp : span.end_cp]).tokens), None)
    return turn.span(place) if place else None


def _span(row: Record) -> Span:
    return Span(turn=row.turn, start=row.start_cp, end=row.end_cp)


def _evidence(row: Record, number: int, span: Span) -> dict[str, Any]:
    return {
        "workspace_id": row.workspace_id,
        "claim_id": row.id,
        "number": number,
        "source_id": row.source_id,
        "turn": span.turn,
        "start_cp": span.start,
        "end_cp": span.end,
    }
