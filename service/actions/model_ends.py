"""How a reading by a model can end short of the whole, as people are told."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from schemas.api import ProblemNote
from schemas.source import Notice
from service.errors import BudgetExhausted
from service.llm.fault import Kind

AGAIN: Final = "Then upload the source again: it will be queued again."
RERUN: Final = "Ask for a re-run: POST /v1/sources/{id}/runs."
MOST_WAITS: Final = 6
"""Ten minutes in all; then rules read what the model does not."""
LONGEST_WAITED_S: Final = 7_200
"""A provider that answers, and only to say `not now`, is waited for so long."""

HOPELESS: Final = frozenset({Kind.QUOTA, Kind.REJECTED, Kind.UNAUTHORIZED, Kind.BUG})
"""What one window has ended with, every other would end with too."""

_WHY: Final = {
    Kind.CUT_OFF: "one turn alone makes a longer reply than the model may give",
    Kind.TOO_LONG: "one turn alone is longer than the model takes",
    Kind.REFUSED: "the model declined",
    Kind.FILTERED: "the provider's filter took the reply away",
    Kind.UNREADABLE: "twice the reply was not what was asked for",
    Kind.QUOTA: "nothing is left at the provider to pay with",
    Kind.REJECTED: "the provider does not take the request",
    Kind.UNAUTHORIZED: "the provider does not take the key",
    Kind.BUG: "the client of the model failed",
    Kind.TIMEOUT: "it did not answer in time",
    Kind.NETWORK: "there was no connection",
    Kind.RATE_LIMITED: "it took no more requests",
    Kind.SERVER: "it failed by itself",
    Kind.DOWN: "it had failed too often",
}

_PROBLEMS: Final = {
    Kind.CUT_OFF: ("/problems/model-cut-off", "Take a model with a longer reply."),
    Kind.TOO_LONG: ("/problems/model-too-long", "Take a model with a longer window."),
    Kind.REFUSED: ("/problems/model-refused", "Take another model, or BATON_EXTRACTOR=local."),
    Kind.FILTERED: ("/problems/model-filtered", "Take another model, or BATON_EXTRACTOR=local."),
    Kind.UNREADABLE: ("/problems/model-unreadable", "Set BATON_LLM_MODE, or take another model."),
    Kind.QUOTA: ("/problems/model-quota", "Pay the provider, or raise its limit."),
    Kind.REJECTED: ("/problems/model-rejected", "Check BATON_LLM_MODEL and BATON_LLM_BASE_URL."),
    Kind.UNAUTHORIZED: ("/problems/model-unauthorized", "Check BATON_LLM_API_KEY."),
    Kind.BUG: ("/problems/model-bug", "Look into the worker's log."),
}


def may_wait(kind: Kind, *, waits: int, since: datetime | None, now: datetime) -> bool:
    """Whether the source waits once more for the model, after it has done so that often."""
    if kind is Kind.RATE_LIMITED:
        return since is None or (now - since).total_seconds() < LONGEST_WAITED_S
    return waits < MOST_WAITS


def why_waiting(kind: Kind) -> str:
    """What is said on a source that waits for the model."""
    return f"The model did not read it: {_WHY[kind]}. It is asked again."


def problem_of(kind: Kind) -> ProblemNote:
    """Why a source failed of which the model has read nothing."""
    name, mend = _PROBLEMS[kind]
    return ProblemNote(type=name, detail=f"Nothing was read: {_WHY[kind]}.", mend=f"{mend} {AGAIN}")


def partly_read(kinds: Sequence[Kind], *, uncovered: Collection[int]) -> Notice:
    """Windows ended without a reply, and others did not."""
    why = "; ".join(_WHY[kind] for kind, _ in Counter(kinds).most_common())
    detail = f"{len(uncovered)} turns were not read: {why}."
    return Notice(code="partly-read", detail=detail, mend=RERUN)


def stood_in(kind: Kind, *, turns: Collection[int]) -> Notice:
    """Rules read turns because the model was away."""
    detail = f"Rules on this machine read {len(turns)} turns, for the model: {_WHY[kind]}."
    return Notice(code="model-unavailable", detail=detail, mend=RERUN)


def out_of_budget(
    error: BudgetExhausted, *, uncovered: Collection[int], rules: Collection[int]
) -> Notice:
    """The money ended before the turns did."""
    left = (
        f"{len(uncovered)} turns were not read" if uncovered else f"rules read {len(rules)} turns"
    )
    detail = f"{error.detail} So {left}."
    return Notice(code=error.type, detail=detail, mend=f"{error.mend} {RERUN}".strip())
