"""OPTIONS: the methods of a path."""

from collections.abc import Iterable

from litestar import Response, route
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from service.web.state import Call


def listing(handlers: Iterable[HTTPRouteHandler]) -> HTTPRouteHandler:
    """Answers for the paths of these handlers, and is registered before them.

    Litestar's own would list the methods of the handler that came first to a path, and no other.
    """
    paths = sorted({path for handler in handlers for path in handler.paths})
    return route(paths, http_method=HttpMethod.OPTIONS, status_code=204, include_in_schema=False)(
        list_methods
    )


async def list_methods(request: Call) -> Response[None]:
    """As the header `Allow`."""
    template = request.scope["path_template"]
    routes = (one for one in request.app.routes if isinstance(one, HTTPRoute))
    methods = next(one.methods for one in routes if one.path_format == template)
    return Response(None, headers={"Allow": ", ".join(sorted(methods))})
