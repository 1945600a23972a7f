"""A model asked for all windows of a source, as a worker does it, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from evals.suite.reading import subject_of
from prompts.render import Prompt
from prompts.tokens import estimate
from schemas.claim import Admission, Draft
from schemas.reply import Reply, loose_schema, strict_schema
from schemas.source import Turn
from service.actions.extraction import ReadingFailed
from service.actions.model_windows import Windows, conclude, prepare
from service.extract.plan import most_reply
from service.extract.windows import Window
from service.llm.asking import MOST_TRIES, Step, decide
from service.llm.client import Model
from service.llm.fault import Kind, ModelFault, Usage
from service.llm.question import Schemas
from service.llm.spend import Estimate

TAG: Final = "0123456789abcdef"
"""Around the turns in the prompt: random elsewhere, but here a question is asked again alike."""
_SCHEMAS: Final = Schemas(strict=strict_schema(), loose=loose_schema())


@dataclass
class Tokens:
    """The ledger of a run that is not stored."""

    asked: int = 0
    usage: Usage = field(default_factory=Usage)

    async def before(self, _: Estimate) -> UUID:
        """Nothing is bounded here."""
        self.asked += 1
        return uuid4()

    async def after(self, _: UUID, usage: Usage) -> None:
        """Add it up."""
        self.usage += usage


@dataclass(frozen=True)
class Asking:
    """Who is asked, with which prompt, and within what."""

    model: Model
    prompt: Prompt
    budget_tokens: int
    """Of one window."""
    deadline_s: float


@dataclass(frozen=True)
class Answers:
    """What became of one source; every draft is a claim or a rejection."""

    windows: int
    drafts: tuple[Draft, ...]
    admission: Admission
    faults: tuple[Kind, ...]
    """How windows ended that brought no reply."""
    tokens: Tokens


async def ask_all(turns: Sequence[Turn], asking: Asking) -> Answers:
    """Ask for each window, and judge what comes back. Raises ModelFault where nobody answers."""
    subject, tokens = subject_of(turns), Tokens()
    windows = prepare(subject, budget_tokens=asking.budget_tokens, redacts=True, names=False)
    while windows.waiting:
        window = windows.waiting.popleft()
        try:
            reply = await _ask(window, asking, tokens=tokens)
        except ModelFault as fault:
            _bear(fault, windows, window)
        else:
            windows.take(window, windows.read(reply))
    drafts = tuple(draft for answer in windows.answers for draft in answer.drafts)
    return Answers(windows.done, drafts, _admitted(windows, asking), tuple(windows.ended), tokens)


async def _ask(window: Window, asking: Asking, *, tokens: Tokens) -> Reply:
    prompt = asking.prompt
    user = prompt.user(window.turns, TAG)
    answer = await asking.model.ask(
        prompt.system,
        user,
        reply=Reply,
        schemas=_SCHEMAS,
        temperature=prompt.temperature,
        max_output_tokens=most_reply(estimate(prompt.system) + estimate(user)),
        deadline_s=asking.deadline_s,
        spend=tokens,
    )
    return answer.reply


def _bear(fault: ModelFault, windows: Windows, window: Window) -> None:
    """As a worker does, but for waiting: of a provider that is away there is nothing to measure."""
    follows = decide(fault, MOST_TRIES)
    if follows.step in {Step.QUEUE, Step.STAND_IN} or fault.kind is Kind.BUG:
        raise fault
    if follows.step is Step.SPLIT and len(window.turns) > 1:
        windows.split(window)
    else:
        windows.end(fault.kind)


def _admitted(windows: Windows, asking: Asking) -> Admission:
    """Nothing, where no window brought a reply."""
    version = asking.prompt.version
    try:
        return conclude(windows, model=asking.model.name, prompt_version=version).admission
    except ReadingFailed:
        return Admission(claims=(), rejected=())
