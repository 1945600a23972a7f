from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from live import Caller, Database, Server
from psycopg import sql
from wire import CALL, call_of, refused

SOURCES, SEARCH = "/v1/sources", "/v1/search"
CANARY = "zyxqvorth"
SAID = [
    f"Why did {CANARY} start looking?",
    f"Because {CANARY} lost two shipments in March and nobody noticed.",
    f"We will send {CANARY} the migration plan by Friday.",
]
TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""


def _tables_with(database: Database, words: str) -> set[str]:
    """Every table of every schema that holds the words in any column, as text or as bytes."""
    with database.connect() as db:
        tables = db.execute(TABLES).fetchall()
        return {str(name) for schema, name in tables if _has(db, (schema, name), words)}


def _has(
    db: "psycopg.Connection[tuple[object, ...]]", name: tuple[object, object], words: str
) -> bool:
    query = sql.SQL("SELECT count(*) FROM {} t WHERE t::text ILIKE ANY (%s)")
    table = sql.Identifier(str(name[0]), str(name[1]))
    patterns = [f"%{words}%", f"%{words.encode().hex()}%"]
    row = db.execute(query.format(table), [patterns]).fetchone()
    return row is not None and row[0] != 0


def test_what_was_removed_is_counted(alice: Caller, server: Server) -> None:
    source_id = alice.ready(alice.post(SOURCES, json={"content": CALL}))
    with server.database.connect() as db:
        counted = {}
        for table in ("source", "original", "turn", "run", "note", "claim", "evidence", "passage"):
            query = sql.SQL("SELECT count(*) FROM app.{} WHERE workspace_id = %s")
            row = db.execute(query.format(sql.Identifier(table)), [alice.workspace_id]).fetchone()
            counted[table] = row[0] if row else 0
    answer = alice.delete(f"{SOURCES}/{source_id}")
    assert answer.status_code == 200
    assert answer.json().keys() == {"removed", "residue"}
    removed = answer.json()["removed"]
    assert {table: removed[table] for table in counted} == counted
    assert (counted["turn"], counted["claim"], removed["vector"]) == (3, 2, counted["passage"])
    assert answer.json()["residue"] == 0


def test_again_is_not_found(alice: Caller) -> None:
    url = alice.post(SOURCES, json={"content": CALL}).json()["url"]
    assert alice.delete(url).status_code == 200
    refused(alice.delete(url), 404, "not-found")
    for tail in ("", "/turns", "/note"):
        refused(alice.get(url + tail), 404, "not-found")
    assert alice.get(SOURCES).json()["items"] == []


def test_only_one_of_eight_deletes_it(waiting: Caller) -> None:
    url = waiting.post(SOURCES, json={"content": CALL}).json()["url"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: waiting.delete(url), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [404] * 7


def test_a_waiting_job_goes_with_its_source(waiting: Caller, idle: Server) -> None:
    sent = waiting.post(SOURCES, json={"content": CALL}).json()
    assert waiting.delete(sent["url"]).json()["removed"]["job"] == 1
    with idle.database.connect() as db:
        left = "SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'source_id' = %s"
        assert db.execute(left, [sent["id"]]).fetchone() == (0,)


def test_search_no_longer_finds_it(alice: Caller) -> None:
    kept = alice.ready(alice.post(SOURCES, json={"content": CALL, "deal": "kept"}))
    gone = alice.ready(alice.post(SOURCES, json={"content": CALL, "deal": "gone"}))
    asked = {"q": "lost two shipments", "limit": "100"}
    before = alice.get(SEARCH, params=asked).json()["hits"]
    assert {hit["source"]["id"] for hit in before} == {kept, gone}
    assert alice.delete(f"{SOURCES}/{gone}").json()["residue"] == 0
    after = alice.get(SEARCH, params=asked).json()["hits"]
    assert {hit["source"]["id"] for hit in after} == {kept}


def test_sent_again_it_is_new(waiting: Caller) -> None:
    first = waiting.post(SOURCES, json={"content": CALL})
    waiting.delete(first.json()["url"])
    again = waiting.post(SOURCES, json={"content": CALL})
    assert again.status_code == 202
    assert again.json()["id"] != first.json()["id"]


def test_nothing_of_a_read_source_is_left_in_any_table(alice: Caller, server: Server) -> None:
    files = {"file": (f"{CANARY}.json", str(call_of(*SAID)).replace("'", '"').encode())}
    sent = alice.post(SOURCES, files=files, data={"title": f"About {CANARY}"})
    source_id = alice.ready(sent)
    found = _tables_with(server.database, CANARY)
    assert found >= {"source", "original", "turn", "claim", "posting"}
    removed = alice.delete(f"{SOURCES}/{source_id}").json()
    assert removed["residue"] == 0
    assert found <= removed["removed"].keys()
    assert _tables_with(server.database, CANARY) == set()
    assert _tables_with(server.database, source_id) == set()


@pytest.mark.parametrize("part", ["title", "external_id"])
def test_nothing_of_a_waiting_source_is_left_in_any_table(
    waiting: Caller, idle: Server, part: str
) -> None:
    sent = waiting.post(SOURCES, json={"content": call_of(*SAID), part: CANARY})
    assert sent.status_code == 202
    assert "procrastinate_jobs" in _tables_with(idle.database, sent.json()["id"])
    assert _tables_with(idle.database, CANARY)
    assert waiting.delete(sent.json()["url"]).json()["residue"] == 0
    assert _tables_with(idle.database, CANARY) == set()
    assert _tables_with(idle.database, sent.json()["id"]) == set()
