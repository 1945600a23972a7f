"""The one statement that ranks, and the rows that its hits are shown with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import psycopg

from schemas.source import Side
from service.db.tables import Record, Transaction, claim, customer, deal, passage, source

_RANKING = Path(__file__).with_name("search.sql").read_text(encoding="utf-8")
_SIDES = {Side.CUSTOMER: "has_customer", Side.VENDOR: "has_vendor", Side.UNKNOWN: "has_unknown"}


LINEAR = "SET LOCAL enable_nestloop = off; SET LOCAL jit = off"
"""For the ranking: what it joins is hashed, whatever statistics say of its size."""
_NOT_LINEAR = "SET LOCAL enable_nestloop = DEFAULT; SET LOCAL jit = DEFAULT"
"""For what follows in the transaction: a few rows, looked up by their keys."""


@dataclass(frozen=True)
class Filters:
    """What narrows a search; None does not."""

    customer: str | None = None
    deal: str | None = None
    field: str | None = None
    side: Side | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    state: str | None = None

    def fragment(self) -> str:
        """SQL of the filters in use: fixed text, every value is bound."""
        parts = [text for name, text in _FRAGMENTS.items() if getattr(self, name) is not None]
        if self.side is not None:
            parts.append(f"p.{_SIDES[self.side]}")
        if self.state is None:
            parts.append("(c.id IS NULL OR c.state IN ('active', 'unattributed'))")
        return "".join(f" AND {part}" for part in parts)

    def values(self) -> dict[str, Any]:
        """The bound values of `fragment`."""
        return {name: value for name in _FRAGMENTS if (value := getattr(self, name)) is not None}


_FRAGMENTS: Mapping[str, str] = {
    "customer": "s.customer_id = (SELECT id FROM app.customer"
    " WHERE workspace_id = :workspace_id AND ref = :customer)",
    "deal": "s.deal_id = (SELECT id FROM app.deal"
    " WHERE workspace_id = :workspace_id AND ref = :deal)",
    "field": "c.field = :field",
    "kind": "s.kind = :kind",
    "since": "p.stated_from >= :since",
    "until": "p.stated_to < :until",
    "state": "c.state = :state",
}


@dataclass(frozen=True)
class Weights:
    """Constants of BM25 and of the fusion, as measured."""

    k1: float
    b: float
    head_weight: float
    rrf_k: float
    words_weight: float
    meaning_weight: float


@dataclass(frozen=True)
class Ranked:
    """One folded hit: a claim, or (claim_id None) the best window of a block."""

    source_id: UUID
    claim_id: UUID | None
    passage_id: int
    score: float
    similarity: float | None
    """Cosine, where both question and passage have a vector."""
    coverage: float
    """Share of the question's words, weighed by how telling they are, that stand in it."""


async def rank(
    tx: Transaction,
    workspace_id: UUID,
    *,
    filters: Filters,
    terms: Sequence[str],
    vector: Sequence[float] | None,
    model: str,
    weights: Weights,
    limit: int,
    offset: int,
) -> list[Ranked]:
    """Folded hits from `offset` on; min(limit, what exists) of them, whatever the filters.

    Without a vector the words alone rank, and what no word matches comes last.
    """
    statement, values = ranking(
        workspace_id,
        filters=filters,
        terms=terms,
        vector=vector,
        model=model,
        weights=weights,
        limit=limit,
        offset=offset,
    )
    await tx.execute(sa.text(LINEAR))
    ranked = [Ranked(**row) for row in (await tx.execute(statement, values)).mappings()]
    await tx.execute(sa.text(_NOT_LINEAR))
    return ranked


def ranking(
    workspace_id: UUID,
    *,
    filters: Filters,
    terms: Sequence[str],
    vector: Sequence[float] | None,
    model: str,
    weights: Weights,
    limit: int,
    offset: int,
) -> tuple[sa.TextClause, dict[str, Any]]:
    """The statement that ranks, and its bound values."""
    values = {
        "workspace_id": workspace_id,
        "terms": list(terms),
        "vector": None if vector is None else f"[{','.join(map(repr, map(float, vector)))}]",
        "model": model if vector is not None else None,
        "limit": limit,
        "offset": offset,
    }
    statement = sa.text(_RANKING.replace("{filters}", filters.fragment()))
    return statement, values | vars(weights) | filters.values()


def as_psycopg(statement: sa.TextClause) -> str:
    """A statement as a cursor of psycopg takes it: to be timed without SQLAlchemy."""
    return str(statement.compile(dialect=psycopg.dialect()))  # type: ignore[no-untyped-call]  # theirs


async def list_hit_claims(
    tx: Transaction, workspace_id: UUID, claim_ids: Sequence[UUID]
) -> dict[UUID, Record]:
    """The claims of these hits."""
    chosen = sa.select(claim).where(claim.c.workspace_id == workspace_id, claim.c.id.in_(claim_ids))
    return {row.id: row for row in await tx.execute(chosen)}


async def list_hit_windows(
    tx: Transaction, workspace_id: UUID, passage_ids: Sequence[int]
) -> dict[int, Record]:
    """Which turns the windows of these hits hold."""
    chosen = sa.select(passage).where(
        passage.c.workspace_id == workspace_id, passage.c.id.in_(passage_ids)
    )
    return {row.id: row for row in await tx.execute(chosen)}


async def list_hit_sources(
    tx: Transaction, workspace_id: UUID, source_ids: Sequence[UUID]
) -> dict[UUID, Record]:
    """The sources of these hits, with the references of their customer and deal."""
    of_customer = sa.and_(
        customer.c.workspace_id == source.c.workspace_id, customer.c.id == source.c.customer_id
    )
    of_deal = sa.and_(deal.c.workspace_id == source.c.workspace_id, deal.c.id == source.c.deal_id)
    chosen = (
        sa.select(source, customer.c.ref.label("customer"), deal.c.ref.label("deal"))
        .select_from(source.outerjoin(customer, of_customer).outerjoin(deal, of_deal))
        .where(source.c.workspace_id == workspace_id, source.c.id.in_(source_ids))
    )
    return {row.id: row for row in await tx.execute(chosen)}
