"""What a workspace sets for itself: shown and replaced."""

from uuid import UUID

from schemas.workspace import Destination, WorkspaceForm, WorkspaceView
from service.actions.spending import Purse, spent_today, utc_now
from service.db import customer_domains, keys, preferences
from service.db.doors import Doors
from service.errors import Invalid


async def show_workspace(
    doors: Doors, workspace_id: UUID, *, leaves: tuple[Destination, ...]
) -> WorkspaceView:
    """What is set now, what was spent today, and what leaves the machine."""
    async with doors.system_transaction() as system:
        name = await keys.workspace_name(system, workspace_id)
    async with doors.workspace_transaction(workspace_id) as tx:
        chosen = await preferences.find_preferences(tx, workspace_id)
        domains = await customer_domains.list_domains(tx, workspace_id)
        spent = await spent_today(tx, workspace_id, now=utc_now())
    return WorkspaceView(
        id=str(workspace_id),
        name=name,
        vendor_domains=chosen.vendor_domains,
        vendor_names=chosen.vendor_names,
        customer_domains=domains,
        requires_consent=chosen.requires_consent,
        budget_day_usd=chosen.budget_day_usd,
        spent_today_usd=spent.cost_usd,
        leaves_machine=leaves,
    )


async def set_workspace(
    doors: Doors,
    workspace_id: UUID,
    form: WorkspaceForm,
    *,
    purse: Purse | None,
    leaves: tuple[Destination, ...],
) -> WorkspaceView:
    """Replace what is set. Stored sources keep side and customer until they are patched."""
    if form.budget_day_usd is not None and purse is not None and purse.price is None:
        raise Invalid(
            "The price of the model is not known, so no budget can be held.",
            field="budget_day_usd",
            mend="Have BATON_LLM_PRICE_IN and BATON_LLM_PRICE_OUT set on the server.",
        )
    async with doors.workspace_transaction(workspace_id) as tx:
        await preferences.set_preferences(
            tx,
            workspace_id,
            vendor_domains=form.vendor_domains,
            vendor_names=form.vendor_names,
            requires_consent=form.requires_consent,
            budget_day_usd=form.budget_day_usd,
        )
        await customer_domains.set_domains(tx, workspace_id, form.customer_domains)
    return await show_workspace(doors, workspace_id, leaves=leaves)
