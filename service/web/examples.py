"""One example of every shape, as values of the shapes themselves: none can be out of date."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from schemas.api import Accepted, FileCuts, Page, Removed, RunView, SourceView
from schemas.claim import Absence, ClaimState, ContractStatus, Due, PromiseState
from schemas.claim_forms import ClaimChange, ClaimForm, ClaimRecord, ClaimVersion
from schemas.hook import CredentialsForm, HookForm, HookView
from schemas.model import Model
from schemas.note import Claim, Evidence, Note, Promise
from schemas.proposal import (
    ChangedClaim,
    Decision,
    Proposal,
    ProposalState,
    Rerun,
    RunEntry,
    Wording,
)
from schemas.search import Hit, HitEvidence, HitSource, Mode, Query, SearchAnswer
from schemas.source import Cut, CutKind, Kind, Participant, Side, Status, Turn
from schemas.upload import ParticipantForm, SourceBody, SourceChange, SourceForm
from schemas.workspace import Destination, WorkspaceForm, WorkspaceView
from service.actions.job_health import JobHealth
from service.web.health import Health

SOURCE_ID = "a7776d5a-84dc-41c7-999c-21e225dfbfd2"
CLAIM_ID = "5c0e6f0c-6f3b-4a51-8d0e-0f5b7f3f2a10"
REQUEST_ID = "d9c8b84c-fe7a-4d85-8952-834793fc47f4"
CUSTOMER = "tamarack"
_DEAL = "tamarack-2026"
_TITLE = "First call"
_BEGAN = datetime(2026, 1, 13, 16, 18, tzinfo=UTC)
_SAID = "We lost two shipments in March and nobody noticed."
_PROMISED = "We will send you the migration plan by 30 January."
TRANSCRIPT = f"Omar: What went wrong?\nDenise: {_SAID}\nOmar: {_PROMISED}\n"
_DENISE = ParticipantForm(name="Denise", side=Side.CUSTOMER)

_WHY = Evidence(
    source_id=SOURCE_ID,
    turn=1,
    start=0,
    end=len(_SAID),
    quote=_SAID,
    speaker="Denise",
    side=Side.CUSTOMER,
    at_s=62.5,
    sent_at=None,
)
_PLAN = Evidence(
    source_id=SOURCE_ID,
    turn=2,
    start=0,
    end=len(_PROMISED),
    quote=_PROMISED,
    speaker="Omar",
    side=Side.VENDOR,
    at_s=71.0,
    sent_at=None,
)

_SOURCE = SourceView(
    id=SOURCE_ID,
    kind=Kind.CALL,
    format="webvtt",
    status=Status.READY,
    error=None,
    title=_TITLE,
    customer=CUSTOMER,
    deal=_DEAL,
    occurred_at=_BEGAN,
    participants=(
        Participant(name="Denise", email=None, side=Side.CUSTOMER, side_rule="stated"),
        Participant(name="Omar", email=None, side=Side.VENDOR, side_rule="display-name"),
    ),
    turns=3,
    replaces=None,
    run=RunView(
        extractor="local",
        model=None,
        prompt_version=None,
        code_version="0.1.0",
        outcome="complete",
        uncovered_turns=(),
        calls=0,
        tokens_in=0,
        tokens_out=0,
        cost_usd=0,
        seconds=0.4,
        rejected=(),
    ),
    notices=(),
)

_CUTS = FileCuts(
    file=1,
    filename="reply.eml",
    cuts=(
        Cut(
            kind=CutKind.HISTORY,
            message_id="b2@tamarack.example",
            author="Omar",
            sent_at=_BEGAN,
            text=_PROMISED,
        ),
    ),
)
_TURN = Turn(
    turn=1,
    speaker="Denise",
    side=Side.CUSTOMER,
    side_rule="stated",
    start_s=62.5,
    end_s=66.0,
    sent_at=None,
    text=_SAID,
)

_CLAIM = Claim(
    id=CLAIM_ID,
    field="why_they_bought",
    statement=_SAID,
    state=ClaimState.ACTIVE,
    version=1,
    pinned=False,
    confidence=0.8,
    stated_at=datetime(2026, 1, 13, 16, 19, 2, 500000, tzinfo=UTC),
    evidence=(_WHY,),
)

_PROMISE = Promise(
    id="f0a4c1de-58f4-4a0c-9f54-1c1d3f0c7e21",
    field="what_was_promised",
    statement=_PROMISED,
    state=ClaimState.ACTIVE,
    version=1,
    pinned=False,
    confidence=0.9,
    stated_at=datetime(2026, 1, 13, 16, 19, 11, tzinfo=UTC),
    evidence=(_PLAN,),
    promised_by="Omar",
    promised_to="Denise",
    due=Due(text="by 30 January", date=date(2026, 1, 30), rule="month-day"),
    contract=ContractStatus.NO_CONTRACT,
    contract_evidence=(),
    promise_state=PromiseState.OPEN,
)

_NOTE = Note(
    id="3b1f1f0e-2f0b-4a67-bb0a-6a3c0a1c9d55",
    source_id=SOURCE_ID,
    version=1,
    customer=CUSTOMER,
    deal=_DEAL,
    why_they_bought=(_CLAIM,),
    what_was_promised=(_PROMISE,),
    success_in_their_words=(),
    customer_commitments=(),
    fields={},
    absent={
        "success_in_their_words": Absence.NOT_DISCUSSED,
        "customer_commitments": Absence.NOT_DISCUSSED,
    },
    notices=(),
)

_RUN = RunEntry(
    **_SOURCE.model_dump()["run"] | {"rejected": ()},
    id="0b8f7a4e-1d0a-4b7d-9d38-6a4f0d1b2c33",
    at=datetime(2026, 2, 2, 9, 30, tzinfo=UTC),
)

_PROPOSAL = Proposal(
    id="9a1d4d02-5e0b-4f0e-8a35-2f6f6a0d7b11",
    state=ProposalState.OPEN,
    run=_RUN,
    base_version=1,
    kept=(_PROMISE,),
    changed=(
        ChangedClaim(
            id=_PROMISE.id,
            was=Wording(
                statement=_PROMISED, evidence=(_PLAN,), promised_to="Denise", due=_PROMISE.due
            ),
            now=Wording(
                statement="They send the migration plan by 30 January.",
                evidence=(_PLAN,),
                promised_to="Denise",
                due=_PROMISE.due,
            ),
        ),
    ),
    gone=(),
    new=(_CLAIM,),
    by=None,
    comment=None,
    decided_at=None,
    notices=(),
)

_HIT = Hit(
    type="claim",
    id=_CLAIM.id,
    field=_CLAIM.field,
    state=_CLAIM.state,
    text=_CLAIM.statement,
    score=0.031,
    evidence=(HitEvidence(**_WHY.model_dump(), before="", after=""),),
    source=HitSource(
        id=SOURCE_ID,
        title=_TITLE,
        kind=Kind.CALL,
        occurred_at=_BEGAN,
        customer=CUSTOMER,
        deal=_DEAL,
    ),
)

_WORKSPACE = WorkspaceForm(
    vendor_domains=("northwind.example",),
    vendor_names=("Northwind",),
    customer_domains={"tamarack.example": CUSTOMER},
    requires_consent=False,
    budget_day_usd=20.0,
)

_HOOK = HookView(
    provider="fathom",
    hook_id="h3mUeQf3c2m0k2gqT0cX8f6l1x8u0b9Z",
    url="https://baton.example/v1/hooks/fathom/h3mUeQf3c2m0k2gqT0cX8f6l1x8u0b9Z",
    secret=None,
    has_credentials=True,
    consent=True,
    created_at=_BEGAN,
    called_at=None,
    notices=(),
)

_MODEL = Destination(
    to="llm.example",
    what="the turns of every source that is read, to a chat model",
    redacted=("mail addresses", "phone numbers", "card numbers", "bank accounts", "secrets"),
)

EXAMPLES: Mapping[type[Model], Model] = {
    type(one): one
    for one in (
        _SOURCE,
        _NOTE,
        _CLAIM,
        _PROMISE,
        _PROPOSAL,
        Page[RunEntry](items=(_RUN,), next_cursor=None),
        Rerun(
            id=_PROPOSAL.id,
            status=ProposalState.QUEUED,
            url=f"/v1/sources/{SOURCE_ID}/proposal",
        ),
        Decision(by="Ana", comment="The plan is said more clearly."),
        ClaimForm(
            source_id=SOURCE_ID,
            field="why_they_bought",
            turn=1,
            quote=_SAID,
            statement="They lost two shipments in March.",
            by="Ana",
        ),
        ClaimChange(version=1, state="retracted", by="Ana", comment="That was another tool."),
        ClaimRecord(
            claim=_CLAIM,
            changes=(
                ClaimVersion(
                    version=2,
                    at=datetime(2026, 2, 3, 8, 0, tzinfo=UTC),
                    rule="person",
                    by="Ana",
                    comment="Shorter.",
                    before={"statement": "We lost shipments.", "pinned": False},
                ),
            ),
        ),
        _WORKSPACE,
        _HOOK,
        Page[HookView](items=(_HOOK,), next_cursor=None),
        HookForm(credentials=CredentialsForm(key="fathom-key-1"), consent=True),
        Page[SourceView](items=(_SOURCE,), next_cursor=None),
        Page[Turn](items=(_TURN,), next_cursor=None),
        Page[FileCuts](items=(_CUTS,), next_cursor=None),
        Accepted(id=SOURCE_ID, status=Status.QUEUED, url=f"/v1/sources/{SOURCE_ID}"),
        Removed(removed={"source": 1, "turn": 3, "claim": 2}, residue=0),
        SourceBody(
            content=TRANSCRIPT,
            customer=CUSTOMER,
            deal=_DEAL,
            title=_TITLE,
            occurred_at=_BEGAN,
            participants=(_DENISE,),
        ),
        SourceForm(customer=CUSTOMER, deal=_DEAL, title=_TITLE, participants=(_DENISE,)),
        SourceChange(title="Second call", participants=(_DENISE,)),
        Query(q="what went wrong with their shipments", customer=CUSTOMER, limit=5),
        SearchAnswer(
            q="what went wrong with their shipments",
            mode=Mode.HYBRID,
            took_ms=21.4,
            answered=True,
            hits=(_HIT,),
            next_cursor=None,
            notices=(),
        ),
        WorkspaceView(
            **_WORKSPACE.model_dump(),
            id=REQUEST_ID,
            name="Northwind",
            spent_today_usd=1.25,
            leaves_machine=(_MODEL,),
        ),
        Health(status="alive"),
        JobHealth(waiting=0, oldest_s=0, running=1, stalled=0, failed_recently=0, red=()),
    )
}
