"""A model as reader: the worker's own windows, prompt and gate, without a database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from evals.suite.asking import Asking, ask_all
from evals.suite.reading import Reader, Reading
from prompts.render import Prompt
from schemas.source import Turn
from service.extract.plan import window_budget
from service.llm.client import open_model
from service.llm.provider import Provider


@dataclass(frozen=True)
class ByModel:
    """Which model, with which words, and within what."""

    provider: Provider
    prompt: Prompt
    context_tokens: int
    deadline_s: float


@asynccontextmanager
async def read_by_model(by: ByModel) -> AsyncIterator[Reader]:
    """A reader for the one event loop that uses it. It raises ModelFault where nobody answers."""
    model = open_model(by.provider)
    asking = Asking(
        model=model,
        prompt=by.prompt,
        budget_tokens=window_budget(by.prompt, context_tokens=by.context_tokens),
        deadline_s=by.deadline_s,
    )

    async def read(turns: Sequence[Turn]) -> Reading:
        said = await ask_all(turns, asking)
        return Reading(
            drafts=said.drafts,
            admission=said.admission,
            requests=said.tokens.asked,
            usage=said.tokens.usage,
            faults=tuple(fault.value for fault in said.faults),
        )

    try:
        yield read
    finally:
        await model.close()
