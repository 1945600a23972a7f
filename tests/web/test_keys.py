from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from live import Caller, Server
from wire import CALL, besides_instance, refused

from service import keys

SOURCES = "/v1/sources"


def _ask(server: Server, authorization: str | None) -> httpx2.Response:
    headers = {} if authorization is None else {"Authorization": authorization}
    return httpx2.get(server.url + SOURCES, headers=headers, trust_env=False)


def _end(caller: Caller, server: Server, column: str, at: datetime) -> None:
    with server.database.connect() as db:
        set_ = f"UPDATE app.api_key SET {column} = %s WHERE id = %s"  # noqa: S608 - our own column
        db.execute(set_.encode(), [at, caller.key.split("_")[1]])


def _mistyped(key: str) -> str:
    return key[:40] + ("x" if key[40] != "x" else "y") + key[41:]


def _other_secret(key: str) -> str:
    return keys.Key(id=key.split("_")[1], secret=keys.make().secret).text


def test_every_bad_key_gets_the_same_answer(server: Server, owner: Caller) -> None:
    key, now = owner.key, datetime.now(UTC)
    with server.caller() as revoked, server.caller() as expired:
        _end(revoked, server, "revoked_at", now)
        _end(expired, server, "expires_at", now - timedelta(seconds=1))
    sent = [
        *(None, "", "Bearer", f"Basic {key}", key, "Bearer garbage", "Bearer baton_x_y"),
        *(f"Bearer {_mistyped(key)}", f"Bearer {keys.make().text}", f"Bearer {_other_secret(key)}"),
        *(
            f"Bearer {revoked.key}",
            f"Bearer {expired.key}",
            f"Bearer {key}x",
            f"Bearer {key} {key}",
        ),
    ]
    answers = [_ask(server, text) for text in sent]
    assert [answer.headers["www-authenticate"] for answer in answers] == ["Bearer"] * len(sent)
    assert all(refused(answer, 401, "unauthorized") for answer in answers)
    assert len({besides_instance(answer) for answer in answers}) == 1


def test_a_good_key_is_read_in_any_case_of_bearer(server: Server, owner: Caller) -> None:
    for word in ("Bearer", "bearer", "BEARER"):
        assert _ask(server, f"{word} {owner.key}").status_code == 200


def test_a_key_works_until_the_moment_it_is_revoked(server: Server) -> None:
    with server.caller("read") as caller:
        assert caller.get(SOURCES).status_code == 200
        _end(caller, server, "revoked_at", datetime.now(UTC))
        refused(caller.get(SOURCES), 401, "unauthorized")


def test_a_key_works_until_it_expires(server: Server) -> None:
    with server.caller("read") as caller:
        _end(caller, server, "expires_at", datetime.now(UTC) + timedelta(minutes=1))
        assert caller.get(SOURCES).status_code == 200
        _end(caller, server, "expires_at", datetime.now(UTC))
        refused(caller.get(SOURCES), 401, "unauthorized")


def test_two_keys_of_a_workspace_overlap(server: Server) -> None:
    with server.caller() as old, server.caller(workspace=old.workspace) as new:
        assert old.post(SOURCES, json={"content": CALL}).status_code == 202
        assert len(new.get(SOURCES).json()["items"]) == 1
        _end(old, server, "revoked_at", datetime.now(UTC))
        refused(old.get(SOURCES), 401, "unauthorized")
        assert len(new.get(SOURCES).json()["items"]) == 1


def test_ingest_reads_only_what_it_made(waiting: Caller, idle: Server) -> None:
    with idle.caller("ingest", workspace=waiting.workspace) as recorder:
        theirs = waiting.post(SOURCES, json={"content": CALL}).json()["url"]
        own = recorder.post(SOURCES, json={"content": "Hello there, all of you."}).json()["url"]
        assert recorder.get(own).status_code == 200
        assert recorder.get(f"{own}/turns").status_code == 200
        refused(recorder.get(f"{own}/note"), 409, "not-ready")
        for tail in ("", "/turns", "/note"):
            refused(recorder.get(theirs + tail), 404, "not-found")
        listed = [item["id"] for item in recorder.get(SOURCES).json()["items"]]
        assert listed == [own.rpartition("/")[2]]


def test_two_recorders_do_not_see_each_other(idle: Server) -> None:
    with idle.caller("ingest") as one, idle.caller("ingest", workspace=one.workspace) as two:
        url = one.post(SOURCES, json={"content": CALL}).json()["url"]
        refused(two.get(url), 404, "not-found")
        assert two.get(SOURCES).json()["items"] == []


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("ingest", "POST", SOURCES),
        ("read or ingest", "GET", SOURCES),
        ("read", "GET", "/v1/search?q=x"),
        ("read", "POST", "/v1/search"),
        ("admin", "DELETE", f"{SOURCES}/x"),
    ],
)
def test_a_missing_scope_is_named(server: Server, scope: str, method: str, path: str) -> None:
    others = sorted(set(keys.SCOPES) - set(scope.split(" or ")))
    with server.caller(*others) as caller:
        body = refused(caller.request(method, path), 403, "scope-missing")
    assert body["detail"] == f"This call needs the scope {scope}."
    assert scope in body["mend"]


def test_the_secret_is_not_stored(server: Server, owner: Caller) -> None:
    _, id_, secret = owner.key.split("_")
    with server.database.connect() as db:
        row = db.execute("SELECT k::text FROM app.api_key k WHERE id = %s", [id_]).fetchone()
    assert row is not None
    assert secret[:20] not in str(row[0])
    assert secret[:20].encode().hex() not in str(row[0])
