"""A restored backup is held to the ledger before the server opens."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from live import Caller, Database, Server, serving

from service.db.embedded.cluster import Cluster

TALK = "Dana: We will send the {} by Friday.\nKim: We need a {}.\nDana: Agreed, you get it."


def upload(caller: Caller, word: str, **said: object) -> str:
    content = TALK.format(word, word)
    return caller.ready(caller.post("/v1/sources", json={"content": content, **said}))


def dump(cluster: Cluster, database: Database, file: Path) -> None:
    url = cluster.superuser_url(database.name).replace("+psycopg", "")
    subprocess.run(
        [cluster.programs / "pg_dump", "--format=custom", f"--file={file}", url], check=True
    )


def restore(cluster: Cluster, database: Database, file: Path) -> None:
    """Everything but the ledger, which is kept apart from the backups of the data."""
    url = cluster.superuser_url(database.name).replace("+psycopg", "")
    with database.connect() as connection:
        rows = connection.execute("SELECT * FROM app.erasure").fetchall()
        columns = [one.name for one in connection.execute("SELECT * FROM app.erasure").description]
    subprocess.run(
        [cluster.programs / "pg_restore", "--clean", "--if-exists", f"--dbname={url}", file],
        check=True,
    )
    marks = ", ".join(["%s"] * len(columns))
    with database.connect() as connection:
        for row in rows:
            values = [psycopg_json(one) for one in row]
            connection.execute(f"INSERT INTO app.erasure VALUES ({marks})", values)  # noqa: S608 - marks only


def psycopg_json(value: object) -> object:
    from psycopg.types.json import Jsonb

    return Jsonb(value) if isinstance(value, dict) else value


def test_what_was_erased_stays_erased(
    make_database: Callable[[], Database], tmp_path: Path
) -> None:
    database = make_database()
    with serving(database, BATON_DATA_DIR=str(tmp_path)) as running:
        name = _fill(running)
    cluster = database.cluster
    dump(cluster, database, tmp_path / "backup")
    with (
        serving(database, BATON_DATA_DIR=str(tmp_path)) as running,
        running.caller(workspace=name) as caller,
    ):
        caller.delete(f"/v1/sources/{_ids(caller)['single']}")
        assert caller.delete("/v1/customers/kim").json()["residue"] == 0
        upload(caller, "new", customer="kim", title="after")
    restore(cluster, database, tmp_path / "backup")
    with (
        serving(database, BATON_DATA_DIR=str(tmp_path)) as running,
        running.caller(workspace=name) as caller,
    ):
        assert set(_ids(caller)) == {"kept"}


def _fill(running: Server) -> str:
    with running.caller() as caller:
        upload(caller, "first", title="single")
        upload(caller, "second", customer="kim", title="theirs")
        upload(caller, "third", customer="lee", title="kept")
        return caller.workspace


def _ids(caller: Caller) -> dict[str, str]:
    return {one["title"]: one["id"] for one in caller.get("/v1/sources").json()["items"]}
