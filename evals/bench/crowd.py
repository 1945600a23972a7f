"""Workspaces of many sizes in one database: vectors around topics, words as common as in talk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import numpy as np
import numpy.typing as npt
import psycopg
from pgvector import HalfVector
from pgvector.psycopg import register_vector

MODEL, WIDTH = "bench/384", 384
CUSTOMERS = 10
"""A filter by customer leaves one row in so many."""

_A_SOURCE, _A_BLOCK = 100, 2
_WORDS_EACH = 12
_VOCABULARY = 20_000
_TOPICS, _SPREAD = 200, 0.8

Vectors = npt.NDArray[np.float16]
Random = np.random.Generator


@dataclass(frozen=True)
class Filled:
    """One workspace, and what an exact search must know of it."""

    workspace_id: UUID
    first_id: int
    vectors: Vectors
    customers: npt.NDArray[np.int64]
    """Of each passage."""


@dataclass(frozen=True)
class Loader:
    """Puts workspaces in as the superuser: COPY is refused behind the wall."""

    connection: "psycopg.Connection[tuple[object, ...]]"
    chance: Random
    topics: npt.NDArray[np.float32]
    advance: Callable[[int], None]

    def fill(self, size: int, *, first_id: int) -> Filled:
        """A workspace of so many passages, each with a vector and its postings."""
        filled = self._make(size, first_id)
        source_ids = [uuid4() for _ in range(-(-size // _A_SOURCE))]
        self._copy_owners(filled, source_ids)
        self._copy_passages(filled, source_ids)
        self._copy_postings(filled)
        self._copy_vectors(filled)
        return filled

    def _make(self, size: int, first_id: int) -> Filled:
        of_source = self.chance.integers(CUSTOMERS, size=-(-size // _A_SOURCE))
        of_source[0] = 0
        return Filled(
            workspace_id=uuid4(),
            first_id=first_id,
            vectors=near_topics(self.chance, self.topics, size),
            customers=np.repeat(of_source, _A_SOURCE)[:size],
        )

    def _copy_owners(self, filled: Filled, source_ids: list[UUID]) -> None:
        here = filled.workspace_id
        customer_ids = [uuid4() for _ in range(CUSTOMERS)]
        named = ((here, id_, f"customer {n}") for n, id_ in enumerate(customer_ids))
        self._copy("customer (workspace_id, id, ref)", "uuid uuid text", named)
        owners = filled.customers[::_A_SOURCE]
        rows = (
            (here, id_, "bench", "call", "text", "ready", customer_ids[owner], id_.bytes)
            for id_, owner in zip(source_ids, owners, strict=True)
        )
        columns = "workspace_id, id, key_id, kind, format, status, customer_id, content_hash"
        types = "uuid uuid text text text text uuid bytea"
        self._copy(f"source ({columns})", types, rows)

    def _copy_passages(self, filled: Filled, source_ids: list[UUID]) -> None:
        rows = (
            (
                *(filled.workspace_id, filled.first_id + n, source_ids[n // _A_SOURCE]),
                *("window", n // _A_BLOCK, 0, 0, 0, 1, int(length), True, True, False),
            )
            for n, length in enumerate(self.chance.integers(60, 150, size=len(filled.vectors)))
        )
        columns = (
            "workspace_id, id, source_id, kind, block, first_turn, last_turn, start_cp, end_cp,"
            " length, has_customer, has_vendor, has_unknown"
        )
        types = "uuid int8 uuid text" + " int4" * 6 + " bool" * 3
        self._copy(f"passage ({columns})", types, rows)

    def _copy_postings(self, filled: Filled) -> None:
        said = words(self.chance, (len(filled.vectors), _WORDS_EACH))
        rows = (
            (filled.workspace_id, f"w{word}", filled.first_id + n, 1, 0)
            for n, row in enumerate(said)
            for word in np.unique(row)
        )
        columns = "workspace_id, term, passage_id, tf, head_tf"
        self._copy(f"posting ({columns})", "uuid text int8 int2 int2", rows)

    def _copy_vectors(self, filled: Filled) -> None:
        rows = (
            (filled.workspace_id, filled.first_id + n, MODEL, WIDTH, HalfVector(vector))
            for n, vector in enumerate(self._counted(filled.vectors))
        )
        columns = "workspace_id, passage_id, model, width, embedding"
        self._copy(f"vector ({columns})", "uuid int8 text int2 halfvec", rows)

    def _counted(self, vectors: Vectors) -> Iterator[Vectors]:
        for vector in vectors:
            yield vector
            self.advance(1)

    def _copy(self, into: str, types: str, rows: Iterator[tuple[object, ...]]) -> None:
        copying = f"COPY app.{into} FROM STDIN (FORMAT BINARY)"
        with self.connection.cursor() as cursor, cursor.copy(copying.encode()) as copy:
            copy.set_types(types.split())
            for row in rows:
                copy.write_row(row)


def open_loader(url: str, *, seed: int, advance: Callable[[int], None]) -> Loader:
    """Connected as the superuser, with foreign keys unchecked: the rows are our own."""
    connection = psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
    connection.execute("SET session_replication_role = replica")
    register_vector(connection)
    chance = np.random.default_rng(seed)
    topics = chance.standard_normal((_TOPICS, WIDTH), dtype=np.float32)
    return Loader(connection=connection, chance=chance, topics=topics, advance=advance)


def near_topics(chance: Random, topics: npt.NDArray[np.float32], count: int) -> Vectors:
    """Unit vectors, each around one of the topics, with the bits that are stored."""
    chosen = topics[chance.integers(len(topics), size=count)]
    noise = chance.standard_normal((count, WIDTH), dtype=np.float32)
    made = chosen + _SPREAD * noise
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made.astype(np.float16)


def words(chance: Random, shape: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """Numbers of words: a few stand everywhere, most are rare."""
    return np.asarray(chance.zipf(1.3, size=shape) % _VOCABULARY)
