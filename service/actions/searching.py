"""One search: the question by words and by meaning, ranked as one, shown with its evidence."""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field, TypeAdapter

from schemas.search import Hit, Mode, Query, SearchAnswer
from schemas.source import Notice, Side
from service.actions import cursor
from service.actions.hits import claim_hit, window_hit
from service.db import claims as claim_rows
from service.db import search, turn_rows
from service.db.doors import Doors
from service.db.tables import Transaction
from service.embed.embedder import Embedder
from service.errors import EmbedderDown
from service.retrieve import fusion
from service.retrieve.answered import is_answered
from service.retrieve.terms import question_terms

log = logging.getLogger("baton.search")

_PLACE = TypeAdapter(tuple[Annotated[int, Field(ge=0, lt=2**31)], bool])
"""Hits shown so far, and whether the first of them answered."""

_WORDS_ONLY = Notice(
    code="words-only",
    detail="No embedder answers: hits are ranked by the words of the question alone.",
    mend="Ask again later, or with the words that were used.",
)


async def search_record(
    doors: Doors, embedder: Embedder | None, *, workspace_id: UUID, query: Query
) -> SearchAnswer:
    """A page of hits. Without an embedder the words alone rank, and the answer says so."""
    started = time.monotonic()
    filters = _filters(query)
    this = (workspace_id, query.q, filters)
    place = cursor.decode(query.cursor, of=this, shape=_PLACE) if query.cursor else None
    offset = place[0] if place else 0
    model, vector = await _embed(embedder, query.q)
    async with doors.workspace_transaction(workspace_id) as tx:
        ranked = await search.rank(
            tx,
            workspace_id,
            filters=filters,
            terms=question_terms(query.q),
            vector=vector,
            model=model,
            weights=_weights(model),
            limit=query.limit + 1,
            offset=offset,
        )
        hits = await _show(tx, workspace_id, ranked[: query.limit], side=query.side)
    answered = place[1] if place else any(_answers(hit, model) for hit in ranked[:1])
    more = len(ranked) > query.limit
    after = cursor.encode([offset + query.limit, answered], of=this) if more else None
    return SearchAnswer(
        q=query.q,
        mode=Mode.WORDS if vector is None else Mode.HYBRID,
        took_ms=round((time.monotonic() - started) * 1000, 1),
        answered=answered,
        hits=tuple(hits),
        next_cursor=after,
        notices=(_WORDS_ONLY,) if vector is None else (),
    )


async def _embed(embedder: Embedder | None, question: str) -> tuple[str, list[float] | None]:
    """The model and its vector; neither where no embedder answers."""
    if embedder is None:
        return "", None
    try:
        vector = await asyncio.to_thread(embedder.query, question)
    except EmbedderDown as error:
        log.warning("no embedder answers a search", exc_info=error)
        return "", None
    return embedder.name, vector.tolist()


def _weights(model: str) -> search.Weights:
    measured = fusion.weights_for(model)
    return search.Weights(
        k1=fusion.K1,
        b=fusion.B,
        head_weight=fusion.HEAD_WEIGHT,
        rrf_k=fusion.RRF_K,
        words_weight=measured.words,
        meaning_weight=measured.meaning,
    )


def _answers(hit: search.Ranked, model: str) -> bool:
    return is_answered(hit.similarity, hit.coverage, embedder=model)


def _filters(query: Query) -> search.Filters:
    names = search.Filters.__dataclass_fields__
    return search.Filters(**{name: getattr(query, name) for name in names})


async def _show(
    tx: Transaction, workspace_id: UUID, ranked: Sequence[search.Ranked], *, side: Side | None
) -> list[Hit]:
    """The hits with their spans, in the order of the ranking."""
    from_claims = [hit.claim_id for hit in ranked if hit.claim_id]
    from_windows = [hit.passage_id for hit in ranked if not hit.claim_id]
    of_sources = await search.list_hit_sources(tx, workspace_id, [hit.source_id for hit in ranked])
    claims = await search.list_hit_claims(tx, workspace_id, from_claims)
    evidence = await claim_rows.list_evidence(tx, workspace_id, from_claims)
    windows = await search.list_hit_windows(tx, workspace_id, from_windows)
    ranges = [(row.source_id, row.first_turn, row.last_turn) for row in windows.values()]
    turns = await turn_rows.list_turn_ranges(tx, workspace_id, ranges)
    shown = []
    for hit in ranked:
        source = of_sources[hit.source_id]
        if hit.claim_id:
            spans = [row for row in evidence if row.claim_id == hit.claim_id]
            shown.append(claim_hit(hit, claims[hit.claim_id], spans, source=source))
        else:
            window = windows[hit.passage_id]
            said = turns[hit.source_id]
            shown.append(window_hit(hit, window, said, side=side, source=source))
    return shown
