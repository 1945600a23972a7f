"""The rows of one source, put in again and again by SQL alone."""

import secrets
import time
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from evals.bench.stand import Stand

_TABLES = ("source", "original", "turn", "mention")
_QUEUE = "bench"
"""No worker takes its jobs."""

Row = dict[str, Any]
Connection = psycopg.Connection[Row]
_JSONB = psycopg.adapters.types["jsonb"].oid


def insert_bare(stand: Stand, workspace_id: UUID, source_id: str, *, seconds: float) -> list[float]:
    """Seconds of each: source, file, turns and job in one transaction, as the service's role."""
    took = list[float]()
    with psycopg.connect(stand.app_url, row_factory=dict_row, prepare_threshold=None) as connection:
        connection.execute(f"SET app.workspace_id = '{workspace_id}'")
        rows = {table: _rows(connection, table, source_id) for table in _TABLES}
        connection.commit()
        end = time.perf_counter() + seconds
        while (started := time.perf_counter()) < end or not took:
            _insert(connection, rows)
            connection.commit()
            took.append(time.perf_counter() - started)
    return took


def _rows(connection: Connection, table: str, source_id: str) -> list[Row]:
    """As they are stored; a thread's mentions stay out of the calls that have none."""
    key = "id" if table == "source" else "source_id"
    chosen = sql.SQL("SELECT * FROM {} WHERE {} = %s")
    found = connection.execute(
        chosen.format(sql.Identifier("app", table), sql.Identifier(key)), [source_id]
    )
    packed = {one.name for one in found.description or () if one.type_code == _JSONB}
    return [
        {name: Jsonb(value) if name in packed else value for name, value in row.items()}
        for row in found
    ]


def _insert(connection: Connection, rows: dict[str, list[Row]]) -> None:
    """Under a new id and another hash: otherwise it would be the same source."""
    new_id, new_hash = uuid4(), secrets.token_bytes(32)
    (source,) = rows["source"]
    new = source | {"id": new_id, "content_hash": new_hash, "status": "queued"}
    _insert_into(connection, "source", [new])
    for table in _TABLES[1:]:
        _insert_into(connection, table, [row | {"source_id": new_id} for row in rows[table]])
    connection.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)"
        " VALUES (%s, 'read_source', %s, %s)",
        [_QUEUE, str(new_id), Jsonb({"source_id": str(new_id)})],
    )


def _insert_into(connection: Connection, table: str, rows: list[Row]) -> None:
    """One statement, however many rows."""
    if not rows:
        return
    names = list(rows[0])
    one = sql.SQL("({})").format(sql.SQL(", ").join(sql.Placeholder() * len(names)))
    into = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier("app", table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join([one] * len(rows)),
    )
    connection.execute(into, [row[name] for row in rows for name in names])
