"""`python -m evals.recordings`: what a recorded model proposed, and what the gate let in."""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.recordings import deck, live, small_model, table
from evals.recordings.talks import TALKS
from evals.recordings.tape import CASSETTES, Stale
from service.embed.remote import Place
from service.llm.provider import Provider, provider_of
from service.settings import Settings

_WITH_SMALL_MODEL = {
    "--small-model": "record the small model beside this interpreter",
    "--live": "the notes of a whole server with that model; nothing is recorded",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Record if asked to, then play and print; 1 where the recordings are stale."""
    asked = _parser().parse_args(arguments)
    if asked.live is not None:
        return _show_live(asked.live)
    if asked.small_model is not None:
        _record_small_model(asked.small_model, to=asked.folder, prompt_name=asked.prompt)
    elif asked.record:
        provider, place = _configured(Settings())
        asyncio.run(deck.record(provider, place, to=asked.folder, prompt_name=asked.prompt))
    try:
        shown = _versions() if asked.versions else _played(asked.folder, as_json=asked.json)
        sys.stdout.write(f"{shown}\n")
    except Stale as stale:
        sys.stderr.write(f"{stale}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.recordings", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for a machine")
    parser.add_argument(
        "--folder", type=Path, default=CASSETTES, help="where the recordings are, or shall be"
    )
    parser.add_argument("--prompt", default=deck.PROMPT, help="the version that is recorded")
    parser.add_argument("--versions", action="store_true", help="a line for each prompt")
    ask = parser.add_mutually_exclusive_group()
    ask.add_argument("--record", action="store_true", help="record the models of the settings")
    for name, what in _WITH_SMALL_MODEL.items():
        ask.add_argument(name, type=Path, metavar="PYTHON", help=what)
    return parser


def _show_live(python: Path) -> int:
    for talk, note in live.notes(TALKS, python):
        sys.stdout.write(f"{talk.name}\n{json.dumps(note, indent=4, ensure_ascii=False)}\n")
        sys.stdout.flush()
    return 0


def _record_small_model(python: Path, *, to: Path, prompt_name: str) -> None:
    with small_model.serving(python) as url:
        provider = Provider(url, small_model.MODEL, None, "tools")
        place = Place(url, small_model.EMBEDDING_MODEL) if prompt_name == deck.PROMPT else None
        asyncio.run(deck.record(provider, place, to=to, prompt_name=prompt_name))


def _configured(settings: Settings) -> tuple[Provider, Place | None]:
    """The chat model, and the embedding model where one is named."""
    url, model = settings.embedding_base_url, settings.embedding_model
    place = Place(url, model, settings.embedding_api_key) if url and model else None
    return provider_of(settings), place


def _versions() -> str:
    """Prompts that were asked alike, side by side."""
    return "\n".join(_version(name) for name in deck.versions())


def _version(name: str) -> str:
    folder = deck.folder_of(name)
    outcomes = [asyncio.run(deck.play(talk, folder=folder)) for talk in TALKS]
    return f"{name} {deck.prompt_of(name).version}: {table.summary(deck.about(folder), outcomes)}"


def _played(folder: Path, *, as_json: bool) -> str:
    about = deck.about(folder)
    outcomes = [asyncio.run(deck.play(talk, folder=folder)) for talk in TALKS]
    return (table.as_json if as_json else table.as_markdown)(about, outcomes)


if __name__ == "__main__":
    sys.exit(main())
