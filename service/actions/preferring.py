"""What a workspace sets for itself: shown and replaced."""

from uuid import UUID

from schemas.workspace import WorkspaceForm, WorkspaceView
from service.db import keys, preferences
from service.db.doors import Doors


async def show_workspace(doors: Doors, workspace_id: UUID) -> WorkspaceView:
    """What is set now."""
    async with doors.system_transaction() as system:
        name = await keys.workspace_name(system, workspace_id)
    async with doors.workspace_transaction(workspace_id) as tx:
        chosen = await preferences.find_preferences(tx, workspace_id)
    return WorkspaceView(
        id=str(workspace_id),
        name=name,
        vendor_domains=chosen.vendor_domains,
        vendor_names=chosen.vendor_names,
        requires_consent=chosen.requires_consent,
    )


async def set_workspace(doors: Doors, workspace_id: UUID, form: WorkspaceForm) -> WorkspaceView:
    """Replace what is set. Sources that are stored keep their sides until they are patched."""
    async with doors.workspace_transaction(workspace_id) as tx:
        await preferences.set_preferences(
            tx,
            workspace_id,
            vendor_domains=form.vendor_domains,
            vendor_names=form.vendor_names,
            requires_consent=form.requires_consent,
        )
    return await show_workspace(doors, workspace_id)
