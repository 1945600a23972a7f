"""`/schema`: the routes as Litestar lists them, with all that their terms and shapes say."""

import inspect
from collections.abc import Iterator
from typing import Any

from litestar import Litestar, Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.routes import HTTPRoute
from pydantic.json_schema import models_json_schema

from service.web.openapi_answers import REF, Refs, answers, shapes_answered
from service.web.openapi_requests import bodies, parameters, shapes_asked
from service.web.terms import terms_of

_SCHEME = "key"
_ABOUT = """Takes call transcripts and e-mail threads, and pulls out why they bought, what was
promised, and success in their words, each on a verbatim quote."""

Described = dict[str, Any]
Operation = tuple[str, str, HTTPRouteHandler]
"""Its path, method and handler."""


class Document(JsonRenderPlugin):
    """Serves the document as JSON alone: a page that draws it would load scripts from elsewhere."""

    def __init__(self) -> None:
        super().__init__(path=("/", "/openapi.json"))
        self._written: bytes | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: Described) -> bytes:
        """Written once: it needs no key, and does not change while the server runs."""
        if self._written is None:
            openapi_schema = describe(request.app)
            self._written = super().render(request, openapi_schema)
        return self._written


def describe(app: Litestar) -> Described:
    """The whole document."""
    document = app.openapi_schema.to_schema()
    handlers = [one for one in _handlers(app) if one[0] in document["paths"]]
    refs, schemas = _components([handler for _, _, handler in handlers])
    for path, method, handler in handlers:
        known = document["paths"][path][method]
        told = _operation(known, path, handler, refs)
        document["paths"][path][method] = told
        if name := terms_of(handler).makes:
            _link(told, name, to=handlers)
    document["info"] |= {"description": _ABOUT, "license": {"name": "Apache-2.0"}}
    document["components"] = {
        "schemas": schemas,
        "securitySchemes": {_SCHEME: {"type": "http", "scheme": "bearer"}},
    }
    return document


def _handlers(app: Litestar) -> Iterator[Operation]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if handler.resolve_include_in_schema():
                    yield route.path_format, method.lower(), handler


def _components(handlers: list[HTTPRouteHandler]) -> tuple[Refs, Described]:
    """The shapes of all routes as pydantic describes them, and how each is referred to."""
    asked = {(shape, "validation") for one in handlers for shape in shapes_asked(one)}
    answered = {(shape, "serialization") for one in handlers for shape in shapes_answered(one)}
    both: list[Any] = sorted(asked | answered, key=str)
    refs, described = models_json_schema(both, ref_template=REF)
    return refs, described["$defs"]


def _operation(known: Described, path: str, handler: HTTPRouteHandler, refs: Refs) -> Described:
    scopes: tuple[str, ...] = handler.opt.get("scopes", ())
    said = inspect.getdoc(handler.fn) or ""
    needs = f"Scope: {' or '.join(f'`{scope}`' for scope in scopes)}." if scopes else "No key."
    told: Described = {
        "operationId": handler.handler_name,
        "tags": [_tag(path)],
        "summary": said.splitlines()[0].rstrip("."),
        "description": f"{said}\n\n{needs}",
        "parameters": parameters(known.get("parameters", []), handler),
        "responses": answers(handler, refs, names_one="{" in path),
        # Any one of them is enough.
        "security": [{_SCHEME: [scope]} for scope in scopes],
        "x-scopes": list(scopes),
    }
    body = bodies(handler, refs)
    return told | ({"requestBody": body} if body else {})


def _link(told: Described, name: str, *, to: list[Operation]) -> None:
    """From what was made to every operation on it."""
    place = {"parameters": {name: "$response.body#/id"}}
    links = {
        handler.handler_name: {"operationId": handler.handler_name} | place
        for path, _, handler in to
        if f"{{{name}}}" in path
    }
    for status, answer in told["responses"].items():
        if status.startswith("2"):
            answer["links"] = links


def _tag(path: str) -> str:
    """The noun that a path is about."""
    parts = path.strip("/").split("/")
    return parts[1] if parts[0] == "v1" else "service"
