"""What people have corrected, as cases: an added claim is an item, a retracted one a trap.

What nobody has judged counts neither way: it is borderline, whole turns of it.
"""

import json
from collections.abc import Collection, Iterator
from typing import Final
from uuid import UUID

from schemas.claim import FIELDS, ClaimState, GroundedClaim
from schemas.source import Turn
from service.actions.rows import Subject

REACH: Final = 5
"""Turns that are told before and after one that a person has judged."""


def file_name(subject: Subject) -> str:
    """The same at every export."""
    return f"correction_{subject.source_id.hex}.toml"


def as_case(subject: Subject) -> str:
    """The turns around what was judged, and the labels, as a file of a case."""
    judged = {subject.claims[key].spans[0].turn for key in subject.pinned}
    told = [turn for turn in subject.turns if any(abs(turn.turn - at) <= REACH for at in judged)]
    unjudged = [turn.text for turn in told if turn.turn not in judged]
    untouched = _quotes(subject, _untouched(subject, judged))
    parts = [
        'reason = "Corrected by a person."',
        *(_list(field, _quotes(subject, _items(subject, field))) for field in FIELDS),
        _list("borderline", [*unjudged, *untouched]),
        "[traps]",
        *(_list(field, _quotes(subject, _traps(subject, field))) for field in FIELDS),
        *(_turn(turn) for turn in told),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _items(subject: Subject, field: str) -> Iterator[GroundedClaim]:
    return (one for one in _pinned(subject, field) if one.state is not ClaimState.RETRACTED)


def _traps(subject: Subject, field: str) -> Iterator[GroundedClaim]:
    return (one for one in _pinned(subject, field) if one.state is ClaimState.RETRACTED)


def _pinned(subject: Subject, field: str) -> Iterator[GroundedClaim]:
    return (one for key, one in _claims(subject) if key in subject.pinned and one.field == field)


def _untouched(subject: Subject, judged: Collection[int]) -> Iterator[GroundedClaim]:
    """In turns of which a person has judged something else."""
    for key, one in _claims(subject):
        if key not in subject.pinned and {span.turn for span in one.spans} <= set(judged):
            yield one


def _claims(subject: Subject) -> Iterator[tuple[UUID, GroundedClaim]]:
    """In the order in which they were said."""
    yield from sorted(subject.claims.items(), key=lambda pair: (pair[1].spans[0].turn, pair[0]))


def _quotes(subject: Subject, claims: Iterator[GroundedClaim]) -> list[str]:
    """A quote of several pieces with all that stands between them."""
    texts = {turn.turn: turn.text for turn in subject.turns}
    return [texts[one.spans[0].turn][one.spans[0].start : one.spans[-1].end] for one in claims]


def _turn(turn: Turn) -> str:
    speaker = f"speaker = {_string(turn.speaker)}\n" if turn.speaker else ""
    return f"[[turns]]\n{speaker}side = {_string(turn.side)}\ntext = {_string(turn.text)}"


def _list(name: str, quotes: list[str]) -> str:
    return f"{name} = [{', '.join(map(_string, quotes))}]" if quotes else ""


def _string(text: str) -> str:
    """A string of JSON is one of TOML, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
