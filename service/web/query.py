"""Query parameters: each known, each once, read into one shape that also describes them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, cast

from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Operation, Parameter, Schema

from schemas.model import Model
from service.errors import Invalid
from service.web.fields import shown, validated
from service.web.state import Call, Connection

Shape = TypeVar("Shape", bound=Model)


def require_known_query(connection: Connection, handler: BaseRouteHandler) -> None:
    """A misspelt or doubled filter must not widen an answer."""
    known = sorted(handler.opt.get("query", ()))
    times = Counter(name for name, _ in connection.query_params.multi_items())
    for name, count in times.items():
        if name not in known:
            raise Invalid(
                f"Unknown query parameter: {shown(name)}.",
                field=shown(name),
                mend=f"Known here: {', '.join(known) or 'none'}.",
            )
        if count > 1:
            raise Invalid(f"The parameter {name} comes twice.", field=name, mend="Send it once.")


def read_query(request: Call, shape: type[Shape]) -> Shape:
    """The parameters in that shape. Raises Invalid with each that is wrong."""
    return validated(shape, dict(request.query_params))


class Asked(NamedTuple):
    """What a route says of the shape it reads: the names to its guard, the rest to /schema."""

    names: tuple[str, ...]
    operation: type[Operation]


def asking(shape: type[Model]) -> Asked:
    """For a route whose query parameters are the fields of `shape`."""

    @dataclass
    class Described(Operation):
        def __post_init__(self) -> None:
            self.parameters = [*(self.parameters or ()), *_parameters(shape)]

    return Asked(tuple(shape.model_fields), Described)


def _parameters(shape: type[Model]) -> list[Parameter]:
    described = shape.model_json_schema()
    kinds = described.get("$defs", {})
    return [
        Parameter(
            name=name,
            param_in="query",
            required=name in described.get("required", ()),
            # Litestar writes a mapping out as it is; its own Schema would only rename the keys.
            schema=cast("Schema", _without_null(one, kinds)),
        )
        for name, one in described["properties"].items()
    ]


def _without_null(described: dict[str, Any], kinds: dict[str, Any]) -> dict[str, Any]:
    """A parameter is there or not: it is never null."""
    chosen = described.get("anyOf", [described])[0]
    if "$ref" in chosen:
        return dict(kinds[chosen["$ref"].rpartition("/")[2]])
    return {key: value for key, value in chosen.items() if key not in {"title", "default"}}
