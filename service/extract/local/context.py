"""What surrounds a turn: the question it answers, the uptake that follows, the kind of talk."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from schemas.claim import WHY_THEY_BOUGHT
from schemas.source import Side, Turn
from service.extract.local import acts, asks
from service.extract.local.act import Act
from service.extract.local.fields import Context
from service.extract.local.sentences import Sentence, split

REACH = 8
"""Turns between a question and the end of its answer."""
UPTAKE = 4
"""Turns between an offer and its uptake."""
ROUND = 24
"""Turns in which a question goes round the table."""
NOD_WORDS = 12
CLOSING = 10
"""Turns from which a talk is long, and its last tenth is for taking leave."""
EARLY = 3
"""The event that made them look is told in the first third."""
OPENING = 6
"""Turns at the start that tell what kind of talk it is."""
OTHER = {Side.CUSTOMER: Side.VENDOR, Side.VENDOR: Side.CUSTOMER}

SERVICE = re.compile(
    r"\b(?:thank(?:s| you) for (?:calling|contacting|reaching)|support line"
    r"|customer (?:service|care)|file a complaint"
    r"|(?:issues?|problems?|trouble|complaint|help|assistance) with (?:my|our))\b"
)

GREETING = re.compile(
    r"\b(?:how (?:may|can|could) (?:i|we) (?:\w{1,10} ){0,2}(?:assist|help)"
    r"|what can (?:i|we) (?:do for|help|assist))\b"
)
IDENTIFYING = re.compile(
    r"\b(?:account|order|customer|phone|telephone|reference|policy|tracking|serial) "
    r"(?:number|details|information|id)\b|\b(?:sim card|zip code)\b"
)
"""An adviser greets like a hotline; a hotline then asks who is calling."""

REVIEW = re.compile(
    r"\b(?:renewal|renew\b|check-?in\b|quarterly|agreement is up|contract is up|how the year went"
    r"|since (?:you|the) (?:went live|go-live|started|launch|rollout)|going through the list)"
)
"""A vendor's words in a talk with somebody who has bought already."""
INCIDENT = re.compile(
    r"\b(?:root cause|rca\b|post-?mortem|(?:the|your|a) (?:support )?(?:ticket\b|case number)"
    r"|reproduc(?:e|ed|ing)\b|my ticket"
    r"|since your (?:last )?(?:release|update|upgrade)\b|you (?:reported|flagged))"
)
"""Words over something that is broken in what was bought."""
TURN_TAKEN = re.compile(
    r"\b(?:for (?:me|my (?:team|side|part|people))|from (?:me|my side)|(?:on )?the same question)\b"
)


class Read(NamedTuple):
    """One sentence and what it does."""

    sentence: Sentence
    acts: frozenset[Act]
    folded: str


class Heard(NamedTuple):
    """One turn, its sentences read."""

    turn: Turn
    reads: tuple[Read, ...]
    asked: frozenset[str]
    """The fields that its questions ask for."""


Listen = Callable[[str], tuple[frozenset[Act], str]]


def listen(sentence: str) -> tuple[frozenset[Act], str]:
    """What the sentence does, and its folded words."""
    return acts.read(sentence), acts.fold(sentence)


def hear(turn: Turn, listen: Listen = listen) -> Heard:
    """The turn with every sentence read once."""
    sentences = split(turn.text)
    reads = tuple(Read(each, *listen(each.text)) for each in sentences)
    asked = (asks.asked(each, by=turn.side) for each in sentences)
    return Heard(turn, reads, frozenset().union(*asked))


def contexts(heard: Sequence[Heard]) -> tuple[Context, ...]:
    """The context of each turn, in order."""
    is_service = _is_service(acts.fold(each.turn.text) for each in heard[:OPENING])
    is_review = any(_is_review(each) for each in heard[:OPENING])
    first = next((at for at, each in enumerate(heard) if _opens(each)), -1)
    starts = tuple(accumulate((len(each.turn.text) for each in heard), initial=0))
    return tuple(
        Context(
            asked=_asked_before(heard, at),
            is_early=at > first and EARLY * starts[at] <= starts[-1],
            is_closing=CLOSING * starts[at] >= (CLOSING - 1) * starts[-1] and at >= CLOSING,
            is_taken_up=_is_taken_up(heard, at),
            is_service_call=is_service,
            is_after_sale=is_service or is_review,
        )
        for at in range(len(heard))
    )


def _is_service(opening: Iterable[str]) -> bool:
    """Known by one of its own phrases, or by its greeting with a question for a number."""
    said = tuple(opening)
    asks_who = any(map(GREETING.search, said)) and any(map(IDENTIFYING.search, said))
    return asks_who or any(map(SERVICE.search, said))


def _is_review(heard: Heard) -> bool:
    """The vendor speaks of a running contract, or anybody of a fault in what runs."""
    folded = acts.fold(heard.turn.text)
    own = heard.turn.side is Side.VENDOR and REVIEW.search(folded)
    return bool(own or INCIDENT.search(folded))


def _opens(heard: Heard) -> bool:
    """The first question that asks why: what is told before it is small talk."""
    return heard.turn.side is Side.VENDOR and WHY_THEY_BOUGHT in heard.asked


def _asked_before(heard: Sequence[Heard], at: int) -> frozenset[str]:
    """What the other side asked for last; its nods in between ask for nothing new."""
    other = OTHER.get(heard[at].turn.side)
    for each in reversed(heard[max(0, at - REACH) : at]):
        if other and each.turn.side is other and not _is_nod(each):
            return each.asked or _asked_again(heard, at, other)
    return _asked_again(heard, at, other)


def _is_nod(heard: Heard) -> bool:
    """A few words that keep the other one talking."""
    words = sum(len(read.sentence.text.split()) for read in heard.reads)
    return words <= NOD_WORDS and not any(Act.QUESTION in read.acts for read in heard.reads)


def _asked_again(heard: Sequence[Heard], at: int, other: Side | None) -> frozenset[str]:
    """Of "and for me": a question asked a while ago, answered by the next one of the same side."""
    reads = heard[at].reads
    if not (other and reads and TURN_TAKEN.search(reads[0].folded[:80])):
        return frozenset()
    found = (
        each.asked for each in reversed(heard[max(0, at - ROUND) : at]) if each.turn.side is other
    )
    return next((fields for fields in found if fields), frozenset())


def _is_taken_up(heard: Sequence[Heard], at: int) -> bool:
    """Whether the other side's next words accept, or ask for what was offered."""
    other = OTHER.get(heard[at].turn.side)
    for each in heard[at + 1 : at + 1 + UPTAKE]:
        if other and each.turn.side is other:
            return bool(each.reads) and _accepts(each.reads[0].acts)
    return False


def _accepts(said: frozenset[Act]) -> bool:
    return Act.ACCEPTANCE in said and not said & {Act.REFUSAL, Act.QUESTION}
