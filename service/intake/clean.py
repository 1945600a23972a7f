"""What may enter storage: no control or hidden characters, no endless lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from schemas.source import Notice, Parsed, StatedParticipant, Utterance

NAME_LIMIT = 300
LINE_LIMIT = 20_000
TURN_LIMIT = 100_000
_CUT_WINDOW = 200
"""How far back from a limit a space is looked for, so that no word is cut in two."""

_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u202a-\u202e\u2066-\u2069"  # what turns the reading direction around
    "\U000e0000-\U000e007f"  # tag characters: text that nobody sees
    "\ud800-\udfff]"  # lone surrogates
)


def clean(parsed: Parsed, *, line_limit: int | None) -> Parsed:
    """Drop what storage refuses, count it in a notice, and cut what is too long into pieces."""
    scrub = _Scrubber()
    utterances = tuple(_cut_all(map(scrub.utterance, parsed.utterances), line_limit=line_limit))
    return parsed.model_copy(
        update={
            "utterances": utterances,
            "participants": tuple(scrub.participant(one) for one in parsed.participants),
            "title": scrub.name(parsed.title),
            "notices": parsed.notices + scrub.notices(),
        }
    )


def _cut_all(utterances: Iterable[Utterance], *, line_limit: int | None) -> Iterator[Utterance]:
    """Within the limits, and without those that are blank."""
    limit = min(line_limit or TURN_LIMIT, TURN_LIMIT)
    for one in utterances:
        if len(one.text) > limit:
            yield from _cut(one, line_limit=line_limit)
        elif one.text:
            yield one


def _scrubbed(text: str) -> tuple[str, int]:
    """Without what storage refuses, and how many characters that were."""
    if text.isprintable():
        return text.strip(), 0
    kept, dropped = _REFUSED.subn("", text)
    return kept.strip(), dropped


class _Name(NamedTuple):
    kept: str | None
    dropped: int
    is_shortened: bool


def _name(name: str) -> _Name:
    text, dropped = _scrubbed(name)
    kept = " ".join(text.split())
    return _Name(kept[:NAME_LIMIT].rstrip() or None, dropped, len(kept) > NAME_LIMIT)


class _Scrubber:
    """Cleans strings and counts what it dropped; names recur, so each is cleaned once."""

    def __init__(self) -> None:
        self._dropped = 0
        self._shortened = 0
        self._names: dict[str, _Name] = {}

    def text(self, text: str) -> str:
        kept, dropped = _scrubbed(text)
        self._dropped += dropped
        return kept

    def name(self, name: str | None) -> str | None:
        if name is None:
            return None
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = _name(name)
        self._dropped += found.dropped
        self._shortened += found.is_shortened
        return found.kept

    def utterance(self, one: Utterance) -> Utterance:
        text, speaker, email = self.text(one.text), self.name(one.speaker), self.name(one.email)
        if text == one.text and speaker == one.speaker and email == one.email:
            return one
        return replace(one, text=text, speaker=speaker, email=email)

    def participant(self, participant: StatedParticipant) -> StatedParticipant:
        update = {"name": self.name(participant.name), "email": self.name(participant.email)}
        return participant.model_copy(update=update)

    def notices(self) -> tuple[Notice, ...]:
        found = []
        if self._dropped:
            detail = f"{self._dropped} control or hidden characters were left out."
            found.append(Notice(code="characters-removed", detail=detail))
        if self._shortened:
            detail = f"{self._shortened} names were cut to {NAME_LIMIT} characters."
            found.append(Notice(code="names-shortened", detail=detail))
        return tuple(found)


def _cut(utterance: Utterance, *, line_limit: int | None) -> Iterator[Utterance]:
    """Its pieces within the limits, in their order."""
    texts = list(_pieces(utterance.text, line_limit=line_limit))
    for index, text in enumerate(texts):
        yield replace(
            utterance,
            text=text,
            start_s=utterance.start_s if index == 0 else None,
            end_s=utterance.end_s if index == len(texts) - 1 else None,
        )


def _pieces(text: str, *, line_limit: int | None) -> Iterator[str]:
    """Runs of ordinary lines stay together up to the turn's limit; a long line stands alone."""
    limit = line_limit or TURN_LIMIT
    run: list[str] = []
    size = 0
    for line in text.split("\n"):
        if run and (len(line) > limit or size + len(line) > TURN_LIMIT):
            yield from _words("\n".join(run))
            run, size = [], 0
        if len(line) > limit:
            yield from (kept for part in _split(line, limit=limit) for kept in _words(part))
        else:
            run.append(line)
            size += len(line) + 1
    yield from _words("\n".join(run))


def _words(text: str) -> Iterator[str]:
    if kept := text.strip():
        yield kept


def _split(line: str, *, limit: int) -> Iterator[str]:
    start = 0
    while len(line) - start > limit:
        space = line.rfind(" ", start + limit - _CUT_WINDOW, start + limit)
        end = space if space > start else start + limit
        yield line[start:end]
        start = end
    yield line[start:]
