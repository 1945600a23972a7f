"""Rows as their readers see them. Pure; quotes are cut out of their turns here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from schemas.api import RunView, SourceView
from schemas.claim import FIELDS, Due, Span
from schemas.note import Claim, Evidence, Note, Promise
from schemas.proposal import RunEntry
from schemas.source import Turn
from service.db.tables import Record


def source_view(row: Record, run: Record | None) -> SourceView:
    """A source and its newest run; what a person should know of either."""
    return SourceView.model_validate(
        {
            "id": str(row.id),
            "kind": row.kind,
            "format": row.format,
            "status": row.status,
            "error": row.error,
            "title": row.title,
            "customer": row.customer,
            "deal": row.deal,
            "occurred_at": in_utc(row.occurred_at),
            "participants": row.participants,
            "turns": row.turns,
            "replaces": row.replaces and str(row.replaces),
            "run": run and _run_view(run),
            "notices": [*row.notices, *((run and run.notices) or ())],
        }
    )


def _run_view(row: Record) -> RunView:
    return RunView.model_validate({name: getattr(row, name) for name in RunView.model_fields})


def run_entry(row: Record) -> RunEntry:
    """A run in the list of a source's runs."""
    seen = {name: getattr(row, name) for name in RunView.model_fields}
    return RunEntry(**seen, id=str(row.id), at=in_utc(row.created_at))


def note_view(
    source: Record, note: Record, *, claims: Sequence[Record], evidence: Sequence[Record]
) -> Note:
    """A note: its claims by field, each with the quotes it stands on."""
    spans: dict[UUID, list[Evidence]] = {}
    for row in evidence:
        spans.setdefault(row.claim_id, []).append(evidence_view(row))
    by_field: dict[str, list[Claim]] = {field: [] for field in FIELDS}
    for row in claims:
        by_field.setdefault(row.field, []).append(claim_view(row, spans[row.id]))
    return Note.model_validate(
        {
            "id": str(note.id),
            "source_id": str(note.source_id),
            "version": note.version,
            "customer": source.customer,
            "deal": source.deal,
            **{field: by_field.pop(field) for field in FIELDS},
            "fields": by_field,
            "absent": note.absent,
            "notices": note.notices,
        }
    )


def claim_view(row: Record | SimpleNamespace, evidence: Sequence[Evidence]) -> Claim:
    """A claim; with what a promise adds where it is one."""
    shared: dict[str, Any] = {
        "id": str(row.id),
        "field": row.field,
        "statement": row.statement,
        "state": row.state,
        "version": row.version,
        "pinned": row.pinned,
        "confidence": row.confidence,
        "stated_at": in_utc(row.stated_at),
        "evidence": tuple(evidence),
    }
    if row.promise_state is None:
        return Claim.model_validate(shared)
    due = Due(text=row.due_text, date=row.due_date, rule=row.due_rule) if row.due_text else None
    return Promise.model_validate(
        {
            **shared,
            "promised_by": row.promised_by,
            "promised_to": row.promised_to,
            "due": due,
            "contract": row.contract,
            "contract_evidence": (),
            "promise_state": row.promise_state,
        }
    )


def evidence_view(row: Record) -> Evidence:
    """A span with the words that stand there."""
    return Evidence.model_validate(
        {
            "source_id": str(row.source_id),
            "turn": row.turn,
            "start": row.start_cp,
            "end": row.end_cp,
            "quote": row.text[row.start_cp : row.end_cp],
            "speaker": row.speaker,
            "side": row.side,
            "at_s": row.start_s,
            "sent_at": in_utc(row.sent_at),
        }
    )


def span_evidence(source_id: UUID, turn: Turn, span: Span) -> Evidence:
    """The same for a span that no row holds yet."""
    return Evidence(
        source_id=str(source_id),
        turn=span.turn,
        start=span.start,
        end=span.end,
        quote=turn.text[span.start : span.end],
        speaker=turn.speaker,
        side=turn.side,
        at_s=turn.start_s,
        sent_at=in_utc(turn.sent_at),
    )


def in_utc(time: datetime | None) -> datetime | None:
    """The server's own time zone never shows."""
    return time and time.astimezone(UTC)
