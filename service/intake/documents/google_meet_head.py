"""What stands above the talk in a document of Google Meet: title, day, and who was there."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from schemas.source import StatedParticipant
from service.intake.documents.layouts import Talk
from service.intake.lines import bare_head

_SUFFIX = " - transcript"
_ATTENDEES = "attendees"
_INVITED = "invited "
_LOOKED_AT = 20_000
_DAY = re.compile(r"[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4}")
_LINK = re.compile(r"\[([^\[\]\n]{1,100})\]\(mailto:([^()\s]{3,254})\)")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{2,190}")
_NO_PERSON = re.compile(
    r"\bpresentation$|\bnote ?taker\b|\bmeeting notes\b|\bmeeting (?:bot|assistant)\b|\brecorder$",
    re.IGNORECASE,
)
"""A shared screen, and the tools that sit in a call."""


class Heading(NamedTuple):
    """As the document writes it; None and nobody where it does not."""

    heading: str | None
    day: str | None
    people: tuple[StatedParticipant, ...]


def read(notes: list[str], lines: list[str], talk: Talk) -> Heading:
    """From the lines above the talk, those of notes included."""
    above = [*notes, *lines[: talk.first_line]]
    heads = [bare_head(line) for line in above]
    heading = next((one for one in heads if one.lower().endswith(_SUFFIX)), None)
    day = next((one for one in heads if _DAY.fullmatch(one)), None)
    people = {(one.email or one.name): one for one in (*_invited(above), *_attendees(above))}
    title = heading[: -len(_SUFFIX)] if heading else None
    return Heading(title, day, tuple(people.values()))


def _attendees(above: list[str]) -> Iterator[StatedParticipant]:
    """The names in the line below `Attendees`."""
    filled = [line for line in above if line.strip()]
    for line, below in pairwise(filled):
        if bare_head(line).lower() == _ATTENDEES:
            names = below[:_LOOKED_AT].strip().rstrip(".").replace("\\", "").split(",")
            yield from (
                StatedParticipant(name=name.strip())
                for name in names
                if name.strip() and not _NO_PERSON.search(name.strip()[:200])
            )


def _invited(above: list[str]) -> Iterator[StatedParticipant]:
    """The addresses in a line that begins with `Invited`, with names where it links them."""
    for line in above:
        if bare_head(line).lower().startswith(_INVITED):
            text = line[:_LOOKED_AT]
            named = {address: name for name, address in _LINK.findall(text)}
            for address in _ADDRESS.findall(_LINK.sub(r"\2", text)):
                yield StatedParticipant(name=named.get(address), email=address.rstrip("."))
