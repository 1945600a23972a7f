"""Where a text holds what should not leave the machine."""

from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from service.extract import redact_patterns as patterns
from service.extract.redact_checks import IBAN_LENGTHS, is_card, is_iban

LEAST_NAME: Final = 2
"""Letters of a name that is looked for."""


class Secret(StrEnum):
    """What is replaced; of two that overlap, the one that stands first here wins."""

    MAIL = "MAIL"
    TOKEN = "TOKEN"  # noqa: S105 - the name of a kind, no secret
    IBAN = "IBAN"
    CARD = "CARD"
    PHONE = "PHONE"
    PERSON = "PERSON"


class Place(NamedTuple):
    """A piece of a text, and what it is."""

    start: int
    end: int
    kind: Secret


def find_secrets(text: str, *, names: Collection[str] = ()) -> list[Place]:
    """All pieces, from left to right; none overlaps another."""
    taken = bytearray(len(text))
    places: list[Place] = []
    for place in _candidates(text, names):
        if not any(taken[place.start : place.end]):
            taken[place.start : place.end] = b"\1" * (place.end - place.start)
            places.append(place)
    return sorted(places)


def _candidates(text: str, names: Collection[str]) -> Iterator[Place]:
    """In the order in which they win over each other."""
    for kind, find in _FINDERS.items():
        yield from (Place(start, end, kind) for start, end in find(text))
    for name in sorted(names, key=lambda name: (-len(name), name)):
        yield from (Place(start, end, Secret.PERSON) for start, end in _named(text, name))


Found = Iterator[tuple[int, int]]


def _mails(text: str) -> Found:
    return (match.span() for match in patterns.MAIL.finditer(text)) if "@" in text else iter(())


def _tokens(text: str) -> Found:
    for pattern in patterns.TOKENS:
        yield from (match.span() for match in pattern.finditer(text))
    for match in patterns.LONG_RUN.finditer(text):
        if _is_mixed(match[0]):
            yield match.span()
    yield from (match.span("it") for match in patterns.NAMED_SECRET.finditer(text))


def _is_mixed(run: str) -> bool:
    kinds: tuple[Callable[[str], bool], ...] = (str.islower, str.isupper, str.isdigit)
    return all(any(map(kind, run)) for kind in kinds)


def _accounts(text: str) -> Found:
    for match in patterns.ACCOUNT.finditer(text):
        places = [at for at in range(*match.span()) if text[at].isalnum()]
        length = IBAN_LENGTHS.get(match[0][:2].upper(), len(places) + 1)
        if length <= len(places) and is_iban("".join(text[at] for at in places[:length])):
            yield match.start(), places[length - 1] + 1


def _cards(text: str) -> Found:
    for match in patterns.DIGITS.finditer(text):
        if is_card(_digits(match[0])):
            yield match.span()


def _phones(text: str) -> Found:
    for pattern in patterns.PHONES:
        for match in pattern.finditer(text):
            end = _phone_end(match[0])
            if end and not patterns.DATE.search(match[0][:end]):
                yield match.start(), match.start() + end
    yield from (match.span("it") for match in patterns.PHONE_AFTER_WORD.finditer(text))


def _phone_end(text: str) -> int:
    """Where the number ends, without groups of digits that are one too many; 0: it is none."""
    number = text.lower().split("x", 1)[0].rstrip("e ")
    if len(_digits(number)) <= patterns.MOST_DIGITS:
        return len(text) if len(_digits(number)) >= patterns.LEAST_DIGITS else 0
    ends = (gap.start() for gap in patterns.GAP.finditer(number))
    fitting = [end for end in ends if len(_digits(number[:end])) <= patterns.MOST_DIGITS]
    return fitting[-1] if fitting and fitting[-1] >= patterns.LEAST_DIGITS else 0


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _named(text: str, name: str) -> Found:
    """Whole words only, with the capitals of the name: "Will" is not "will"."""
    at = text.find(name) if len(name) >= LEAST_NAME else -1
    while at >= 0:
        end = at + len(name)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(name, end)


_FINDERS: Final[dict[Secret, Callable[[str], Found]]] = {
    Secret.MAIL: _mails,
    Secret.TOKEN: _tokens,
    Secret.IBAN: _accounts,
    Secret.CARD: _cards,
    Secret.PHONE: _phones,
}
