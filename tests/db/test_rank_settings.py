from uuid import uuid4

import sqlalchemy as sa

from service.db import search
from service.db.doors import Doors


async def test_what_follows_a_ranking_is_planned_as_usual(doors: Doors) -> None:
    weights = search.Weights(
        k1=1.2, b=0.75, head_weight=1, rrf_k=60, words_weight=1, meaning_weight=0
    )
    here = uuid4()
    async with doors.workspace_transaction(here) as tx:
        await search.rank(
            tx,
            here,
            filters=search.Filters(),
            terms=["word"],
            vector=None,
            model="",
            weights=weights,
            limit=1,
            offset=0,
        )
        assert await tx.scalar(sa.text("SHOW enable_nestloop")) == "on"
