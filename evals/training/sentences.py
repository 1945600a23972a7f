"""The sentences of labelled talks as the extractor sees them, each with the fields it is of."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.extraction import cases
from evals.extraction.documents import Document
from evals.metrics.spans import is_match
from schemas.claim import FIELDS
from schemas.source import Side
from service.extract.local.choosing import NEVER
from service.extract.local.context import contexts, hear
from service.extract.local.extract import situations
from service.extract.local.fields import decide
from service.extract.local.sentences import Sentence
from service.extract.local.weighing import features

FOLDERS = (Path(__file__).parent / "talks", cases.FOLDER)
"""What the weights are made from: our own words, all of it in this repository."""


class Example(NamedTuple):
    """One sentence: whose, its features, and of which fields it is an item."""

    document: str
    side: Side
    features: frozenset[str]
    fields: frozenset[str]
    either_way: frozenset[str]
    """Fields of which a second reader might call it an item; left out when they are learned."""


def documents() -> tuple[Document, ...]:
    """All talks that the weights are made from."""
    return tuple(document for folder in FOLDERS for document in cases.read(folder))


def examples(document: Document) -> Iterator[Example]:
    """Every sentence that could be proposed."""
    heard = [hear(turn) for turn in document.turns]
    for at, (each, context) in enumerate(zip(heard, contexts(heard), strict=True)):
        for read, seen in zip(each.reads, situations(each, context), strict=True):
            side = each.turn.side
            rule = decide(seen.acts, side=side, context=seen.context)
            if side is Side.UNKNOWN or not seen.may_propose or (seen.acts & NEVER and not rule):
                continue
            fields, either_way = _labels(document, at, read.sentence)
            found = frozenset(features(seen.acts, seen.context, rule))
            yield Example(document.name, side, found, fields=fields, either_way=either_way)


def _labels(
    document: Document, turn: int, sentence: Sentence
) -> tuple[frozenset[str], frozenset[str]]:
    """The fields whose items it hits, and those where only a borderline one is hit."""
    span = (document.offsets[turn] + sentence.start, document.offsets[turn] + sentence.end)
    hit: dict[bool, set[str]] = {True: set(), False: set()}
    for field in FIELDS:
        for item in document.items.get(field, ()):
            if any(is_match(span, label) for label in item.spans):
                hit[item.is_borderline].add(field)
    return frozenset(hit[False]), frozenset(hit[True] - hit[False])
