from typing import Any

import httpx2
import jsonschema_rs
import pytest
from live import Server
from routes import CASES, OPEN

Document = dict[str, Any]
PROBLEM_JSON = "application/problem+json"


@pytest.fixture(scope="module")
def document(server: Server) -> Document:
    found: Document = httpx2.get(f"{server.url}/schema/openapi.json", trust_env=False).json()
    return found


@pytest.fixture(scope="module")
def operations(document: Document) -> dict[tuple[str, str], Document]:
    return {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def contents(operation: Document) -> list[Document]:
    """Each body of its requests and answers, with its media type."""
    told = [operation.get("requestBody", {}), *operation["responses"].values()]
    return [one | {"kind": kind} for body in told for kind, one in body.get("content", {}).items()]


def test_schema_needs_no_key_and_is_openapi_3_1(document: Document) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_each_operation_has_a_name_and_words(operations: dict[Any, Document]) -> None:
    names = [operation["operationId"] for operation in operations.values()]
    assert len(set(names)) == len(CASES) + len(OPEN)
    for route, operation in operations.items():
        assert operation["tags"], route
        assert 10 < len(operation["summary"]) < 100, route
        assert operation["description"].startswith(operation["summary"]), route


def test_scopes_are_those_that_open_the_route(operations: dict[Any, Document]) -> None:
    for route, case in CASES.items():
        operation = operations[route]
        assert set(operation["x-scopes"]) == case.scopes, route
        assert [one["key"] for one in operation["security"]] == [[s] for s in operation["x-scopes"]]
        assert all(f"`{scope}`" in operation["description"] for scope in case.scopes)
    assert all(operations[route]["security"] == [] for route in OPEN)


def test_each_body_has_an_example(operations: dict[Any, Document]) -> None:
    for route, operation in operations.items():
        for content in contents(operation):
            is_binary = content["schema"].get("format") == "binary"
            assert is_binary or "example" in content or content["examples"], route


def test_examples_are_of_their_schema(document: Document, operations: dict[Any, Document]) -> None:
    shared = {"components": document["components"]}
    for operation in operations.values():
        for content in contents(operation):
            if content["kind"].endswith("json"):
                schema = jsonschema_rs.Draft202012Validator(content["schema"] | shared)
                examples = [one["value"] for one in content.get("examples", {}).values()]
                for example in examples or [content["example"]]:
                    schema.validate(example)


@pytest.mark.parametrize(
    ("route", "status", "names"),
    [
        (("POST", "/v1/sources"), "422", "consent-missing format-unknown no-content parse-limit"),
        (("GET", "/v1/sources/{source_id}/note"), "409", "not-ready run-failed"),
        (("PATCH", "/v1/sources/{source_id}"), "409", "deal-customer-clash source-clash"),
        (("GET", "/v1/search"), "401", "unauthorized"),
        (("GET", "/readyz"), "503", "unavailable"),
    ],
)
def test_problems_are_told_by_status_and_type(
    operations: dict[Any, Document], route: tuple[str, str], status: str, names: str
) -> None:
    told = operations[route]["responses"][status]["content"][PROBLEM_JSON]
    assert set(names.split()) <= told["examples"].keys()
    types = told["schema"]["allOf"][1]["properties"]["type"]["enum"]
    assert {f"/problems/{name}" for name in told["examples"]} == set(types)


def test_upload_tells_form_json_and_headers(operations: dict[Any, Document]) -> None:
    upload = operations["POST", "/v1/sources"]
    form = upload["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
    assert (form["file"]["type"], form["file"]["minItems"]) == ("array", 1)
    assert {"customer", "deal", "participants", "occurred_at", "external_id"} <= form.keys()
    assert "application/json" in upload["requestBody"]["content"]
    assert {one["name"] for one in upload["parameters"]} == {"Idempotency-Key", "Prefer"}
    known, new = (upload["responses"][status] for status in ("200", "202"))
    assert {"Location", "Idempotency-Replayed", "X-Request-Id"} <= known["headers"].keys()
    assert len(known["content"]["application/json"]["schema"]["anyOf"]) == 2
    assert new["links"]["get_note"]["parameters"] == {"source_id": "$response.body#/id"}


def test_limits_are_told(document: Document, operations: dict[Any, Document]) -> None:
    asked = {one["name"]: one["schema"] for one in operations["GET", "/v1/search"]["parameters"]}
    assert (asked["limit"]["minimum"], asked["limit"]["maximum"]) == (1, 100)
    assert (asked["q"]["minLength"], asked["q"]["maxLength"]) == (1, 1000)
    assert asked["customer"]["maxLength"] == 200
    side = asked["side"]["$ref"].rpartition("/")[2]
    assert document["components"]["schemas"][side]["enum"] == ["customer", "vendor", "unknown"]


def test_options_lists_every_method_of_a_path(server: Server, document: Document) -> None:
    for path, methods in document["paths"].items():
        listed = httpx2.options(f"{server.url}{path}", trust_env=False).headers["allow"]
        assert {*listed.lower().split(", ")} == {*methods, "options"}, path
