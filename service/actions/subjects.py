"""A source as the worker holds it: its turns, and the claims that stand on them already."""

from collections.abc import Sequence
from uuid import UUID

from schemas.claim import Due, GroundedClaim, Span
from service.actions.rows import Subject
from service.db import claims, notes, sources, turn_rows
from service.db.tables import Record, Transaction
from service.intake.chats import CHATS


async def load_subject(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Subject | None:
    """The source with everything that reading and indexing need; None where it is gone."""
    found = await sources.find_source(tx, workspace_id, source_id)
    if found is None:
        return None
    note = await notes.latest_note(tx, workspace_id, source_id)
    rows = await claims.list_claims(tx, workspace_id, source_id)
    return Subject(
        workspace_id=workspace_id,
        source_id=source_id,
        title=found.title,
        customer=found.customer,
        occurred_at=found.occurred_at,
        replaces=found.replaces,
        names=tuple(one["name"] for one in found.participants if one["name"]),
        turns=await turn_rows.list_turns(tx, workspace_id, source_id, limit=None),
        read_turns=note.turns if note else 0,
        claims=await _with_spans(tx, workspace_id, rows),
        pinned=frozenset(row.id for row in rows if row.pinned),
        uncovered_turns=tuple(note.uncovered_turns) if note else (),
        waits=found.waits,
        waiting_since=found.waiting_since,
        is_chat=found.format in CHATS,
    )


async def _with_spans(
    tx: Transaction, workspace_id: UUID, rows: Sequence[Record]
) -> dict[UUID, GroundedClaim]:
    spans: dict[UUID, list[Span]] = {}
    for row in await claims.list_evidence(tx, workspace_id, [row.id for row in rows]):
        span = Span(turn=row.turn, start=row.start_cp, end=row.end_cp)
        spans.setdefault(row.claim_id, []).append(span)
    return {row.id: _claim(row, spans[row.id]) for row in rows}


def _claim(row: Record, spans: list[Span]) -> GroundedClaim:
    return GroundedClaim(
        field=row.field,
        statement=row.statement,
        state=row.state,
        confidence=row.confidence,
        spans=tuple(spans),
        promised_by=row.promised_by,
        promised_to=row.promised_to,
        due=Due(text=row.due_text, date=row.due_date, rule=row.due_rule) if row.due_text else None,
    )
