"""A workspace made large: what a few real calls left behind, copied under new ids."""

from uuid import UUID

import psycopg
from psycopg import sql

from evals.bench.stand import Stand

_TABLES = (
    "source",
    "run",
    "turn",
    "note",
    "claim",
    "evidence",
    "passage",
    "posting",
    "vector",
)
_NEW_UUID = "md5({column}::text || copy)::uuid"
_NEW_NUMBER = "{column} + copy * (SELECT max(id) FROM app.passage)"
_CHANGED = {
    **dict.fromkeys(("source_id", "claim_id", "note_id", "run_id"), _NEW_UUID),
    "passage_id": _NEW_NUMBER,
    "content_hash": "sha256({column} || copy::text::bytea)",
}

Connection = psycopg.Connection[tuple[object, ...]]


def clone(stand: Stand, workspace_id: UUID, *, passages: int) -> int:
    """Copy the workspace's sources until it has so many passages; how many it has then."""
    url = stand.cluster.superuser_url().replace("+psycopg", "", 1)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # the rows are our own
        real = _count(connection, workspace_id)
        with connection.transaction():
            _copy(connection, workspace_id, copies=max(round(passages / real) - 1, 0))
        connection.execute("VACUUM ANALYZE")
        return _count(connection, workspace_id)


def _count(connection: Connection, workspace_id: UUID) -> int:
    counted = "SELECT count(*) FROM app.passage WHERE workspace_id = %s"
    row = connection.execute(counted, [workspace_id]).fetchone()
    return int(str(row[0])) if row else 0


def _copy(connection: Connection, workspace_id: UUID, *, copies: int) -> None:
    # From the last table to the first: the numbers of new passages follow the largest old one.
    for table in reversed(_TABLES):
        names = _columns(connection, table)
        statement = sql.SQL(
            "INSERT INTO {into} ({names}) SELECT {values} FROM {into}"
            " CROSS JOIN generate_series(1, %s) AS copy WHERE workspace_id = %s"
        ).format(
            into=sql.Identifier("app", table),
            names=sql.SQL(", ").join(map(sql.Identifier, names)),
            values=sql.SQL(", ").join(_value(table, name) for name in names),
        )
        connection.execute(statement, [copies, workspace_id])


def _columns(connection: Connection, table: str) -> list[str]:
    listed = (
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'app' AND table_name = %s ORDER BY ordinal_position"
    )
    return [str(name) for (name,) in connection.execute(listed, [table])]


def _value(table: str, name: str) -> sql.Composable:
    changed = _CHANGED.get(name, "{column}")
    if name == "id":
        changed = _NEW_NUMBER if table == "passage" else _NEW_UUID
    return sql.SQL(changed).format(column=sql.Identifier(name))
