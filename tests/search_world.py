"""A workspace of invented passages, and how the plain formulas rank it."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import numpy as np

from schemas.claim import FIELDS, ClaimState
from schemas.source import Kind, Side, Status
from service.db import customers, passages, search, sources, tables
from service.db.doors import Doors
from service.db.tables import Transaction
from service.retrieve import fusion
from service.retrieve.answered import coverage
from service.retrieve.postings import Posting

MODEL, OLDER_MODEL = "invented-8/1", "invented-8/0"
WIDTH = 8
WORDS = [
    first + last
    for first in ("ka", "lo", "mi", "ru", "te", "vo")
    for last in ("ban", "dor", "fil", "gus", "hem", "jat", "kip", "lun")
]
STATES = (*ClaimState, ClaimState.ACTIVE, ClaimState.ACTIVE)
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WEIGHTS = search.Weights(
    k1=fusion.K1,
    b=fusion.B,
    head_weight=fusion.HEAD_WEIGHT,
    rrf_k=fusion.RRF_K,
    words_weight=0.5,
    meaning_weight=0.5,
)


@dataclass
class Row:
    """One passage, with all that a filter may ask of it."""

    source: dict[str, Any]
    block: int
    length: int
    sides: frozenset[Side]
    stated: datetime | None
    found: dict[str, Posting]
    vectors: dict[str, list[float]]
    claim: dict[str, Any] | None = None
    id: int = 0


@dataclass
class World:
    """What stands in one workspace."""

    workspace_id: UUID
    rows: list[Row] = field(default_factory=list)


def _leave(row: Row) -> None:
    del row


async def fill(
    doors: Doors,
    workspace_id: UUID,
    *,
    seed: int,
    sources_: int = 12,
    blocks: int = 10,
    change: Callable[[Row], None] = _leave,
) -> World:
    """The same seed gives the same words and vectors; ids are fresh."""
    chance = random.Random(seed)  # noqa: S311 - repeatable data, no secret
    world = World(workspace_id)
    async with doors.workspace_transaction(workspace_id) as tx:
        for number in range(sources_):
            source = await _add_source(tx, workspace_id, number)
            rows = [row for n in range(blocks) for row in _block(chance, source, n)]
            for row in rows:
                row.length = 20 + len(world.rows)  # all different: no two scores are equal
                change(row)
                world.rows.append(row)
            await _add_rows(tx, workspace_id, rows)
    return world


async def _add_source(tx: Transaction, workspace_id: UUID, number: int) -> dict[str, Any]:
    customer, deal = f"customer {number % 4}", f"deal {number % 6} of {number % 4}"
    owner = await customers.find_owner(
        tx, workspace_id, customer_ref=customer, deal_ref=deal if number % 3 else None
    )
    row = {
        "workspace_id": workspace_id,
        "id": uuid4(),
        "key_id": "tests",
        "kind": (Kind.CALL, Kind.EMAIL)[number % 2],
        "format": "text",
        "status": Status.READY,
        "customer_id": owner.customer_id,
        "deal_id": owner.deal_id,
        "content_hash": uuid4().bytes,
    }
    assert await sources.insert_source(tx, row)
    told = {"turn": 0, "side": Side.UNKNOWN, "side_rule": "none", "text": "told"}
    ids = {"workspace_id": workspace_id, "source_id": row["id"]}
    await tx.execute(tables.turn.insert().values(ids | told))
    return row | {"customer": customer, "deal": deal if number % 3 else None, "number": number}


def _block(chance: random.Random, source: dict[str, Any], number: int) -> list[Row]:
    """One or two windows and up to two claims, of one stretch of talk."""
    said = START + timedelta(days=source["number"], minutes=number)
    stated = said if chance.random() < 0.9 else None
    sides = frozenset(chance.sample(list(Side), chance.randint(1, 2)))
    kinds = [False] * chance.choice((1, 1, 1, 2)) + [True] * chance.choice((0, 0, 1, 2))
    return [
        Row(
            source=source,
            block=number,
            length=0,
            sides=frozenset([next(iter(sorted(sides)))]) if is_claim else sides,
            stated=stated,
            found=_found(chance),
            vectors=_vectors(chance),
            claim=_claim(chance, source) if is_claim else None,
        )
        for is_claim in kinds
    ]


def _found(chance: random.Random) -> dict[str, Posting]:
    """Early words are common, late ones rare."""
    count = chance.randint(3, 12)
    words = {WORDS[int(len(WORDS) * chance.random() ** 2)] for _ in range(count)}
    return {
        word: Posting(in_text=chance.randint(0, 3), in_head=1 if chance.random() < 0.2 else 0)
        for word in sorted(words)
    }


def _vectors(chance: random.Random) -> dict[str, list[float]]:
    """Some passages wait for the new model, some have both."""
    made = {model: [chance.gauss() for _ in range(WIDTH)] for model in (MODEL, OLDER_MODEL)}
    lacking = chance.choice((None, None, None, None, OLDER_MODEL, OLDER_MODEL, MODEL))
    return {model: values for model, values in made.items() if model != lacking}


def _claim(chance: random.Random, source: dict[str, Any]) -> dict[str, Any]:
    return {
        "workspace_id": source["workspace_id"],
        "id": uuid4(),
        "source_id": source["id"],
        "number": 0,
        "field": chance.choice(FIELDS),
        "statement": "told",
        "state": chance.choice(STATES),
        "confidence": 0.5,
    }


async def _add_rows(tx: Transaction, workspace_id: UUID, rows: Sequence[Row]) -> None:
    await _add_note(tx, workspace_id, rows)
    ids = await passages.insert_passages(tx, workspace_id, [_columns(row) for row in rows])
    for row, id_ in zip(rows, ids, strict=True):
        row.id = id_
    counted = {
        row.id: {term: (one.in_text, one.in_head) for term, one in row.found.items()}
        for row in rows
    }
    await passages.insert_postings(tx, workspace_id, counted)
    for model in (MODEL, OLDER_MODEL):
        made = {row.id: row.vectors[model] for row in rows if model in row.vectors}
        await passages.insert_vectors(tx, workspace_id, model=model, by_passage=made)


async def _add_note(tx: Transaction, workspace_id: UUID, rows: Sequence[Row]) -> None:
    claims = [row.claim for row in rows if row.claim]
    key = {"workspace_id": workspace_id, "source_id": rows[0].source["id"]}
    spent: dict[str, Any] = dict.fromkeys(("calls", "tokens_in", "tokens_out"), 0)
    run = key | spent | {"id": uuid4(), "extractor": "local", "code_version": "0", "rejected": []}
    ended = {"outcome": "complete", "uncovered_turns": [], "cost_usd": 0.0, "seconds": 0.0}
    await tx.execute(tables.run.insert().values(run | ended))
    note = key | {"id": uuid4(), "version": 1, "run_id": run["id"], "turns": 1, "absent": {}}
    for claim in claims:
        claim["note_id"] = note["id"]
    span = key | {"number": 0, "turn": 0, "start_cp": 0, "end_cp": 4}
    spans = [span | {"claim_id": claim["id"]} for claim in claims]
    await tx.execute(tables.note.insert().values(note))
    if claims:
        await tx.execute(tables.claim.insert().values(claims))
        await tx.execute(tables.evidence.insert().values(spans))


def _columns(row: Row) -> dict[str, Any]:
    return {
        "source_id": row.source["id"],
        "kind": "claim" if row.claim else "window",
        "claim_id": row.claim["id"] if row.claim else None,
        "block": row.block,
        "first_turn": 0,
        "last_turn": 0,
        "start_cp": 0,
        "end_cp": 4,
        "length": row.length,
        "has_customer": Side.CUSTOMER in row.sides,
        "has_vendor": Side.VENDOR in row.sides,
        "has_unknown": Side.UNKNOWN in row.sides,
        "stated_from": row.stated,
        "stated_to": row.stated,
    }


# --- the reference: nothing but the formulas of service.retrieve and a sum of products ------------


Name: TypeAlias = tuple[UUID, int, UUID | None]
"""A hit: its source, its block, its claim."""


@dataclass(frozen=True)
class Question:
    """What is asked of both."""

    terms: tuple[str, ...] = ()
    vector: tuple[float, ...] | None = None
    filters: search.Filters = field(default_factory=search.Filters)
    model: str = MODEL
    weights: search.Weights = WEIGHTS


@dataclass(frozen=True)
class Scored:
    """A passage, or a hit with its best passage."""

    row: Row
    similarity: float | None
    bm25: float | None
    coverage: float

    @property
    def by_meaning(self) -> tuple[float, float, int]:
        """Nearest first, what has no vector last."""
        return (-_or_least(self.similarity), -_or_least(self.bm25), self.row.id)

    @property
    def name(self) -> Name:
        claim_id = self.row.claim["id"] if self.row.claim else None
        return (self.row.source["id"], self.row.block, claim_id)


def _or_least(score: float | None) -> float:
    return float("-inf") if score is None else score


def expected(world: World, question: Question) -> list[search.Ranked]:
    """All hits, best first."""
    left = [row for row in world.rows if _passes(row, question.filters)]
    hits = _folded(_scored(world, left, question))
    words, meaning = (_placed(hits, leg) for leg in ("bm25", "similarity"))
    weights = fusion.Weights(
        words=question.weights.words_weight, meaning=question.weights.meaning_weight
    )
    fused = fusion.fuse(words, meaning, weights=weights)
    last = weights.words / (fusion.RRF_K + len(words) + 1)
    last += weights.meaning / (fusion.RRF_K + len(meaning) + 1)
    rest = sorted(hits.keys() - fused.keys(), key=lambda name: hits[name].row.id)
    return [_as_ranked(name, hits[name], fused.get(name, last)) for name in (*fused, *rest)]


def _placed(hits: dict[Name, Scored], leg: str) -> list[Name]:
    """The hits that this leg has a score for, best first."""
    scores = {name: getattr(hit, leg) for name, hit in hits.items()}
    having = [name for name, score in scores.items() if score is not None]
    return sorted(having, key=lambda name: (-scores[name], hits[name].row.id))


def _as_ranked(name: Name, hit: Scored, score: float) -> search.Ranked:
    return search.Ranked(
        source_id=name[0],
        claim_id=name[2],
        passage_id=hit.row.id,
        score=score,
        similarity=hit.similarity,
        coverage=hit.coverage,
    )


def _passes(row: Row, filters: search.Filters) -> bool:
    said = {"customer": row.source["customer"], "deal": row.source["deal"]}
    said |= {"kind": row.source["kind"], "field": None, "state": None} | (row.claim or {})
    states = {filters.state} if filters.state else {None, "active", "unattributed"}
    names = ("customer", "deal", "kind", "field")
    return (
        all(getattr(filters, name) in (None, said[name]) for name in names)
        and said["state"] in states
        and (filters.side is None or filters.side in row.sides)
        and (filters.since is None or (row.stated is not None and row.stated >= filters.since))
        and (filters.until is None or (row.stated is not None and row.stated < filters.until))
    )


def _scored(world: World, left: Iterable[Row], question: Question) -> list[Scored]:
    terms = question.terms
    frequencies = {term: sum(term in row.found for row in world.rows) for term in terms}
    mean_length = sum(row.length for row in world.rows) / len(world.rows)
    collection = fusion.Collection(
        passages=len(world.rows), mean_length=mean_length, frequencies=frequencies
    )
    return [
        Scored(
            row=row,
            similarity=_similarity(row, question),
            bm25=fusion.bm25(terms, row.found, length=row.length, collection=collection)
            if set(terms) & row.found.keys()
            else None,
            coverage=coverage(
                set(terms),
                set(row.found),
                rarity=lambda term: fusion.idf(len(world.rows), frequencies[term]),
            ),
        )
        for row in left
    ]


def _similarity(row: Row, question: Question) -> float | None:
    """Both vectors as they are stored, with half the bits."""
    if question.vector is None or question.model not in row.vectors:
        return None
    stored, asked = (
        np.asarray(values, dtype=np.float16).astype(np.float64)
        for values in (row.vectors[question.model], question.vector)
    )
    return float(stored @ asked / np.linalg.norm(stored) / np.linalg.norm(asked))


def _folded(scored: Sequence[Scored]) -> dict[Name, Scored]:
    """Windows go into the nearest claim of their block; a hit has the best score of each kind."""
    nearest: dict[tuple[UUID, int], Name] = {}
    for one in sorted(scored, key=lambda one: one.by_meaning):
        if one.row.claim:
            nearest.setdefault(one.name[:2], one.name)
    grouped: dict[Name, list[Scored]] = {}
    for one in scored:
        name = one.name if one.row.claim else nearest.get(one.name[:2], one.name)
        grouped.setdefault(name, []).append(one)
    return {
        name: Scored(
            row=min(found, key=lambda one: one.by_meaning).row,
            similarity=_best(one.similarity for one in found),
            bm25=_best(one.bm25 for one in found),
            coverage=max(one.coverage for one in found),
        )
        for name, found in grouped.items()
    }


def _best(scores: Iterable[float | None]) -> float | None:
    return max((score for score in scores if score is not None), default=None)
