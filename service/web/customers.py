"""`/v1/customers`: so far only their erasure."""

from litestar import delete
from litestar.params import FromPath

from schemas.api import Removed
from service.actions.erasing import erase_customer
from service.web.guards import eraser_of
from service.web.state import Call, state_of
from service.web.terms import terms


@delete("/v1/customers/{ref:str}", status_code=200, opt=terms("admin"))
async def delete_customer(request: Call, ref: FromPath[str]) -> Removed:
    """Erase a customer with its deals and sources, and count what is left of them."""
    return await erase_customer(state_of(request).doors, eraser_of(request), ref)


ROUTES = (delete_customer,)
