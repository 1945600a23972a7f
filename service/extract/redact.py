"""Personal numbers and secrets out of the turns before they are sent, and back into the reply.

What comes back is restored before the gate, so that quotes are found in the turns as stored.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from schemas.reply import Item, Reply
from schemas.source import Turn
from service.extract.redact_find import Secret, find_secrets

_LABEL: Final = rf"(?:{'|'.join(Secret)})_[0-9]{{1,7}}"
ALIKE: Final = re.compile(_LABEL)
PLACEHOLDER: Final = re.compile(rf"\[({_LABEL})\]|(?<!\w)({_LABEL})(?!\w)")
"""With its brackets, or without: models drop them."""
LEAST_PART: Final = 3
"""Letters of a part of a name that is looked for by itself."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """Turns as they may be sent, and what was taken out: kept in memory, in no log and no store."""

    turns: tuple[Turn, ...]
    originals: dict[str, str] = field(repr=False)
    """What each label stands for: `MAIL_1` and its text."""


def redact(turns: Sequence[Turn], *, names: Collection[str] = ()) -> Redacted:
    """Replace what `find_secrets` finds, in texts and speakers; `names` only if they are given."""
    labels = _Labels(turns)
    people = _with_parts(names)
    changed = [
        turn.model_copy(
            update={
                "text": labels.replace(turn.text, people),
                "speaker": turn.speaker and labels.replace(turn.speaker, people),
            }
        )
        for turn in turns
    ]
    return Redacted(tuple(changed), labels.originals)


def restore(text: str, redacted: Redacted) -> str:
    """The text with everything put back; a label that stands for nothing stays as it is."""

    def original(match: re.Match[str]) -> str:
        return redacted.originals.get(match[1] or match[2], match[0])

    return PLACEHOLDER.sub(original, text)


def restore_reply(reply: Reply, redacted: Redacted) -> Reply:
    """The reply with everything put back in all its texts."""
    fields = {
        name: tuple(_restored(item, redacted) for item in getattr(reply, name))
        for name in Reply.model_fields
    }
    return reply.model_copy(update=fields)


def _restored(item: Item, redacted: Redacted) -> Item:
    texts = {name: value for name, value in item if isinstance(value, str)}
    return item.model_copy(update={name: restore(text, redacted) for name, text in texts.items()})


class _Labels:
    """One label for each text that is taken out, and none that some turn holds already."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        texts = [text for turn in turns for text in (turn.text, turn.speaker or "")]
        self._taken = {label for text in texts for label in _alike(text)}
        self._known: dict[tuple[Secret, str], str] = {}
        self._counts = dict.fromkeys(Secret, 0)
        self.originals: dict[str, str] = {}

    def replace(self, text: str, people: Collection[str]) -> str:
        pieces, at = [], 0
        for start, end, kind in find_secrets(text, names=people):
            pieces += [text[at:start], f"[{self._label(kind, text[start:end])}]"]
            at = end
        return "".join([*pieces, text[at:]])

    def _label(self, kind: Secret, text: str) -> str:
        if (kind, text) not in self._known:
            self._known[kind, text] = label = self._next(kind)
            self.originals[label] = text
        return self._known[kind, text]

    def _next(self, kind: Secret) -> str:
        while True:
            self._counts[kind] += 1
            label = f"{kind}_{self._counts[kind]}"
            if label not in self._taken:
                return label


def _alike(text: str) -> Iterator[str]:
    """Labels that a text holds, and those it could be cut down to: MAIL_1 of MAIL_12."""
    for match in ALIKE.finditer(text):
        first_digit = match[0].index("_") + 1
        yield from (match[0][:end] for end in range(first_digit + 1, len(match[0]) + 1))


def _with_parts(names: Collection[str]) -> frozenset[str]:
    """Names as given, and their parts: people are called by one of them."""
    parts = {part for name in names for part in name.split() if len(part) >= LEAST_PART}
    return frozenset(parts | {name.strip() for name in names if name.strip()})
