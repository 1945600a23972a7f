"""`/v1/claims`: what a person adds to a note, and corrects in it."""

from litestar import Response, get, patch, post
from litestar.datastructures import ResponseHeader
from litestar.params import FromPath

from schemas.claim_forms import ClaimChange, ClaimForm, ClaimRecord
from schemas.note import Claim, Promise
from service import errors
from service.actions.claim_views import show_claim
from service.actions.claiming import add_claim
from service.actions.correcting import correct_claim
from service.actions.people import Person
from service.web.bodies import read_object
from service.web.fields import validated
from service.web.guards import caller_of, reader_of
from service.web.state import Call, state_of
from service.web.terms import terms

_LOCATION = ResponseHeader(
    "Location", documentation_only=True, description="Where the claim is found."
)


@post(
    "/v1/claims",
    status_code=201,
    opt=terms(
        "write",
        body=ClaimForm,
        raises=(errors.NotFound, errors.NotReady, errors.RunFailed, errors.ClaimRejected),
        makes="claim_id",
    ),
    response_headers=[_LOCATION],
)
async def post_claim(request: Call) -> Response[Claim | Promise]:
    """Add a claim by hand; its quote must stand in the turn that is named."""
    form = validated(ClaimForm, await read_object(request))
    person = _person(request, form)
    made = await add_claim(state_of(request).doors, person, form)
    return Response(made, status_code=201, headers={"Location": f"/v1/claims/{made.id}"})


@get("/v1/claims/{claim_id:str}", opt=terms("read"))
async def get_claim(request: Call, claim_id: FromPath[str]) -> ClaimRecord:
    """A claim with every change that made it so."""
    return await show_claim(state_of(request).doors, reader_of(request), claim_id)


@patch(
    "/v1/claims/{claim_id:str}",
    opt=terms("write", body=ClaimChange, raises=(errors.VersionClash, errors.ClaimRejected)),
)
async def patch_claim(request: Call, claim_id: FromPath[str]) -> Claim | Promise:
    """Correct a claim by hand, or retract it; from then on no re-run changes it."""
    change = validated(ClaimChange, await read_object(request))
    return await correct_claim(state_of(request).doors, _person(request, change), claim_id, change)


def _person(request: Call, said: ClaimForm | ClaimChange) -> Person:
    caller = caller_of(request)
    return Person(caller.workspace_id, caller.key_id, by=said.by, comment=said.comment)


ROUTES = (post_claim, get_claim, patch_claim)
