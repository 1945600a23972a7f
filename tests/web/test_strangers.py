from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import httpx2
import pytest
from live import Caller, Server
from routes import CASES, OPEN, QUESTION, SEARCH, SOURCE, call, names_one
from wire import besides_instance, refused

from schemas.search import Query
from service import keys

WITH_ID = [route for route in CASES if names_one(route)]


@pytest.fixture(scope="module")
def revoked(server: Server) -> Iterator[Caller]:
    with server.caller() as caller, server.database.connect() as db:
        ended = "UPDATE app.api_key SET revoked_at = %s WHERE id = %s"
        db.execute(ended, [datetime.now(UTC), caller.key.split("_")[1]])
        yield caller


def test_every_route_has_a_case(server: Server) -> None:
    document = httpx2.get(f"{server.url}/schema/openapi.json", trust_env=False).json()
    routes = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method in methods
        if method in {"get", "put", "post", "patch", "delete"}
    }
    assert routes == CASES.keys() | OPEN


@pytest.mark.parametrize("route", CASES, ids=" ".join)
def test_no_key(server: Server, route: tuple[str, str], read_id: str) -> None:
    with httpx2.Client(base_url=server.url, trust_env=False) as nobody:
        refused(call(nobody, route, read_id), 401, "unauthorized")


@pytest.mark.parametrize("route", CASES, ids=" ".join)
def test_revoked_key(revoked: Caller, route: tuple[str, str], read_id: str) -> None:
    refused(call(revoked, route, read_id), 401, "unauthorized")


@pytest.mark.parametrize("route", CASES, ids=" ".join)
def test_every_scope_but_the_needed(server: Server, route: tuple[str, str]) -> None:
    others = sorted(set(keys.SCOPES) - CASES[route].scopes)
    with server.caller(*others) as caller:
        refused(call(caller, route, str(uuid4())), 403, "scope-missing")


@pytest.mark.parametrize("route", CASES, ids=" ".join)
def test_each_needed_scope_alone(server: Server, route: tuple[str, str]) -> None:
    for scope in CASES[route].scopes:
        with server.caller(scope) as caller:
            answer = call(caller, route, str(uuid4()))
        assert answer.status_code in ({404} if route in WITH_ID else {200, 202})


@pytest.mark.parametrize("route", WITH_ID, ids=" ".join)
def test_a_strangers_id(
    charlie: Caller, route: tuple[str, str], owner: Caller, read_id: str
) -> None:
    note = owner.get(f"/v1/sources/{read_id}/note").json()
    claim_id = note["what_was_promised"][0]["id"]
    theirs = call(charlie, route, read_id, ref="kim-inc", claim_id=claim_id)
    nobodys = call(charlie, route, str(uuid4()))
    refused(theirs, 404, "not-found")
    refused(nobodys, 404, "not-found")
    assert besides_instance(theirs) == besides_instance(nobodys)
    assert theirs.headers.keys() == nobodys.headers.keys()
    assert owner.get(SOURCE.format(source_id=read_id)).status_code == 200


def test_a_strangers_lists_are_empty(charlie: Caller, owner: Caller) -> None:
    assert charlie.get("/v1/sources").json()["items"] == []
    assert charlie.get("/v1/sources", params={"customer": "kim-inc"}).json()["items"] == []
    assert charlie.get(SEARCH, params=QUESTION).json()["hits"] == []
    assert charlie.post(SEARCH, json=QUESTION).json()["hits"] == []
    assert owner.get(SEARCH, params=QUESTION).json()["hits"] != []


def test_a_strangers_cursor(charlie: Caller, owner: Caller) -> None:
    pages = {"limit": "1"}
    cursor = owner.get(SEARCH, params=QUESTION | pages).json()["next_cursor"]
    asked = QUESTION | pages | {"cursor": cursor}
    assert owner.get(SEARCH, params=asked).status_code == 200
    assert refused(charlie.get(SEARCH, params=asked), 400, "invalid")["field"] == "cursor"


def test_a_cursor_of_another_list(waiting: Caller) -> None:
    for content in ("Hello there, all of you.", "Another one of them."):
        waiting.post("/v1/sources", json={"content": content})
    cursor = waiting.get("/v1/sources", params={"limit": 1}).json()["next_cursor"]
    assert waiting.get("/v1/sources", params={"cursor": cursor}).status_code == 200
    for asked in ({"kind": "call"}, {"customer": "x"}, {"unassigned": "true"}):
        answer = waiting.get("/v1/sources", params={**asked, "cursor": cursor})
        assert refused(answer, 400, "invalid")["field"] == "cursor"


def test_the_description_loads_nothing(server: Server) -> None:
    for path in ("/schema", "/schema/openapi.json"):
        answer = httpx2.get(server.url + path, trust_env=False)
        assert answer.headers["content-type"] == "application/vnd.oai.openapi+json"
    names = [one["name"] for one in answer.json()["paths"][SEARCH]["get"]["parameters"]]
    assert names == list(Query.model_fields)
