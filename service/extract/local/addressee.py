"""To whom a promise is made, where the sentence or the greeting of its turn names a speaker."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.source import Turn

People = Mapping[str, str]
"""Speakers by each name that only one of them has."""

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)?|[,.!?:;\n]")  # noqa: RUF001 (typographic)
GREETING = re.compile(r"\s{0,9}(?:hi|hello|hey|dear|good (?:morning|afternoon))\b", re.IGNORECASE)
GIVING = frozenset(
    [
        "bring",
        "build",
        "call",
        "email",
        "forward",
        "get",
        "give",
        "mail",
        "make",
        "notify",
        "pay",
        "ring",
        "send",
        "ship",
        "show",
        "tell",
        "update",
        "write",
    ]
)
"""Verbs that take a person: "I'll send Ray the list"."""
MARKS = frozenset(",.!?:;\n")
LEADS = frozenset(["and", "but", "hey", "hi", "hello", "okay", "ok", "so", "thanks", "well", "yes"])
"""What may stand before a name that opens a sentence."""
TITLES = frozenset(["dr", "mr", "mrs", "ms", "prof"])


def people_of(speakers: Iterable[str]) -> People:
    """First, last and whole names; a name that two speakers share stands for neither."""
    owners: dict[str, set[str]] = {}
    for speaker in set(speakers):
        for name in _names(speaker):
            owners.setdefault(name, set()).add(speaker)
    return {name: next(iter(found)) for name, found in owners.items() if len(found) == 1}


def addressee(quote: str, turn: Turn, *, people: People) -> str | None:
    """The one person whom the quote names as its receiver, else whom the turn greets alone."""
    words = _words(quote)
    named = _others(_addressed(words, people), turn)
    if not named and not _calls_a_stranger(words):
        named = _others(_greeted(turn.text, people), turn)
    return named.pop() if len(named) == 1 else None


def _calls_a_stranger(words: Sequence[str]) -> bool:
    """A word and a comma in front that is no known name, as in "Anita, I will"."""
    return words[1:2] == [","] and words[0] not in LEADS


def _greeted(text: str, people: People) -> set[str]:
    """Whom the first line greets, if it holds nothing but a greeting and names."""
    greeting = GREETING.match(text)
    if not greeting:
        return set()
    line = text[greeting.end() : greeting.end() + 80].split("\n", 1)[0]
    words = set(_words(line)) - MARKS - TITLES
    return {people[word] for word in words} if words <= people.keys() else set()


def _others(speakers: Iterable[str], turn: Turn) -> set[str]:
    return set(speakers) - {turn.speaker or ""}


def _names(speaker: str) -> list[str]:
    """The words of the name before any company or bracket."""
    words = _words(re.split(r"[|(<@]", speaker, maxsplit=1)[0])
    return [word for word in words if len(word) > 1 and word not in TITLES]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def _addressed(words: Sequence[str], people: People) -> Iterator[str]:
    padded = [".", *words, "."]
    for at in range(1, len(padded) - 1):
        if padded[at] in people and _is_receiver(padded, at):
            yield people[padded[at]]


def _is_receiver(words: Sequence[str], at: int) -> bool:
    """Called by name between marks, or the receiver of what is given."""
    before, after = words[at - 1], words[at + 1]
    is_called = before in MARKS | LEADS and after in MARKS - {":"}
    opens = before in LEADS and words[max(0, at - 2)] in MARKS and after == ","
    is_given = before in GIVING or (before in {"to", "for"} and bool(GIVING & set(words[:at])))
    return is_called or opens or is_given
