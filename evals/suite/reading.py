"""The two readers that can be measured: the rules of this machine, and a model of an endpoint."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from schemas.claim import Admission, Draft
from schemas.source import Turn
from service.actions.extraction import local_drafts
from service.actions.grounding import ground
from service.actions.rows import Subject
from service.llm.fault import Usage

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Reading:
    """What came of the turns of one document."""

    drafts: tuple[Draft, ...]
    admission: Admission
    requests: int = 0
    usage: Usage = field(default_factory=Usage)
    faults: tuple[str, ...] = ()


Reader = Callable[[Sequence[Turn]], Awaitable[Reading]]


def subject_of(turns: Sequence[Turn]) -> Subject:
    """A source that is stored nowhere, of which nothing was read before."""
    return Subject(
        workspace_id=NOBODY,
        source_id=NOBODY,
        title=None,
        customer=None,
        occurred_at=None,
        replaces=None,
        names=(),
        turns=list(turns),
        read_turns=0,
        claims={},
    )


async def read_locally(turns: Sequence[Turn]) -> Reading:
    """By the rules, as a worker without a model does it."""
    return locally(turns)


def locally(turns: Sequence[Turn]) -> Reading:
    """The same where nothing is waited for."""
    subject = subject_of(turns)
    drafts = tuple(local_drafts(subject, subject.unread))
    return Reading(drafts, ground(drafts, subject))
