"""Query parameters: each known, each once, read into one shape."""

from collections import Counter
from typing import TypeVar

from litestar.handlers import BaseRouteHandler

from schemas.model import Model
from service.errors import Invalid, shown
from service.web.fields import validated
from service.web.state import Call, Connection

Shape = TypeVar("Shape", bound=Model)


def require_known_query(connection: Connection, handler: BaseRouteHandler) -> None:
    """A misspelt or doubled filter must not widen an answer; OPTIONS filters nothing."""
    if connection.scope.get("method") == "OPTIONS":
        return
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
    return validated(shape, dict(request.query_params), written=True)
