"""How the plain formulas of service.retrieve rank a world: what the database is held to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

import numpy as np
from search_world import MODEL, WEIGHTS, Row, World

from service.db import search
from service.retrieve import fusion
from service.retrieve.answered import coverage

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
