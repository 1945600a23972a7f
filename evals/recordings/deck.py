"""Recording all talks and playing them: the same calls, with another cassette mode."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from evals.recordings import reading
from evals.recordings.reading import Outcome
from evals.recordings.talks import QUESTION, TALKS, Talk
from evals.recordings.tape import CASSETTES, NOWHERE, Stale, playing, recording
from prompts.render import FOLDER, Prompt, load_prompt
from service.embed.embedder import Vectors
from service.embed.remote import Place, Remote
from service.llm.client import open_model
from service.llm.fault import ModelFault
from service.llm.provider import Mode, Provider

ABOUT: Final = "about.json"
VECTORS: Final = "vectors.json"
PROMPT: Final = "extract"
"""The prompt that a worker uses."""

OTHERS: Final = Path(__file__).parent / "prompts"
"""Versions that were tried beside it."""

Tape = Callable[[Path], AbstractContextManager[None]]


@dataclass(frozen=True)
class About:
    """Who was recorded, and with which prompt."""

    model: str
    mode: Mode
    prompt_version: str
    embedding_model: str | None
    prompt: str = PROMPT
    """Its name: the file in `prompts`."""


def folder_of(name: str) -> Path:
    """Where the recordings of that prompt are."""
    return CASSETTES if name == PROMPT else CASSETTES / name


def versions() -> tuple[str, ...]:
    """Every prompt that is recorded, the worker's first."""
    return (PROMPT, *sorted(path.stem for path in OTHERS.glob("*.md")))


def prompt_of(name: str) -> Prompt:
    """The worker's, or one that was tried beside it."""
    return load_prompt(FOLDER if name == PROMPT else OTHERS, name=name)


async def record(
    provider: Provider, place: Place | None, *, to: Path = CASSETTES, prompt_name: str = PROMPT
) -> None:
    """Ask the provider everything anew; a cassette that is there is written anew."""
    prompt = prompt_of(prompt_name)
    for talk in TALKS:
        await _read(talk, provider, prompt, tape=recording, folder=to)
    if place is not None:
        _embed(place, tape=recording, folder=to)
    embedding_model = place.model if place else None
    made = About(provider.model, provider.mode, prompt.version, embedding_model, prompt_name)
    _write(to / ABOUT, made)


def _write(path: Path, made: About) -> None:
    path.write_text(json.dumps(asdict(made), indent=4) + "\n", encoding="utf-8")


def about(folder: Path = CASSETTES) -> About:
    """What the recordings are of; raises Stale where the prompt is another one today."""
    found = About(**json.loads((folder / ABOUT).read_text(encoding="utf-8")))
    version = prompt_of(found.prompt).version
    if found.prompt_version != version:
        raise Stale(f"the prompt was {found.prompt_version} and is {version}")
    return found


async def play(talk: Talk, *, folder: Path = CASSETTES) -> Outcome:
    """What came of it, from its cassette alone."""
    known = about(folder)
    provider = Provider(NOWHERE, known.model, None, known.mode)
    prompt = prompt_of(known.prompt)
    try:
        return await _read(talk, provider, prompt, tape=playing, folder=folder)
    except ModelFault as fault:  # a broken connection is never recorded
        raise Stale(f"{talk.name} is asked what was not recorded") from fault


def play_vectors(folder: Path = CASSETTES) -> tuple[str, Vectors, Vectors]:
    """Name of the embedder, the vectors of some turns, and that of the question."""
    model = about(folder).embedding_model
    if model is None:
        raise Stale("no embedder was recorded")
    return _embed(Place(NOWHERE, model), tape=playing, folder=folder)


def embedded() -> Sequence[str]:
    """Every turn of the first talk."""
    return [turn.text for turn in TALKS[0].turns]


async def _read(
    talk: Talk, provider: Provider, prompt: Prompt, *, tape: Tape, folder: Path
) -> Outcome:
    """With a model of its own: the way to ask is found out in each cassette."""
    model = open_model(provider)
    try:
        with tape(folder / f"{talk.name}.json"):
            return await reading.read(talk, model, prompt)
    finally:
        await model.close()


def _embed(place: Place, *, tape: Tape, folder: Path) -> tuple[str, Vectors, Vectors]:
    with tape(folder / VECTORS):
        embedder = Remote(place, query_s=reading.DEADLINE_S)
        vectors = embedder.passages(embedded())
        return embedder.name, vectors, embedder.query(QUESTION)
