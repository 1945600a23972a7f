"""Whether the server lives, and whether it can take work."""

from litestar import Response, get

from schemas.model import Model
from service.db.doors import require_open
from service.web.state import Call, state_of


class Health(Model):
    """One word for a probe."""

    status: str


@get("/healthz")
async def get_healthz() -> Health:
    """The process answers."""
    return Health(status="alive")


@get("/readyz")
async def get_readyz(request: Call) -> Response[Health]:
    """The database answers through both doors; else 503."""
    await require_open(state_of(request).doors)
    return Response(Health(status="ready"))


ROUTES = (get_healthz, get_readyz)
