"""What may enter storage: no control or hidden characters, no endless lines."""

import re
from collections.abc import Iterator

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
    utterances = tuple(
        piece
        for utterance in parsed.utterances
        for piece in cut(scrub.utterance(utterance), line_limit=line_limit)
    )
    return parsed.model_copy(
        update={
            "utterances": utterances,
            "participants": tuple(scrub.participant(one) for one in parsed.participants),
            "title": scrub.name(parsed.title),
            "notices": parsed.notices + scrub.notices(),
        }
    )


class _Scrubber:
    """Cleans strings and counts what it dropped."""

    def __init__(self) -> None:
        self._dropped = 0
        self._shortened = 0

    def text(self, text: str) -> str:
        kept, dropped = _REFUSED.subn("", text)
        self._dropped += dropped
        return kept.strip()

    def name(self, name: str | None) -> str | None:
        if name is None:
            return None
        kept = " ".join(self.text(name).split())
        self._shortened += len(kept) > NAME_LIMIT
        return kept[:NAME_LIMIT].rstrip() or None

    def utterance(self, utterance: Utterance) -> Utterance:
        update = {
            "text": self.text(utterance.text),
            "speaker": self.name(utterance.speaker),
            "email": self.name(utterance.email),
        }
        changed = any(getattr(utterance, key) != value for key, value in update.items())
        return utterance.model_copy(update=update) if changed else utterance

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


def cut(utterance: Utterance, *, line_limit: int | None) -> Iterator[Utterance]:
    """One utterance, or its pieces within the limits in their order; blank ones vanish."""
    if len(utterance.text) <= min(line_limit or TURN_LIMIT, TURN_LIMIT):
        yield from [utterance] if utterance.text else []
        return
    texts = list(_pieces(utterance.text, line_limit=line_limit))
    for index, text in enumerate(texts):
        yield utterance.model_copy(
            update={
                "text": text,
                "start_s": utterance.start_s if index == 0 else None,
                "end_s": utterance.end_s if index == len(texts) - 1 else None,
            }
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
