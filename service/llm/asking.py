"""What follows a fault: the one table of retries. No library behind it retries by itself."""

from dataclasses import dataclass
from enum import StrEnum

from service.llm.fault import Kind, ModelFault

MOST_TRIES = 2
"""A reply that cannot be read is asked for once more, not twice: it costs as much each time."""
FIRST_WAIT_S = 10.0
LONGEST_WAIT_S = 600.0
LONGEST_ASKED_S = 3600.0
"""A provider that wants to be left alone for longer is asked again after an hour."""


class Step(StrEnum):
    """What to do next."""

    ASK_AGAIN = "ask_again"
    """Now, in the same call, told what was wrong."""
    SPLIT = "split"
    """The window in two halves, each asked by itself."""
    QUEUE = "queue"
    """The job gives its place up and comes back after the wait."""
    STAND_IN = "stand_in"
    """The extractor of this machine reads it, the note says so, and a re-run is offered."""
    END = "end"
    """The run ends with this reason."""


@dataclass(frozen=True)
class Next:
    """A step, and how long to wait before it."""

    step: Step
    wait_s: float = 0.0


_STEPS = {
    Kind.UNREADABLE: Step.END,
    Kind.CUT_OFF: Step.SPLIT,
    Kind.TOO_LONG: Step.SPLIT,
    Kind.TIMEOUT: Step.QUEUE,
    Kind.NETWORK: Step.QUEUE,
    Kind.RATE_LIMITED: Step.QUEUE,
    Kind.SERVER: Step.QUEUE,
    Kind.DOWN: Step.STAND_IN,
    Kind.REFUSED: Step.END,
    Kind.FILTERED: Step.END,
    Kind.QUOTA: Step.END,
    Kind.REJECTED: Step.END,
    Kind.UNAUTHORIZED: Step.END,
    Kind.BUG: Step.END,
}


def decide(fault: ModelFault, tries: int) -> Next:
    """After that many tries, this one among them: requests of a call, or starts of a job."""
    step = _STEPS[fault.kind]
    if fault.kind is Kind.UNREADABLE and tries < MOST_TRIES:
        return Next(Step.ASK_AGAIN)
    if step is Step.QUEUE:
        return Next(step, _wait_s(fault, tries))
    return Next(step)


def _wait_s(fault: ModelFault, tries: int) -> float:
    """As long as the provider asks for; else 10, 20, 40 ... seconds, at most ten minutes."""
    if fault.retry_after_s is not None:
        return min(max(fault.retry_after_s, 1.0), LONGEST_ASKED_S)
    doubled: float = FIRST_WAIT_S * 2.0 ** min(tries - 1, 10)
    return min(doubled, LONGEST_WAIT_S)
