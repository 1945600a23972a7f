"""All that a route may answer: its shapes by status, and each problem by status and type."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.response import ServerSentEvent
from litestar.utils.helpers import get_enum_string_value

from schemas.model import Model
from service import errors
from service.errors import BatonError
from service.web.examples import EXAMPLES, REQUEST_ID
from service.web.problems import MEDIA_TYPE, Problem, problem_of, type_of
from service.web.terms import JSON, terms_of

Described: TypeAlias = dict[str, Any]
Shape: TypeAlias = type[Model]
Refs: TypeAlias = dict[tuple[Any, Any], Any]

REF = "#/components/schemas/{model}"

_STREAM = 'event: progress\r\ndata: {"done": 3, "total": 8, "step": "embed"}\r\n\r\n'
_EVENT: Described = {
    "description": "Each event; ready or failed is the last.",
    "type": "object",
    "properties": {
        "event": {"enum": ["queued", "running", "progress", "ready", "failed"]},
        "data": {"type": "string", "contentMediaType": JSON},
    },
    "required": ["event", "data"],
}

_ANY_ROUTE = (BatonError, errors.Malformed, errors.TooLarge)
_KEYED = (
    errors.Unauthorized,
    errors.ScopeMissing,
    errors.Invalid,
    errors.UnsupportedMediaType,
    errors.RateLimited,
    errors.Unavailable,
)
"""What the guards, the rate limit, the deadline and the database may say on every such route."""

_REQUEST_ID: Described = {
    "X-Request-Id": {
        "description": "The id under which the server's log has this request.",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
    }
}
_RETRY_AFTER: Described = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}}
}
_WWW_AUTHENTICATE: Described = {
    "WWW-Authenticate": {"required": True, "schema": {"type": "string", "const": "Bearer"}}
}
_MAY_PASS = {HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


def shapes_answered(handler: HTTPRouteHandler) -> set[Shape]:
    """Every shape of the answers of a route."""
    told = [*_told(handler).values(), Problem]
    return {shape for one in told for shape in _shapes(one)}


def answers(handler: HTTPRouteHandler, refs: Refs, *, names_one: bool) -> Described:
    """The `responses` of a route; `names_one`: its path names one thing that may not exist."""
    found: Described = {}
    for status, told in sorted(_told(handler).items()):
        found[str(status)] = _answer(handler, status, told, refs)
    for status, kinds in sorted(_problems(handler, names_one=names_one).items()):
        _add(found.setdefault(str(status), {}), _problem(status, kinds, refs))
    return found


def _told(handler: HTTPRouteHandler) -> dict[int, Any]:
    """What is answered by status: as the handler returns it, unless `responses` says it closer."""
    returned = {handler.status_code: get_type_hints(handler.fn)["return"]}
    closer = {status: spec.data_container for status, spec in (handler.responses or {}).items()}
    return returned | closer


def _shapes(told: object) -> tuple[Shape, ...]:
    """The shapes within `Response[...]` and unions."""
    if isinstance(told, type) and issubclass(told, Model):
        return (told,)
    return tuple(shape for one in get_args(told) for shape in _shapes(one))


def _answer(handler: HTTPRouteHandler, status: int, told: object, refs: Refs) -> Described:
    spec = (handler.responses or {}).get(status)
    headers = {
        one.name: {"description": one.description, "schema": {"type": "string"}}
        for one in handler.resolve_response_headers()
    }
    return {
        "description": spec.description if spec else HTTPStatus(status).phrase,
        "headers": _REQUEST_ID | headers,
        "content": _content(handler, told, refs),
    }


def _content(handler: HTTPRouteHandler, told: object, refs: Refs) -> Described:
    if told is ServerSentEvent:
        return {"text/event-stream": {"schema": _EVENT, "example": _STREAM}}
    if get_origin(told) is Response and get_args(told) == (bytes,):
        return {
            get_enum_string_value(handler.media_type): {
                "schema": {"type": "string", "format": "binary"}
            }
        }
    shapes = _shapes(told)
    chosen = [refs[shape, "serialization"] for shape in shapes]
    schema = chosen[0] if len(chosen) == 1 else {"anyOf": chosen}
    examples = {shape.__name__: {"value": example_of(shape)} for shape in shapes}
    return {JSON: {"schema": schema, "examples": examples}}


def example_of(shape: Shape) -> Described:
    """The example of a shape, as JSON has it."""
    return EXAMPLES[shape].model_dump(mode="json", exclude_unset=True)


def _problems(handler: HTTPRouteHandler, *, names_one: bool) -> dict[int, set[type[BatonError]]]:
    """The kinds of problems by status: some every route has, some its terms name."""
    keyed = _KEYED if handler.opt.get("scopes") else ()
    missing = (errors.NotFound,) if names_one else ()
    by_status = defaultdict(set)
    for kind in (*_ANY_ROUTE, *keyed, *missing, *terms_of(handler).raises):
        by_status[kind.status].add(kind)
    return by_status


def _problem(status: int, kinds: set[type[BatonError]], refs: Refs) -> Described:
    ordered = sorted(kinds, key=type_of)
    types = {"type": {"enum": [type_of(kind) for kind in ordered]}, "status": {"const": status}}
    waits = _RETRY_AFTER if status in _MAY_PASS else {}
    asks = _WWW_AUTHENTICATE if status == HTTPStatus.UNAUTHORIZED else {}
    content = {
        "schema": {"allOf": [refs[Problem, "serialization"], {"properties": types}]},
        "examples": {
            kind.type: {
                "summary": kind.title,
                "value": problem_of(kind(), instance=REQUEST_ID).model_dump(mode="json"),
            }
            for kind in ordered
        },
    }
    said = ", ".join(f"`{kind.type}`" for kind in ordered)
    headers = _REQUEST_ID | waits | asks
    return {"description": said, "headers": headers, "content": {MEDIA_TYPE: content}}


def _add(answer: Described, other: Described) -> None:
    """One status may be an answer and a problem."""
    for key, value in other.items():
        before = answer.get(key)
        answer[key] = before | value if isinstance(before, dict) else before or value
