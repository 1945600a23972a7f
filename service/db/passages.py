"""What is searched: passages with their postings and vectors."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from service.db.tables import Transaction, passage, posting, vector

_ROWS_A_STATEMENT = 2000


async def delete_passages(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """The passages of a source, with their postings and vectors."""
    ours = sa.and_(passage.c.workspace_id == workspace_id, passage.c.source_id == source_id)
    await tx.execute(passage.delete().where(ours))


async def insert_passages(
    tx: Transaction, workspace_id: UUID, rows: Sequence[dict[str, Any]]
) -> list[int]:
    """The ids that the passages got, in the order of `rows`."""
    if not rows:
        return []
    made = passage.insert().returning(passage.c.id, sort_by_parameter_order=True)
    ours = [{"workspace_id": workspace_id, **row} for row in rows]
    return [int(id_) for id_ in await tx.scalars(made, ours)]


async def insert_postings(
    tx: Transaction,
    workspace_id: UUID,
    by_passage: Mapping[int, Mapping[str, tuple[int, int]]],
) -> None:
    """Per passage and term: how often in the words, how often in the head in front of them."""
    rows = (
        {
            "workspace_id": workspace_id,
            "passage_id": passage_id,
            "term": term,
            "tf": tf,
            "head_tf": head_tf,
        }
        for passage_id, terms in by_passage.items()
        for term, (tf, head_tf) in terms.items()
    )
    while chunk := list(islice(rows, _ROWS_A_STATEMENT)):
        await tx.execute(posting.insert(), chunk)


async def insert_vectors(
    tx: Transaction,
    workspace_id: UUID,
    *,
    model: str,
    by_passage: Mapping[int, Sequence[float]],
) -> None:
    """One vector a passage, under the name of the model that made it."""
    rows = [
        {
            "workspace_id": workspace_id,
            "passage_id": passage_id,
            "model": model,
            "width": len(values),
            "embedding": list(values),
        }
        for passage_id, values in by_passage.items()
    ]
    if rows:
        await tx.execute(vector.insert(), rows)


async def refresh_filters(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """Sides and times of a source's passages, by what is known of its turns now."""
    await tx.execute(sa.text(_REFRESH), {"workspace_id": workspace_id, "source_id": source_id})


_REFRESH = """
    UPDATE app.passage p
    SET has_customer = f.customer, has_vendor = f.vendor, has_unknown = f.unknown,
        stated_from = CASE WHEN f.timed THEN f.first END,
        stated_to = CASE WHEN f.timed THEN f.last END
    FROM (
        SELECT p.id, bool_or(t.side = 'customer') AS customer, bool_or(t.side = 'vendor') AS vendor,
            bool_or(t.side = 'unknown') AS unknown, bool_and(t.stated_at IS NOT NULL) AS timed,
            min(t.stated_at) AS first, max(t.stated_at) AS last
        FROM app.passage p
        JOIN (
            SELECT t.turn, t.side,
                coalesce(t.sent_at, s.occurred_at + make_interval(secs => t.start_s)) AS stated_at
            FROM app.turn t
            JOIN app.source s ON s.workspace_id = t.workspace_id AND s.id = t.source_id
            WHERE t.workspace_id = :workspace_id AND t.source_id = :source_id
        ) t ON t.turn BETWEEN p.first_turn AND p.last_turn
        WHERE p.workspace_id = :workspace_id AND p.source_id = :source_id
        GROUP BY p.id
    ) f
    WHERE p.workspace_id = :workspace_id AND p.id = f.id
"""
