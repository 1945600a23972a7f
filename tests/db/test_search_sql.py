"""The ranking in the database, held to the plain formulas of service.retrieve."""

import random
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from live import Database
from search_reference import Question, expected
from search_world import (
    MODEL,
    OLDER_MODEL,
    START,
    WIDTH,
    WORDS,
    Row,
    World,
    fill,
)

from schemas.source import Kind, Side
from service.db.doors import Doors, open_doors
from service.db.search import Filters, Ranked, rank, ranking
from service.retrieve.postings import Posting

LATER, MUCH_LATER = START + timedelta(days=3), START + timedelta(days=8, minutes=5)
FILTERS = {
    "none": Filters(),
    "customer": Filters(customer="customer 1"),
    "unknown customer": Filters(customer="nobody"),
    "deal": Filters(deal="deal 4 of 0"),
    "field": Filters(field="what_was_promised"),
    "side": Filters(side=Side.VENDOR),
    "kind": Filters(kind=Kind.EMAIL),
    "since": Filters(since=LATER),
    "until": Filters(until=LATER),
    "state": Filters(state="retracted"),
    "span of time": Filters(since=LATER, until=MUCH_LATER),
    "customer's promises": Filters(customer="customer 2", field="what_was_promised"),
    "deal of another customer": Filters(customer="customer 1", deal="deal 4 of 0"),
    "everything": Filters(
        customer="customer 2",
        field="success_in_their_words",
        side=Side.CUSTOMER,
        kind=Kind.CALL,
        since=START,
        until=START + timedelta(days=30),
        state="active",
    ),
}

EMPTY = {"unknown customer", "deal of another customer"}


@pytest.fixture
async def lone(database: Database) -> AsyncIterator[Doors]:
    """Doors with one connection each: every query meets what the one before left there."""
    opened = open_doors(database.url("baton_app"), database.url("baton_system"), size=1)
    yield opened
    await opened.close()


@pytest.fixture
async def world(doors: Doors) -> World:
    return await fill(doors, uuid4(), seed=11)


def ask(seed: int = 3, **changes: Any) -> Question:
    """A question of common and rare words, one of which nobody said, with its vector."""
    chance = random.Random(seed)  # noqa: S311 - repeatable data, no secret
    terms = (*chance.sample(WORDS, 4), "unheard")
    vector = tuple(chance.gauss() for _ in range(WIDTH))
    return replace(Question(terms=terms, vector=vector), **changes)


async def found(
    doors: Doors, world: World, question: Question, *, limit: int = 1000, offset: int = 0
) -> list[Ranked]:
    async with doors.workspace_transaction(world.workspace_id) as tx:
        return await rank(tx, world.workspace_id, **vars(question), limit=limit, offset=offset)


def order(ranked: list[Ranked]) -> list[tuple[object, ...]]:
    return [(hit.source_id, hit.claim_id, hit.passage_id) for hit in ranked]


def assert_same(ours: list[Ranked], wanted: list[Ranked]) -> None:
    assert order(ours) == order(wanted)
    assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in wanted])
    assert [hit.coverage for hit in ours] == pytest.approx([hit.coverage for hit in wanted])
    similarities = [hit.similarity for hit in wanted]
    assert [hit.similarity for hit in ours] == pytest.approx(similarities, abs=1e-5)


async def test_the_database_ranks_as_the_formulas_do(doors: Doors, world: World) -> None:
    for filters in FILTERS.values():
        for seed in range(5):
            question = ask(seed, filters=filters)
            assert_same(await found(doors, world, question), expected(world, question))


async def test_every_filter_leaves_some_and_takes_some(world: World) -> None:
    """Otherwise the test above would compare nothing with nothing."""
    every = len(expected(world, ask()))
    left = {name: len(expected(world, ask(filters=one))) for name, one in FILTERS.items()}
    assert {name for name, n in left.items() if not n} == EMPTY
    assert {name for name, n in left.items() if n == every} == {"none"}


