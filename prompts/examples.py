"""Few-shot examples: invented talk with the right reply, one file each."""

import tomllib
from pathlib import Path

from pydantic import model_validator

from prompts.turns import numbered
from schemas.claim import FIELDS
from schemas.model import Model
from schemas.reply import Reply
from schemas.source import Side, Turn


class Line(Model):
    """A turn of an example; its number is its place."""

    speaker: str | None = None
    side: Side
    text: str


class Example(Model):
    """What is read, and what should come back."""

    title: str
    turns: tuple[Line, ...]
    reply: Reply

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: dict[str, object]) -> dict[str, object]:
        """A file names only the fields that have items."""
        said = data.get("reply")
        empty: dict[str, object] = dict.fromkeys(FIELDS, ())
        return {**data, "reply": empty | said if isinstance(said, dict) else said}

    @property
    def source(self) -> tuple[Turn, ...]:
        """Its lines as the turns of a source."""
        return tuple(
            Turn(turn=at, side_rule="example", **line.model_dump())
            for at, line in enumerate(self.turns)
        )

    def shown(self) -> str:
        """The example as the model sees it."""
        reply = self.reply.model_dump_json(exclude_none=True)
        return f"<turns>\n{numbered(self.source)}\n</turns>\n{reply}"


def load_example(path: Path) -> Example:
    """Read one file; what is wrong in it is an error at the start, not in a prompt."""
    return Example.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
