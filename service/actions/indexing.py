"""What of a source is searched: its passages, cut, embedded and written as one whole."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from schemas.claim import GroundedClaim
from service.actions.extraction import Tell
from service.actions.rows import Subject, passage_row
from service.db import passages
from service.db.tables import Transaction
from service.embed.embedder import Embedder
from service.retrieve.passages import Passage, cut
from service.retrieve.postings import Posting, postings

_AT_A_TIME = 64
"""Passages embedded between two reports of progress: about a second."""


@dataclass(frozen=True)
class Index:
    """Passages with their vectors, not stored yet."""

    passages: tuple[Passage, ...]
    postings: list[dict[str, Posting]]
    vectors: list[list[float]]
    model: str


async def make_index(
    subject: Subject, claims: Sequence[GroundedClaim], embedder: Embedder, *, tell: Tell
) -> Index:
    """Cut and embed; no transaction is open, no event loop waits."""
    cuts = await asyncio.to_thread(
        cut, subject.turns, claims, customer=subject.customer, title=subject.title
    )
    counted = await asyncio.to_thread(lambda: [postings(passage) for passage in cuts])
    vectors: list[list[float]] = []
    for chunk in _chunks([passage.embedded_text for passage in cuts]):
        vectors += (await asyncio.to_thread(embedder.passages, chunk)).tolist()
        await tell(len(vectors), len(cuts))
    return Index(passages=cuts, postings=counted, vectors=vectors, model=embedder.name)


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), _AT_A_TIME):
        yield texts[start : start + _AT_A_TIME]


async def write_index(
    tx: Transaction, subject: Subject, index: Index, *, claim_ids: Sequence[UUID]
) -> None:
    """Put the passages in the place of those that the source had."""
    here = subject.workspace_id
    await passages.delete_passages(tx, here, subject.source_id)
    turns = {turn.turn: turn for turn in subject.turns}
    rows = [passage_row(subject, one, turns=turns, claim_ids=claim_ids) for one in index.passages]
    ids = await passages.insert_passages(tx, here, rows)
    counted = {
        id_: {term: (one.in_text, one.in_head) for term, one in terms.items()}
        for id_, terms in zip(ids, index.postings, strict=True)
    }
    await passages.insert_postings(tx, here, counted)
    vectors = dict(zip(ids, index.vectors, strict=True))
    await passages.insert_vectors(tx, here, model=index.model, by_passage=vectors)
