"""What surrounds a turn: the question it answers, the uptake that follows, the kind of talk."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas.source import Side, Turn
from service.extract.local import acts, asks
from service.extract.local.act import Act
from service.extract.local.fields import Context
from service.extract.local.sentences import Sentence, split

REACH = 4
"""Turns between a question and its answer, or an offer and its uptake."""
OPENING = 6
"""Turns at the start that tell what kind of talk it is."""
OTHER = {Side.CUSTOMER: Side.VENDOR, Side.VENDOR: Side.CUSTOMER}

SERVICE = re.compile(
    r"\b(?:thank(?:s| you) for (?:calling|contacting|reaching)|support line"
    r"|customer (?:service|care)"
    r"|how (?:may|can|could) (?:i|we) (?:\w{1,10} ){0,2}(?:assist|help)|file a complaint"
    r"|(?:issues?|problems?|trouble|complaint|help|assistance) with (?:my|our))\b"
)


class Read(NamedTuple):
    """One sentence and what it does."""

    sentence: Sentence
    acts: frozenset[Act]


class Heard(NamedTuple):
    """One turn, its sentences read."""

    turn: Turn
    reads: tuple[Read, ...]


def hear(turn: Turn) -> Heard:
    """The turn with every sentence read once."""
    return Heard(turn, tuple(Read(each, acts.read(each.text)) for each in split(turn.text)))


def contexts(heard: Sequence[Heard]) -> tuple[Context, ...]:
    """The context of each turn, in order."""
    is_service = any(SERVICE.search(acts.fold(each.turn.text)) for each in heard[:OPENING])
    return tuple(
        Context(
            asked=_asked_before(heard, at),
            is_taken_up=_is_taken_up(heard, at),
            is_service_call=is_service,
        )
        for at in range(len(heard))
    )


def _asked_before(heard: Sequence[Heard], at: int) -> frozenset[str]:
    """What the other side's nearest turn asked for."""
    other = OTHER.get(heard[at].turn.side)
    for each in reversed(heard[max(0, at - REACH) : at]):
        if other and each.turn.side is other:
            return asked_in(each.reads, other)
    return frozenset()


def asked_in(reads: Sequence[Read], side: Side) -> frozenset[str]:
    """The fields that the questions of one turn ask for."""
    found = [asks.asked(read.sentence, by=side) for read in reads if Act.QUESTION in read.acts]
    return frozenset().union(*found)


def _is_taken_up(heard: Sequence[Heard], at: int) -> bool:
    """Whether the other side's next words accept, or ask for what was offered."""
    other = OTHER.get(heard[at].turn.side)
    for each in heard[at + 1 : at + 1 + REACH]:
        if other and each.turn.side is other:
            return bool(each.reads) and _accepts(each.reads[0].acts)
    return False


def _accepts(said: frozenset[Act]) -> bool:
    return Act.ACCEPTANCE in said and not said & {Act.REFUSAL, Act.QUESTION}
