"""The questions that are put to one workspace, and what an exact search says to each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg

from evals.bench.crowd import MODEL, Filled, Vectors, words
from service.db import search
from service.db.doors import Doors
from service.retrieve import fusion

LIMIT = 10
QUERIES, TIMED_QUERIES, RECALL_QUERIES = 50, 20, 10
"""With a filter; without one, where large workspaces take long; and for recall."""
STOP_WORDS = 5
MEANING_ALONE = search.Weights(
    k1=fusion.K1,
    b=fusion.B,
    head_weight=fusion.HEAD_WEIGHT,
    rrf_k=fusion.RRF_K,
    words_weight=0.0,
    meaning_weight=1.0,
)
BOTH = search.Weights(**(vars(MEANING_ALONE) | {"words_weight": 0.5, "meaning_weight": 0.5}))

Clock = Callable[[], float]
Asked = dict[str, Any]


@dataclass(frozen=True)
class Measured:
    """One workspace."""

    vectors: int
    recall: float
    recall_filtered: float
    hits_first: int
    hits_last: int
    hits_due: int
    """min(limit, hits that exist) of the filtered search."""
    p50_ms: float
    p95_ms: float
    filtered_p50_ms: float
    filtered_p95_ms: float
    to_bare_sql: float
    """Median time through our code to that of the statement alone, on a connection of its own."""


@dataclass(frozen=True)
class Timed:
    """The answers to all questions, with the time of each."""

    ms: list[float]
    hits: list[list[search.Ranked]]


async def measure(doors: Doors, app_url: str, filled: Filled, *, clock: Clock) -> Measured:
    """Ask everything; `app_url` is for the bare statement."""
    narrow: Asked = {"filters": search.Filters(customer="customer 0")}
    alone: Asked = {"weights": MEANING_ALONE}
    asked = _questions(filled, QUERIES)
    plain, few = asked[:TIMED_QUERIES], asked[:RECALL_QUERIES]
    near = await _ask(doors, filled, [one | alone for one in few], clock)
    near_within = await _ask(doors, filled, [one | alone | narrow for one in few], clock)
    both = await _ask(doors, filled, plain, clock)
    both_within = await _ask(doors, filled, [one | narrow for one in asked], clock)
    is_narrow = filled.customers == 0
    return Measured(
        vectors=len(filled.vectors),
        recall=_recall(filled, few, near, np.ones_like(is_narrow)),
        recall_filtered=_recall(filled, few, near_within, is_narrow),
        hits_first=len(both_within.hits[0]),
        hits_last=len(both_within.hits[-1]),
        hits_due=min(LIMIT, len(np.unique(np.flatnonzero(is_narrow) // 2))),
        p50_ms=_percentile(both.ms, 50),
        p95_ms=_percentile(both.ms, 95),
        filtered_p50_ms=_percentile(both_within.ms, 50),
        filtered_p95_ms=_percentile(both_within.ms, 95),
        to_bare_sql=_percentile(both.ms, 50)
        / _percentile(_ask_bare(app_url, filled, plain, clock), 50),
    )


def _questions(filled: Filled, count: int) -> list[Asked]:
    """Each near some passage, with four words."""
    chance = np.random.default_rng(len(filled.vectors))
    chosen = filled.vectors[chance.integers(len(filled.vectors), size=count)].astype(np.float32)
    noise = chance.standard_normal(chosen.shape, dtype=np.float32) / chosen.shape[1] ** 0.5
    vectors = (chosen + 0.5 * noise).astype(np.float16)
    return [
        {
            "filters": search.Filters(),
            "terms": _terms(chance),
            "vector": vector.astype(float).tolist(),
            "model": MODEL,
            "weights": BOTH,
            "limit": LIMIT,
            "offset": 0,
        }
        for vector in vectors
    ]


def _terms(chance: np.random.Generator) -> list[str]:
    """Four words; those that stand everywhere are left out of questions."""
    telling = [word for word in words(chance, (80,)).tolist() if word > STOP_WORDS]
    return [f"w{word}" for word in dict.fromkeys(telling)][:4]


async def _ask(doors: Doors, filled: Filled, asked: list[Asked], clock: Clock) -> Timed:
    timed = Timed([], [])
    for question in asked:
        started = clock()
        async with doors.workspace_transaction(filled.workspace_id) as tx:
            timed.hits.append(await search.rank(tx, filled.workspace_id, **question))
        timed.ms.append((clock() - started) * 1000)
    return timed


def _ask_bare(app_url: str, filled: Filled, asked: list[Asked], clock: Clock) -> list[float]:
    """The same statement as the same role, by psycopg alone."""
    took = []
    with psycopg.connect(app_url.replace("+psycopg", "", 1), prepare_threshold=None) as connection:
        connection.execute(f"SET app.workspace_id = '{filled.workspace_id}'; {search.LINEAR}")
        for question in asked:
            statement, values = search.ranking(filled.workspace_id, **question)
            bare = search.as_psycopg(statement).encode()
            started = clock()
            connection.execute(bare, values).fetchall()
            took.append((clock() - started) * 1000)
    return took


def _recall(
    filled: Filled, asked: list[Asked], timed: Timed, among: npt.NDArray[np.bool_]
) -> float:
    """Share of the exact ten best blocks that came back, over all questions."""
    found = due = 0
    for question, hits in zip(asked, timed.hits, strict=True):
        exact = _nearest(filled.vectors, question["vector"], among)
        found += len(exact & {(hit.passage_id - filled.first_id) // 2 for hit in hits})
        due += len(exact)
    return found / due


def _nearest(vectors: Vectors, asked: object, among: npt.NDArray[np.bool_]) -> set[int]:
    """Blocks of the nearest passages; two passages are a block."""
    rows = np.flatnonzero(among)
    near = vectors[rows].astype(np.float32)
    scores = near @ np.asarray(asked, dtype=np.float32) / np.linalg.norm(near, axis=1)
    blocks: dict[int, None] = {}
    for row in rows[np.argsort(-scores, kind="stable")][: 2 * LIMIT]:
        blocks.setdefault(int(row) // 2)
    return set(list(blocks)[:LIMIT])


def _percentile(took_ms: list[float], share: int) -> float:
    return float(np.percentile(took_ms, share))
