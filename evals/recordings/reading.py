"""One talk through the real client, the gate and the check of statements, as a worker does it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evals.recordings.talks import Talk
from evals.suite.asking import Answers, Asking, Tokens, ask_all
from prompts.render import Prompt
from schemas.claim import Admission, GroundedClaim
from service.extract.gate import JOINT
from service.llm.client import Model
from service.llm.fault import Kind

WINDOW_TOKENS = 180
"""So few that the call is cut: merging is a part of what is shown."""
DEADLINE_S = 900.0
"""A small model on a busy machine."""


@dataclass(frozen=True)
class Outcome:
    """What became of one talk; every draft is a claim or a rejection."""

    talk: Talk
    answers: Answers

    @property
    def windows(self) -> int:
        """Windows that have come to an end."""
        return self.answers.windows

    @property
    def admission(self) -> Admission:
        """What the gate let in, and what it refused."""
        return self.answers.admission

    @property
    def faults(self) -> tuple[Kind, ...]:
        """How windows ended that brought no reply."""
        return self.answers.faults

    @property
    def tokens(self) -> Tokens:
        """What it cost."""
        return self.answers.tokens

    @property
    def drafts(self) -> int:
        """All that the model proposed, where windows share a turn once."""
        return len(self.admission.claims) + len(self.admission.rejected)

    @property
    def reasons(self) -> Counter[str]:
        """Rejections by reason."""
        return Counter(one.reason.value for one in self.admission.rejected)

    def quotes(self) -> Iterator[tuple[GroundedClaim, str]]:
        """Each claim with the words at its spans."""
        turns = {turn.turn: turn.text for turn in self.talk.turns}
        for claim in self.admission.claims:
            yield claim, JOINT.join(turns[one.turn][one.start : one.end] for one in claim.spans)


async def read(talk: Talk, model: Model, prompt: Prompt) -> Outcome:
    """Ask for each window, and judge what comes back. Raises ModelFault where nobody answers."""
    asking = Asking(model, prompt, budget_tokens=WINDOW_TOKENS, deadline_s=DEADLINE_S)
    return Outcome(talk, await ask_all(talk.turns, asking))
