"""What is searched: passages with their postings and vectors."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from service.db.tables import passage, posting, vector

_ROWS_A_STATEMENT = 2000


async def insert_passages(
    tx: AsyncConnection, workspace_id: UUID, rows: Sequence[dict[str, Any]]
) -> list[int]:
    """The ids that the passages got, in the order of `rows`."""
    if not rows:
        return []
    made = passage.insert().returning(passage.c.id, sort_by_parameter_order=True)
    ours = [{"workspace_id": workspace_id, **row} for row in rows]
    return [int(id_) for id_ in await tx.scalars(made, ours)]


async def insert_postings(
    tx: AsyncConnection,
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
    tx: AsyncConnection,
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
