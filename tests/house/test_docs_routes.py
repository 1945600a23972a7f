import re
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from service.web.app import create_app
from service.web.state import ServerState

HEADING = re.compile(r"^### ([A-Z]{3,7}) (/\S{0,100})$", re.MULTILINE)
SCOPES = re.compile(r"^Scope: ([^.\n]{1,80})\.", re.MULTILINE)

Route = tuple[str, str]


def never_opened() -> AbstractAsyncContextManager[ServerState]:
    raise AssertionError("documents need no server")


@pytest.fixture(scope="module")
def app() -> Litestar:
    return create_app(never_opened)


@pytest.fixture(scope="module")
def documented(root: Path) -> dict[Route, str]:
    """The text of each route's section."""
    parts = HEADING.split((root / "docs/api.md").read_text(encoding="utf-8"))
    return {(parts[at], parts[at + 1]): parts[at + 2] for at in range(1, len(parts), 3)}


def in_schema(app: Litestar) -> dict[Route, HTTPRouteHandler]:
    """The handlers that the OpenAPI document shows."""
    paths = app.openapi_schema.to_schema()["paths"]
    handlers = [
        (method, re.sub(r":\w+}", "}", route.path), handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        for method in handler.http_methods
    ]
    return {
        (method, path): handler
        for method, path, handler in handlers
        if method.lower() in paths.get(path, {})
    }


def test_the_page_has_each_route_and_no_other(app: Litestar, documented: dict[Route, str]) -> None:
    paths = app.openapi_schema.to_schema()["paths"]
    offered = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert documented.keys() == offered
    assert in_schema(app).keys() == offered


def test_each_route_names_its_scopes(app: Litestar, documented: dict[Route, str]) -> None:
    for route, handler in in_schema(app).items():
        stated = SCOPES.findall(documented[route])
        needed = " or ".join(f"`{scope}`" for scope in handler.opt.get("scopes", ()))
        assert stated == [needed or "none, no key is needed"], route


def test_each_route_names_its_query_parameters(app: Litestar, documented: dict[Route, str]) -> None:
    for route, handler in in_schema(app).items():
        missing = [
            name for name in handler.opt.get("query", ()) if f"`{name}`" not in documented[route]
        ]
        assert missing == [], route


def test_each_route_has_an_example(documented: dict[Route, str]) -> None:
    for (method, path), text in documented.items():
        assert "curl" in text, (method, path)
        assert path.partition("{")[0] in text, (method, path)
