"""A run as a record: who read what, and every claim that came of it. Nothing in it is a score."""

from pathlib import Path

from evals.metrics.matching import Item
from evals.metrics.spans import Span
from schemas.model import Model
from schemas.source import Side
from service.errors import Invalid


class Said(Model):
    """One turn of a document; `offset` is where its text starts when all are laid in a row."""

    turn: int
    speaker: str | None
    side: Side
    text: str
    offset: int


class Found(Model):
    """One admitted claim with its evidence."""

    field: str
    statement: str
    quote: str
    span: Span
    turn: int
    state: str
    confidence: float
    is_replaced: bool
    """Whether its statement said more than the quote, which took its place."""


class Refused(Model):
    """One draft that the gate did not let in."""

    field: str
    quote: str
    turn: int
    reason: str


class Cost(Model):
    """What reading one document took; tokens and dollars are those of a model."""

    cpu_s: float
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    usd: float | None = 0.0
    """Unknown where the model's price is."""


class Read(Model):
    """One labelled document as it was read, with its labels."""

    name: str
    split: str
    kind: str
    reason: str
    turns: tuple[Said, ...]
    items: dict[str, tuple[Item, ...]]
    traps: dict[str, tuple[Span, ...]]
    foreign: tuple[Span, ...]
    absent: dict[str, str]
    """Fields that are labelled as empty, with the reason."""
    found: tuple[Found, ...]
    refused: tuple[Refused, ...]
    absences: dict[str, str]
    """What was answered for empty fields."""
    cost: Cost
    faults: tuple[str, ...] = ()
    """How windows ended of which a model gave no reply."""

    def turn_at(self, place: int) -> Said:
        """The turn in which this place of the document lies."""
        return [one for one in self.turns if one.offset <= place][-1]

    def words(self, span: Span) -> str:
        """The text at a span; a span lies in one turn, or runs from one into the next."""
        first = self.turn_at(span[0])
        return "\n".join(one.text for one in self.turns if one.turn >= first.turn)[
            span[0] - first.offset : span[1] - first.offset
        ]


class Sentence(Model):
    """One sentence of a real meeting: whether it undertakes something, by the reader and by us."""

    id: str
    text: str
    is_undertaking: bool
    is_found: bool


class QuietCall(Model):
    """One call in which little or nothing is to be found."""

    id: str
    found: dict[str, int]


class Change(Model):
    """One kind of change to true quotes of the documents."""

    kind: str
    is_harmless: bool
    tried: int
    accepted: int


class Run(Model):
    """Everything that one run found, and with what."""

    extractor: str
    model: str | None = None
    prompt_version: str | None = None
    settings: dict[str, str]
    """All that could change what is found; never a key."""
    code: str
    """Version, and a hash over the code that reads."""
    documents: tuple[Read, ...]
    sentences: tuple[Sentence, ...] = ()
    quiet: tuple[QuietCall, ...] = ()
    changes: tuple[Change, ...] = ()


def save(run: Run, path: Path) -> None:
    """Write it; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Run:
    """Read one that was saved. Raises Invalid."""
    try:
        return Run.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Invalid(
            f"{path.name} is no record of a run.", mend="baton eval --save FILE"
        ) from error
