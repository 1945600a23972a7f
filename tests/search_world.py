"""A workspace of invented passages, and how the plain formulas rank it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from schemas.claim import FIELDS, ClaimState
from schemas.source import Kind, Side, Status
from service.db import customers, passages, search, sources, tables
from service.db.doors import Doors
from service.db.tables import Transaction
from service.retrieve import fusion
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
