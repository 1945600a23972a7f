"""`/v1/sources/{source_id}/runs` and `/proposal`: a source is read once more, and decided on."""

from litestar import get, post
from litestar.params import FromPath

from schemas.api import Page, PageQuery
from schemas.proposal import Decision, Proposal, Rerun, RunEntry
from service import errors
from service.actions import proposing
from service.actions.people import Person
from service.actions.rerun_requests import request_rerun
from service.actions.showing import Reader
from service.web.bodies import read_object
from service.web.fields import validated
from service.web.guards import caller_of, reader_of
from service.web.query import read_query
from service.web.state import Call, state_of
from service.web.terms import terms

_READERS = ("read", "ingest")
_UNFINISHED = (errors.NotReady, errors.RunFailed)
_DECIDED = (*_UNFINISHED, errors.ProposalClosed)


@post(
    "/v1/sources/{source_id:str}/runs",
    status_code=202,
    opt=terms("write", raises=(*_UNFINISHED, errors.QueueFull, errors.BudgetExhausted)),
)
async def post_run(request: Call, source_id: FromPath[str]) -> Rerun:
    """Read a source once more; what comes out is proposed beside its note.

    One at a time: while a re-run waits or runs, asking again answers with that one.
    """
    state, caller = state_of(request), caller_of(request)
    reader = Reader(caller.workspace_id)
    return await request_rerun(
        state.doors, reader, source_id, key_id=caller.key_id, purse=state.purse
    )


@get("/v1/sources/{source_id:str}/runs", opt=terms(*_READERS, query=PageQuery))
async def list_runs(request: Call, source_id: FromPath[str]) -> Page[RunEntry]:
    """Every run of a source, newest first."""
    asked = read_query(request, PageQuery)
    return await proposing.list_runs(
        state_of(request).doors,
        reader_of(request),
        source_id,
        after=asked.cursor,
        limit=asked.limit,
    )


@get("/v1/sources/{source_id:str}/proposal", opt=terms(*_READERS, raises=_UNFINISHED))
async def get_proposal(request: Call, source_id: FromPath[str]) -> Proposal:
    """What the newest re-run would change about the note: kept, gone and new claims."""
    return await proposing.show_proposal(state_of(request).doors, reader_of(request), source_id)


@post(
    "/v1/sources/{source_id:str}/proposal/accept",
    status_code=200,
    opt=terms("write", body=Decision, needs_body=False, raises=_DECIDED),
)
async def accept_proposal(request: Call, source_id: FromPath[str]) -> Proposal:
    """Make the proposal the next version of the note; doing it again changes nothing."""
    person, decision = await _decided(request)
    return await proposing.accept_proposal(
        state_of(request).doors, person, source_id, proposal_id=decision.id
    )


@post(
    "/v1/sources/{source_id:str}/proposal/dismiss",
    status_code=200,
    opt=terms("write", body=Decision, needs_body=False, raises=_DECIDED),
)
async def dismiss_proposal(request: Call, source_id: FromPath[str]) -> Proposal:
    """Leave the note as it is; doing it again changes nothing."""
    person, decision = await _decided(request)
    return await proposing.dismiss_proposal(
        state_of(request).doors, person, source_id, proposal_id=decision.id
    )


async def _decided(request: Call) -> tuple[Person, Decision]:
    caller = caller_of(request)
    sent = await read_object(request) if await request.body() else {}
    decision = validated(Decision, sent)
    person = Person(caller.workspace_id, caller.key_id, by=decision.by, comment=decision.comment)
    return person, decision


ROUTES = (post_run, list_runs, get_proposal, accept_proposal, dismiss_proposal)
