"""`/v1/workspace`: what a workspace sets for itself."""

from litestar import get, put

from schemas.workspace import WorkspaceForm, WorkspaceView
from service.actions.preferring import set_workspace, show_workspace
from service.web.bodies import read_object
from service.web.fields import validated
from service.web.guards import caller_of
from service.web.state import Call, state_of
from service.web.terms import terms


@get("/v1/workspace", opt=terms("read", "admin"))
async def get_workspace(request: Call) -> WorkspaceView:
    """Who speaks for the vendor, whether sources need consent, what a day may cost, what leaves."""
    state, here = state_of(request), caller_of(request).workspace_id
    return await show_workspace(state.doors, here, leaves=state.leaves)


@put("/v1/workspace", opt=terms("admin", body=WorkspaceForm))
async def put_workspace(request: Call) -> WorkspaceView:
    """Replace them; what is left out is empty afterwards."""
    form = validated(WorkspaceForm, await read_object(request))
    state, here = state_of(request), caller_of(request).workspace_id
    return await set_workspace(state.doors, here, form, purse=state.purse, leaves=state.leaves)


ROUTES = (get_workspace, put_workspace)
