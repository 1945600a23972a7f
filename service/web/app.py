"""The web application: all wiring, nothing at import."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Router
from litestar.openapi.config import OpenAPIConfig

from service.web import health, search, sources
from service.web.bodies import BODY_LIMIT
from service.web.guards import require_key, require_known_query, require_plain_body
from service.web.problems import answer
from service.web.state import ServerState

Open = Callable[[], AbstractAsyncContextManager[ServerState]]
_FORM_PARTS = 20


def create_app(open_state: Open) -> Litestar:
    """The app; `open_state` is entered when the server starts and left when it stops."""
    v1 = Router(
        path="/",
        route_handlers=[*sources.ROUTES, *search.ROUTES],
        guards=[require_plain_body, require_key, require_known_query],
    )

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with open_state() as state:
            app.state.server = state
            yield

    return Litestar(
        route_handlers=[v1, *health.ROUTES],
        lifespan=[lifespan],
        exception_handlers={Exception: answer},
        logging_config=None,
        request_max_body_size=BODY_LIMIT,
        multipart_form_part_limit=_FORM_PARTS,
        openapi_config=OpenAPIConfig(title="Baton", version="1", path="/schema"),
    )
