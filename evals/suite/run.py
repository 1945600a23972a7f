"""One run: everything that is asked for, read by whom the settings name."""

import asyncio
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

from evals.extraction.documents import Document
from evals.suite import parts
from evals.suite.by_model import ByModel, read_by_model
from evals.suite.code import code_version
from evals.suite.making import FREE, Reads, read_all
from evals.suite.reading import read_locally
from evals.suite.record import Run
from prompts.render import Prompt, load_prompt
from service.actions.extraction import LOCAL
from service.actions.model_windows import OPENAI
from service.llm.prices import price_of
from service.llm.provider import Provider, provider_of
from service.settings import Settings

Extractor = Literal["local", "openai"]


def run_of(
    wanted: Collection[str],
    folder: Path,
    *,
    extractor: Extractor,
    settings: Settings,
    names: Collection[str] = (),
    prompt: Path | None = None,
) -> Run:
    """What is not here is left out; `names` are the only documents, where there are some.

    `prompt` is a file that takes the place of the worker's. Raises NotSetUp where no model is set.
    """
    splits = [name for name in parts.SPLITS if name in wanted]
    found = [one for name in splits for one in parts.documents_of(name, folder)]
    documents = [one for one in found if not names or one.name in names]
    if extractor == OPENAI:
        words = load_prompt(prompt.parent, name=prompt.stem) if prompt else load_prompt()
        return asyncio.run(_by_model(documents, settings, words))
    return asyncio.run(_by_rules(documents, wanted, folder))


async def _by_rules(documents: Iterable[Document], wanted: Collection[str], folder: Path) -> Run:
    return Run(
        extractor=LOCAL,
        settings={},
        code=code_version(),
        documents=await read_all(documents, Reads(read_locally, FREE)),
        sentences=parts.sentences(folder) if parts.SENTENCES in wanted else (),
        quiet=parts.quiet_calls(folder) if parts.QUIET in wanted else (),
        changes=parts.changes() if parts.QUOTES in wanted else (),
    )


async def _by_model(documents: Iterable[Document], settings: Settings, prompt: Prompt) -> Run:
    """Documents alone: two hundred sentences and calls are too many requests."""
    provider = provider_of(settings)
    by = ByModel(
        provider=provider,
        prompt=prompt,
        context_tokens=settings.llm_context_tokens,
        deadline_s=settings.llm_timeout_s,
    )
    async with read_by_model(by) as reader:
        reads = await read_all(documents, Reads(reader, price_of(settings, provider.model)))
    return Run(
        extractor=OPENAI,
        model=provider.model,
        prompt_version=prompt.version,
        settings=_settings(provider, settings),
        code=code_version(),
        documents=reads,
    )


def _settings(provider: Provider, settings: Settings) -> dict[str, str]:
    """Neither key nor address: only what could change a reply."""
    return {
        "llm_mode": provider.mode,
        "llm_context_tokens": str(settings.llm_context_tokens),
        "llm_timeout_s": str(settings.llm_timeout_s),
    }
