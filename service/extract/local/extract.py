"""The extractor that needs no model: rules over speech acts, sides and question-answer pairs."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from schemas.claim import CUSTOMER_COMMITMENTS, WHAT_WAS_PROMISED, Draft
from schemas.source import Turn
from service.extract import due
from service.extract.local.act import Act
from service.extract.local.addressee import People, addressee, people_of
from service.extract.local.choosing import choose
from service.extract.local.context import Heard, Read, contexts, hear, listen
from service.extract.local.fields import Context, Proposal
from service.extract.local.repeats import without_repeats
from service.extract.local.retractions import Place, withdrawn

SAID_AGAIN = 4_096
"""Wordings of one source that are remembered: people say the same short things again."""
CAP = 300
"""Characters of a draft, unless one sentence alone is longer."""
LEAST_WORDS = 3
"""Words under which a sentence says too little to be an item."""
FRAGMENT_WORDS = 6
"""Up to so many words, a sentence without an act of its own completes the one before it."""
UPTAKE_REACH = 2
"""Sentences at the end of a turn that the other side's "yes, please" can be about."""

BINDING_FIELDS = frozenset({WHAT_WAS_PROMISED, CUSTOMER_COMMITMENTS})
ARRIVAL = re.compile(
    r"(?:and )?(?:you'll|you will) (?:\w{1,6} )?(?:have|get) (?:it|that|them|this)\b"
)
BOUND = re.compile(r"\b(?:i|we|you)(?:['’]ll| will| shall)\b", re.IGNORECASE)  # noqa: RUF001 (typographic)
NEXT_STEPS = re.compile(r"\bnext steps?\b|\baction items?\b|\bhere's (?:the|our) plan\b")
WANTED_LIST = re.compile(
    r"\b(?:conditions?|requirements?|criteria|must-haves?|needs?|goals?|targets?|expectations?)\b"
    r"[^:]{0,60}:$"
)
"""A lead-in whose list says what good looks like."""
LISTED = re.compile(r"[-*•·]\s|\(?\d{1,2}[.)]\s")
NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
NO_COMPLETION = frozenset(
    {
        *(Act.QUESTION, Act.COURTESY, Act.META, Act.ACCEPTANCE, Act.REFUSAL, Act.DONE),
        Act.TAKEN_BACK,
    }
)


def extract(turns: Sequence[Turn], *, names: Iterable[str] = ()) -> tuple[Draft, ...]:
    """What the turns say for the four fields; `names` are participants who may not speak."""
    known = lru_cache(SAID_AGAIN)(listen)
    heard = [hear(turn, known) for turn in turns]
    people = people_of([*names, *(turn.speaker for turn in turns if turn.speaker)])
    void = withdrawn(heard)
    drafts = (
        draft
        for at, (each, context) in enumerate(zip(heard, contexts(heard), strict=True))
        for draft in _drafts(each, _standing(each, context, at, void), people)
    )
    return without_repeats(tuple(drafts))


def _standing(
    heard: Heard, context: Context, at: int, void: Collection[Place]
) -> tuple[Proposal | None, ...]:
    """What the turn proposes, without what is taken back."""
    return tuple(
        None if (at, number) in void else proposal
        for number, proposal in enumerate(_proposals(heard, context))
    )


def _drafts(heard: Heard, proposals: Sequence[Proposal | None], people: People) -> Iterator[Draft]:
    told = -1
    for at, proposal in enumerate(proposals):
        if proposal and at > told:
            told = _completed(heard.reads, proposals, at)
            yield _draft(heard, heard.reads[at : told + 1], proposal, people=people)


class Situation(NamedTuple):
    """What is known of one sentence when its field is chosen."""

    acts: frozenset[Act]
    context: Context
    may_propose: bool


def situations(heard: Heard, context: Context) -> Iterator[Situation]:
    """Each sentence of a turn, with what its own turn adds to the context."""
    is_next_step = is_wanted = is_joking = False
    for at, read in enumerate(heard.reads):
        is_next_step = is_next_step or bool(NEXT_STEPS.search(read.folded))
        is_wanted = bool(WANTED_LIST.search(read.folded)) or (is_wanted and _is_listed(read))
        here = context._replace(
            is_next_step=is_next_step,
            is_taken_up=context.is_taken_up and at >= len(heard.reads) - UPTAKE_REACH,
        )
        found = read.acts | ({Act.GOAL} if is_wanted and _is_listed(read) else frozenset())
        yield Situation(found, here, _words(read) >= LEAST_WORDS and not is_joking)
        is_joking = is_joking or (Act.SARCASM in read.acts and _words(read) < LEAST_WORDS)


def _proposals(heard: Heard, context: Context) -> Iterator[Proposal | None]:
    for acts, here, may_propose in situations(heard, context):
        yield choose(acts, side=heard.turn.side, context=here) if may_propose else None


def _is_listed(read: Read) -> bool:
    return LISTED.match(read.sentence.text) is not None


def _completed(reads: Sequence[Read], proposals: Sequence[Proposal | None], at: int) -> int:
    """The last sentence that belongs to the one at hand: its list, its due time, a fragment."""
    last, first = at, reads[at].sentence
    is_lead_in = first.text.endswith(":")
    for after in range(at + 1, len(reads)):
        fits = reads[after].sentence.end - first.start <= CAP
        own = proposals[after] is not None
        joins = is_lead_in or (_is_fragment(reads[after]) and not _is_numbered(reads[after]))
        if not fits or not ((joins and not own) or _dates(reads[after], reads[last])):
            break
        last = after
    return last


def _dates(read: Read, before: Read) -> bool:
    """Whether it only says when the promise before it arrives: "You'll have it on Friday"."""
    is_bare = Act.UNDERTAKING in before.acts and Act.TIMED not in before.acts
    return is_bare and Act.TIMED in read.acts and bool(ARRIVAL.match(read.folded))


def _is_fragment(read: Read) -> bool:
    says = _words(read) >= LEAST_WORDS or Act.TIMED in read.acts
    return says and _words(read) <= FRAGMENT_WORDS and not read.acts & NO_COMPLETION


def _is_numbered(read: Read) -> bool:
    return NUMBERED.match(read.sentence.text) is not None


def _words(read: Read) -> int:
    return len(read.sentence.text.split())


def _draft(heard: Heard, reads: Sequence[Read], proposal: Proposal, *, people: People) -> Draft:
    quote = heard.turn.text[reads[0].sentence.start : reads[-1].sentence.end]
    binds = proposal.field in BINDING_FIELDS
    return Draft(
        field=proposal.field,
        turn=heard.turn.turn,
        quote=quote,
        statement=" ".join(quote.split()),
        confidence=proposal.confidence,
        promised_to=addressee(quote, heard.turn, people=people) if binds else None,
        due_text=_due(quote) if binds else None,
    )


def _due(quote: str) -> str | None:
    """The time of what is promised, not of the condition in front of it."""
    bound = BOUND.search(quote)
    return (due.words(quote[bound.end() :]) if bound else None) or due.words(quote)