async def test_every_weight_counts(doors: Doors, world: World) -> None:
    question = ask()
    weights = replace(question.weights, words_weight=0.8, meaning_weight=0.2)
    words_first = replace(question, weights=weights)
    ours = await found(doors, world, words_first)
    assert_same(ours, expected(world, words_first))
    assert order(ours) != order(expected(world, question))


async def test_without_a_vector_the_words_rank(doors: Doors, world: World) -> None:
    question = ask(vector=None)
    ours = await found(doors, world, question)
    assert_same(ours, expected(world, question))
    assert len(ours) == len(expected(world, ask()))
    assert {hit.similarity for hit in ours} == {None}


async def test_without_terms_the_meaning_ranks(doors: Doors, world: World) -> None:
    question = ask(terms=())
    ours = await found(doors, world, question)
    assert_same(ours, expected(world, question))
    assert {hit.coverage for hit in ours} == {0.0}


async def test_neither_words_nor_vector_still_finds_every_hit(doors: Doors, world: World) -> None:
    for terms in ((), ("unheard",)):
        question = ask(terms=terms, vector=None)
        assert_same(await found(doors, world, question), expected(world, question))


async def test_vectors_of_another_model_are_not_compared(doors: Doors, world: World) -> None:
    ours, theirs = ask(), ask(model=OLDER_MODEL)
    assert_same(await found(doors, world, theirs), expected(world, theirs))
    lacking = {row.id for row in world.rows if MODEL not in row.vectors}
    similar = {hit.passage_id for hit in await found(doors, world, ours) if hit.similarity}
    assert lacking
    assert not lacking & similar


@pytest.mark.parametrize("limit", [1, 3, 10, 40])
async def test_as_many_hits_as_asked_for_or_exist(doors: Doors, world: World, limit: int) -> None:
    for filters in FILTERS.values():
        question = ask(filters=filters)
        exist = len(expected(world, question))
        assert len(await found(doors, world, question, limit=limit)) == min(limit, exist)


async def test_pages_are_the_whole_without_a_gap(doors: Doors, world: World) -> None:
    question = ask()
    whole = await found(doors, world, question)
    pages = [await found(doors, world, question, limit=7, offset=n) for n in range(0, 1000, 7)]
    assert [hit for page in pages for hit in page] == whole


async def test_query_50_is_query_1_on_one_connection(lone: Doors) -> None:
    world = await fill(lone, uuid4(), seed=12)
    for filters in (Filters(), FILTERS["customer's promises"], FILTERS["side"]):
        question = ask(filters=filters)
        first = await found(lone, world, question, limit=10)
        assert len(first) == min(10, len(expected(world, question)))
        for _ in range(49):
            assert await found(lone, world, question, limit=10) == first


async def test_no_statement_stays_prepared(lone: Doors) -> None:
    """A prepared one may get a plan that does not know the filter's value."""
    world = await fill(lone, uuid4(), seed=13, sources_=2)
    for _ in range(12):
        await found(lone, world, ask())
    async with lone.app.connect() as connection:
        prepared = await connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements")
        assert prepared.scalar_one() == 0


async def test_two_workspaces_with_the_same_words_never_mix(lone: Doors) -> None:
    """Not the hits, and not how telling a word is: a neighbour changes no score."""
    ours = await fill(lone, uuid4(), seed=14)
    before = await found(lone, ours, ask())
    theirs = [await fill(lone, uuid4(), seed=14), await fill(lone, uuid4(), seed=15)]
    assert await found(lone, ours, ask()) == before
    twins = await found(lone, theirs[0], ask())
    assert [hit.score for hit in twins] == [hit.score for hit in before]
    assert not {hit.source_id for hit in twins} & {hit.source_id for hit in before}


async def test_in_an_empty_workspace_there_is_nothing(doors: Doors) -> None:
    assert await found(doors, World(uuid4()), ask()) == []


def all_alike(row: Row) -> None:
    """The same words, length and vector in every passage."""
    row.length, row.found = 30, {WORDS[0]: Posting(in_text=1), WORDS[1]: Posting(in_text=2)}
    row.vectors = {MODEL: [1.0] * WIDTH}


