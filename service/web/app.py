"""The web application: all wiring, nothing at import."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Router
from litestar.openapi.config import OpenAPIConfig

from service.web import (
    claims,
    customers,
    health,
    hooks,
    metrics,
    runs,
    search,
    sources,
    workspace,
)
from service.web.access import log_requests
from service.web.bodies import BODY_LIMIT, FORM_PARTS
from service.web.guards import require_key, require_plain_body
from service.web.head import BoundedHead
from service.web.limits import Deadline, rate_limit
from service.web.methods import listing
from service.web.openapi import Document
from service.web.problems import answer
from service.web.query import require_known_query
from service.web.state import ServerState

Open = Callable[[], AbstractAsyncContextManager[ServerState]]


def create_app(open_state: Open, *, requests_a_minute: int = 0) -> Litestar:
    """The app; `open_state` is entered when the server starts and left when it stops.

    `requests_a_minute` bounds each key; 0 does not.
    """
    bounds = [rate_limit(requests_a_minute).middleware] if requests_a_minute else []
    routes = (
        *sources.ROUTES,
        *runs.ROUTES,
        *claims.ROUTES,
        *search.ROUTES,
        *customers.ROUTES,
        *workspace.ROUTES,
        *hooks.ROUTES,
    )
    v1 = Router(
        path="/",
        route_handlers=[listing(routes), *routes],
        guards=[require_plain_body, require_key, require_known_query],
        middleware=[*bounds, Deadline()],
    )

    called = Router(
        path="/",
        route_handlers=[*hooks.CALLED],
        guards=[require_plain_body],
        middleware=[*bounds, Deadline()],
    )

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with open_state() as state:
            app.state.server = state
            yield

    app = Litestar(
        route_handlers=[v1, called, *health.ROUTES, *metrics.ROUTES],
        lifespan=[lifespan],
        exception_handlers={Exception: answer},
        logging_config=None,
        request_max_body_size=BODY_LIMIT,
        multipart_form_part_limit=FORM_PARTS,
        middleware=[metrics.REQUESTS.middleware, BoundedHead()],
        openapi_config=OpenAPIConfig(
            title="Baton",
            version="1",
            path="/schema",
            render_plugins=[Document()],
        ),
    )
    # Around the router: Litestar's own middleware sees no path that leads nowhere.
    app.asgi_handler = log_requests(app.asgi_handler)
    return app
