"""A source that was read, as the rows that are stored of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    WHAT_WAS_PROMISED,
    ContractStatus,
    Due,
    GroundedClaim,
    PromiseState,
)
from schemas.source import Side, Turn
from service.extract.due import resolve
from service.retrieve.passages import Passage
from service.retrieve.postings import length

STATED = "stated"
"""The rule of a due date that a person has named."""

_PROMISES = (WHAT_WAS_PROMISED, CUSTOMER_COMMITMENTS)


@dataclass(frozen=True)
class Subject:
    """A source that is worked on, with the claims that stand on it already, by id."""

    workspace_id: UUID
    source_id: UUID
    title: str | None
    customer: str | None
    occurred_at: datetime | None
    replaces: UUID | None
    names: tuple[str, ...]
    """Everybody in the source, also who never speaks."""
    turns: list[Turn]
    read_turns: int
    """Turns that the newest note covers: claims on them are there already."""
    claims: dict[UUID, GroundedClaim]
    uncovered_turns: tuple[int, ...] = ()
    """Turns before those that the newest note left out: they are still to be read."""
    pinned: frozenset[UUID] = frozenset()
    """Claims that a person has added or corrected."""
    waits: int = 0
    """How often its reading has waited for a model."""
    waiting_since: datetime | None = None
    is_chat: bool = False
    """It was typed beside a call: nothing is claimed from it."""

    @property
    def unread(self) -> frozenset[int]:
        """The turns that new claims may stand on."""
        new = {turn.turn for turn in self.turns if turn.turn >= self.read_turns}
        copies = {turn.turn for turn in self.turns if turn.duplicate_of is not None}
        return frozenset(new.union(self.uncovered_turns) - copies)


def claim_rows(
    subject: Subject, claims: Sequence[GroundedClaim], *, ids: Sequence[UUID], note_id: UUID
) -> list[dict[str, Any]]:
    """In the order of `claims`."""
    turns = {turn.turn: turn for turn in subject.turns}
    said = [stated_at(turns[claim.spans[0].turn], subject.occurred_at) for claim in claims]
    return [
        {
            "workspace_id": subject.workspace_id,
            "id": claim_id,
            "source_id": subject.source_id,
            "note_id": note_id,
            "number": number,
            "field": claim.field,
            "statement": claim.statement,
            "state": claim.state,
            "confidence": claim.confidence,
            "stated_at": said_at,
            **_promise_columns(claim),
        }
        for number, (claim_id, claim, said_at) in enumerate(zip(ids, claims, said, strict=True))
    ]


def _promise_columns(claim: GroundedClaim) -> dict[str, Any]:
    is_promise = claim.field in _PROMISES
    due = claim.due
    return {
        "promised_by": claim.promised_by,
        "promised_to": claim.promised_to,
        "due_text": due.text if due else None,
        "due_date": due.date if due else None,
        "due_rule": due.rule if due else None,
        "promise_state": PromiseState.OPEN if is_promise else None,
        "contract": ContractStatus.NO_CONTRACT if is_promise else None,
    }


def resolved_due(text: str | None, said_at: datetime | None) -> Due | None:
    """When a promise falls due, seen from the day on which it was made."""
    return resolve(text, said_on=said_at.date() if said_at else None) if text else None


def span_rows(
    subject: Subject, claims: Sequence[GroundedClaim], *, ids: Sequence[UUID]
) -> list[dict[str, Any]]:
    """Where each claim's quotes stand; offsets only, never the quote."""
    return [
        {
            "workspace_id": subject.workspace_id,
            "claim_id": claim_id,
            "number": number,
            "source_id": subject.source_id,
            "turn": span.turn,
            "start_cp": span.start,
            "end_cp": span.end,
        }
        for claim_id, claim in zip(ids, claims, strict=True)
        for number, span in enumerate(claim.spans)
    ]


def passage_row(
    subject: Subject,
    passage: Passage,
    *,
    turns: Mapping[int, Turn],
    claim_ids: Sequence[UUID],
) -> dict[str, Any]:
    """A passage with what filters ask of it: the sides in it, and the times it spans.

    Where the time of one of its turns is unknown, that of the passage is.
    """
    said = [turns[n] for n in range(passage.first_turn, passage.last_turn + 1)]
    times = [stated_at(turn, subject.occurred_at) for turn in said]
    known = [time for time in times if time is not None] if None not in times else []
    sides = {turn.side for turn in said}
    return {
        "source_id": subject.source_id,
        "kind": passage.kind,
        "claim_id": None if passage.claim is None else claim_ids[passage.claim],
        "block": passage.block,
        "first_turn": passage.first_turn,
        "last_turn": passage.last_turn,
        "start_cp": passage.start,
        "end_cp": passage.end,
        "length": length(passage),
        "has_customer": Side.CUSTOMER in sides,
        "has_vendor": Side.VENDOR in sides,
        "has_unknown": Side.UNKNOWN in sides,
        "stated_from": min(known, default=None),
        "stated_to": max(known, default=None),
    }


def stated_at(turn: Turn, occurred_at: datetime | None) -> datetime | None:
    """When the turn was said, where that is known; the time of upload is never taken for it."""
    if turn.sent_at is not None:
        return turn.sent_at
    if occurred_at is None or turn.start_s is None:
        return None
    return occurred_at + timedelta(seconds=turn.start_s)
