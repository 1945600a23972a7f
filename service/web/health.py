"""Whether the server lives, whether it can take work, and whether the jobs are done."""

import asyncio
from http import HTTPStatus

from litestar import Response, get
from litestar.openapi import ResponseSpec

from schemas.model import Model
from service.actions.job_health import JobHealth, find_job_counts, judge
from service.db.doors import require_migrated, require_open
from service.errors import Unavailable
from service.web.state import Call, state_of
from service.web.terms import terms

_READER_S = 2


class Health(Model):
    """One word for a probe."""

    status: str


@get("/healthz")
async def get_healthz() -> Health:
    """The process answers."""
    return Health(status="alive")


@get("/readyz", opt=terms(raises=(Unavailable,)))
async def get_readyz(request: Call) -> Response[Health]:
    """Both doors answer, the database is migrated, and files can be read; else 503."""
    state = state_of(request)
    await require_open(state.doors)
    await require_migrated(state.doors)
    try:
        async with asyncio.timeout(_READER_S):
            await asyncio.to_thread(state.reader.require)
    except TimeoutError as cause:
        raise Unavailable("Files are not being read.", retry_after_s=5) from cause
    return Response(Health(status="ready"))


@get(
    "/healthz/jobs",
    opt=terms(raises=(Unavailable,)),
    responses={503: ResponseSpec(JobHealth, description="Something about the jobs is not well")},
)
async def get_job_health(request: Call) -> Response[JobHealth]:
    """How the jobs of all workspaces do: 503 where `red` names anything."""
    state = state_of(request)
    health = judge(await find_job_counts(state.doors), wait_limit_s=state.jobs_wait_limit_s)
    status = HTTPStatus.SERVICE_UNAVAILABLE if health.red else HTTPStatus.OK
    return Response(health, status_code=status)


ROUTES = (get_healthz, get_readyz, get_job_health)