async def test_ties_stand_in_the_order_of_arrival(doors: Doors) -> None:
    """The same words and the same vector, again and again: always in one order."""
    world = await fill(doors, uuid4(), seed=16, change=all_alike)
    ours = await found(doors, world, ask(terms=tuple(WORDS)))
    assert_same(ours, expected(world, ask(terms=tuple(WORDS))))
    ids = [hit.passage_id for hit in ours]
    assert ids == sorted(ids)


def of_no_length(row: Row) -> None:
    """No word of its own, only those of its head."""
    row.length, row.found = 0, {WORDS[0]: Posting(in_head=1)}


async def test_passages_without_a_word_are_ranked_by_their_head(doors: Doors) -> None:
    """Where all have no length, its mean is 0."""
    world = await fill(doors, uuid4(), seed=17, sources_=2, change=of_no_length)
    ours = await found(doors, world, ask(terms=(WORDS[0],)))
    assert len(ours) == len(expected(world, ask(terms=()))) > 0
    assert {hit.coverage for hit in ours} == {1.0}


NEIGHBOURS = "neighbours"
KEYS = {
    "passage_workspace_id_source_id_idx": ("workspace_id", "source_id"),
    "posting_pkey": ("workspace_id", "term"),
    "vector_pkey": ("workspace_id", "passage_id", "model"),
}
"""By which index the ranking reads each large table, and by which of its columns."""


@pytest.fixture(scope="module")
def crowded(make_database: Callable[[], Database]) -> Database:
    """A database of its own, with an index of neighbours on its vectors."""
    return make_database()


@pytest.fixture
async def busy(crowded: Database) -> AsyncIterator[Doors]:
    opened = open_doors(crowded.url("baton_app"), crowded.url("baton_system"), size=1)
    yield opened
    await opened.close()


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


async def explained(doors: Doors, world: World, *settings: str) -> list[dict[str, Any]]:
    """The nodes of the ranking's plan."""
    statement, values = ranking(world.workspace_id, **vars(ask()), limit=10, offset=0)
    async with doors.workspace_transaction(world.workspace_id) as tx:
        for setting in ("enable_nestloop = off", *settings):
            await tx.execute(sa.text(f"SET LOCAL {setting}"))
        plan = await tx.scalar(sa.text(f"EXPLAIN (FORMAT JSON) {statement.text}"), values)
    return list(nodes(plan[0]["Plan"]))


@pytest.mark.parametrize("analyzed", [False, True])
async def test_every_table_is_read_by_its_key(
    busy: Doors, crowded: Database, *, analyzed: bool
) -> None:
    """Also in a workspace that came after the last statistics."""
    world = await fill(busy, uuid4(), seed=18, sources_=40)
    with crowded.connect() as connection:
        connection.execute("ANALYZE" if analyzed else "SELECT 1")
    plan = await explained(busy, world)
    for name, columns in KEYS.items():
        found = [node["Index Cond"] for node in plan if node.get("Index Name") == name]
        assert [cond for cond in found if all(f"{column} =" in cond for column in columns)], name
    for table in ("posting", "vector"):
        assert len([node for node in plan if node.get("Relation Name") == table]) == 1


async def test_no_neighbour_index_ranks(busy: Doors, crowded: Database) -> None:
    """One is there and tempting: another query takes it, the ranking does not."""
    world = await fill(busy, uuid4(), seed=20, sources_=4)
    with crowded.connect() as connection:
        connection.execute(
            f"CREATE INDEX {NEIGHBOURS} ON app.vector"
            f" USING hnsw ((embedding::halfvec({WIDTH})) halfvec_cosine_ops)"
        )
        connection.execute("SET enable_seqscan = off")
        row = connection.execute(
            f"EXPLAIN (FORMAT JSON) SELECT passage_id FROM app.vector"  # noqa: S608 - a number
            f" ORDER BY embedding::halfvec({WIDTH}) <=> '{[1] * WIDTH}' LIMIT 10"
        ).fetchone()
    assert NEIGHBOURS in str(row)
    plan = await explained(busy, world, "enable_seqscan = off", "enable_sort = off")
    assert NEIGHBOURS not in {node.get("Index Name") for node in plan}
