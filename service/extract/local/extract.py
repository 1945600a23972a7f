"""The extractor that needs no model: rules over speech acts, sides and question-answer pairs."""

import re
from collections.abc import Iterator, Sequence

from schemas.claim import CUSTOMER_COMMITMENTS, WHAT_WAS_PROMISED, Draft
from schemas.source import Turn
from service.extract import due
from service.extract.local import acts
from service.extract.local.act import Act
from service.extract.local.context import Heard, Read, contexts, hear
from service.extract.local.fields import Context, Proposal, decide
from service.extract.local.repeats import without_repeats

CAP = 300
"""Characters of a draft, unless one sentence alone is longer."""
LEAST_WORDS = 3
"""Words under which a sentence says too little to be an item."""
FRAGMENT_WORDS = 6
"""Up to so many words, a sentence without an act of its own completes the one before it."""
UPTAKE_REACH = 2
"""Sentences at the end of a turn that the other side's "yes, please" can be about."""

DUE_FIELDS = frozenset({WHAT_WAS_PROMISED, CUSTOMER_COMMITMENTS})
NEXT_STEPS = re.compile(r"\bnext steps?\b|\baction items?\b|\bhere's (?:the|our) plan\b")
NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
NO_COMPLETION = frozenset({Act.QUESTION, Act.COURTESY, Act.META, Act.ACCEPTANCE, Act.REFUSAL})


def extract(turns: Sequence[Turn]) -> tuple[Draft, ...]:
    """What the turns say for the four fields, each draft on the exact words of one turn."""
    heard = [hear(turn) for turn in turns]
    drafts = (
        draft
        for each, context in zip(heard, contexts(heard), strict=True)
        for draft in _drafts(each, context)
    )
    return without_repeats(tuple(drafts))


def _drafts(heard: Heard, context: Context) -> Iterator[Draft]:
    proposals = tuple(_proposals(heard, context))
    for at, proposal in enumerate(proposals):
        if proposal:
            last = _completed(heard.reads, proposals, at)
            yield _draft(heard, heard.reads[at : last + 1], proposal)


def _proposals(heard: Heard, context: Context) -> Iterator[Proposal | None]:
    is_next_step = False
    for at, read in enumerate(heard.reads):
        is_next_step = is_next_step or bool(NEXT_STEPS.search(acts.fold(read.sentence.text)))
        here = context._replace(
            is_next_step=is_next_step,
            is_taken_up=context.is_taken_up and at >= len(heard.reads) - UPTAKE_REACH,
        )
        is_item = _words(read) >= LEAST_WORDS
        yield decide(read.acts, side=heard.turn.side, context=here) if is_item else None


def _completed(reads: Sequence[Read], proposals: Sequence[Proposal | None], at: int) -> int:
    """The last sentence that belongs to the one at hand: its list, its due time, a fragment."""
    last, first = at, reads[at].sentence
    is_lead_in = first.text.endswith(":")
    for after in range(at + 1, len(reads)):
        fits = reads[after].sentence.end - first.start <= CAP
        own = proposals[after] is not None
        joins = is_lead_in or (_is_fragment(reads[after]) and not _is_numbered(reads[after]))
        if not (fits and joins) or own:
            break
        last = after
    return last


def _is_fragment(read: Read) -> bool:
    return _words(read) <= FRAGMENT_WORDS and not read.acts & NO_COMPLETION


def _is_numbered(read: Read) -> bool:
    return NUMBERED.match(read.sentence.text) is not None


def _words(read: Read) -> int:
    return len(read.sentence.text.split())


def _draft(heard: Heard, reads: Sequence[Read], proposal: Proposal) -> Draft:
    quote = heard.turn.text[reads[0].sentence.start : reads[-1].sentence.end]
    return Draft(
        field=proposal.field,
        turn=heard.turn.turn,
        quote=quote,
        statement=" ".join(quote.split()),
        confidence=proposal.confidence,
        due_text=due.words(quote) if proposal.field in DUE_FIELDS else None,
    )
