"""The prompt of the extractor: a static part that is the same for every call, then the data.

Only our own text is a template. What comes from a source is put in as a value and read by nothing.
"""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Final

from prompts.examples import Example, load_example
from prompts.turns import numbered
from schemas.model import Model
from schemas.source import Turn

FOLDER: Final = Path(__file__).parent
EDGE: Final = "+++\n"
"""Around the front matter, and between the static part and the part with the data."""
TAG: Final = re.compile(r"[0-9a-f]{8,64}")
SHORT: Final = 12
"""Digits of the hash that name a version."""


class PromptError(ValueError):
    """The prompt's file, or what is put into it, is not what it must be."""


class Head(Model):
    """The front matter."""

    name: str
    purpose: str
    temperature: float
    examples: tuple[str, ...]
    measured: str = ""
    """What `python -m evals.recordings --versions` printed of this version; a test compares."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt that is ready for its data."""

    name: str
    version: str
    """The start of the SHA-256 of the static part and the wording around the data."""
    temperature: float
    system: str
    data: str
    measured: str

    def user(self, turns: Sequence[Turn], tag: str) -> str:
        """The turns between fences that carry `tag`, which nobody who wrote them could know."""
        shown = numbered(turns)
        if not TAG.fullmatch(tag) or tag in shown:
            raise PromptError("a tag is 8 to 64 hexadecimal digits that stand in no turn")
        return _filled(self.data, tag=tag, turns=shown)


@lru_cache
def load_prompt(folder: Path = FOLDER, *, name: str = "extract") -> Prompt:
    """Read the prompt of that name with its examples."""
    head, static, data = _parts((folder / f"{name}.md").read_text(encoding="utf-8"))
    examples = [load_example(folder / "examples" / file) for file in head.examples]
    system = _filled(static, examples=_listed(examples)).strip()
    return Prompt(
        name=head.name,
        version=hashlib.sha256(f"{system}\0{data}".encode()).hexdigest()[:SHORT],
        temperature=head.temperature,
        system=system,
        data=data,
        measured=head.measured,
    )


def _parts(text: str) -> tuple[Head, str, str]:
    pieces = text.split(EDGE)
    if len(pieces) != 4 or pieces[0]:  # noqa: PLR2004 - before, front matter, static part, data
        raise PromptError("a prompt is front matter, static part and data, between lines of +++")
    return Head.model_validate(tomllib.loads(pieces[1])), pieces[2], pieces[3].strip()


def _listed(examples: Sequence[Example]) -> str:
    shown = (f"Example {at}:\n{each.shown()}" for at, each in enumerate(examples, start=1))
    return "\n\n".join(shown)


def _filled(template: str, **values: str) -> str:
    try:
        return Template(template).substitute(values)
    except KeyError as missing:
        raise PromptError(f"the prompt names {missing}, which is not given") from missing
    except ValueError as broken:
        raise PromptError("the prompt has a $ that names nothing") from broken
