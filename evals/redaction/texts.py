"""Invented sentences with secrets in known places, and with what only looks like one.

Numbers are made valid by their own arithmetic here, apart from the checks that are measured.
"""

from collections.abc import Callable
from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from typing import Final, NamedTuple

from service.extract.redact_find import Secret

WORDS: Final = ("invoice", "Monday", "the", "rollout", "please", "we", "team", "about", "order")
FRAMES: Final = (
    "{}",
    "So, um, write it down: {}.",
    "You can use {} for that, or ask me.",
    "({}), thanks!",
    "that is {} and then we talk",
    "> {}\n> sent from the train",
    "It was “{}”; nobody knew.",
)
PHONE_SHAPES: Final = (
    "+1 ### ###-####",
    "+1-###-###-####",
    "+1##########",
    "+44 20 7### ####",
    "+44 7### ######",
    "+49 30 ######",
    "+49 (0)89 #######",
    "+49-171-#######",
    "+33 6 ## ## ## ##",
    "+34 6## ### ###",
    "+91 98### #####",
    "0044 20 7### ####",
    "(2##) 3##-####",
    "2##-3##-####",
    "2##.3##.####",
    "1-2##-3##-####",
    "(2##) 3##-#### ext. 12",
    "020 7### ####",
    "07### ######",
    "030 / ######",
    "0171/#######",
    "089-#######",
    "06 ## ## ## ##",
    "01 ## ## ## ##",
    "017########",
)
DECOYS: Final = (
    "03.0#.2026",
    "2026-0#-1#",
    "1#:3# o'clock on 0#/1#/2026",
    "1#,###,###.00 EUR",
    "## ### ### tickets",
    "$1#,###",
    "order 45########",
    "ticket #-####",
    "version 10.#.##.1#",
    "between 20## and 20##",
    "## of ### seats, ##.# %",
    "room 0##",
    "PO-4500####",
    "invoice 2026/0#/####",
    "at 1#:##:##",
    "docs/handover-checklist-final-version",
    "the a.b@c thing",
    "@handle_## on the forum",
    "IncidentReviewForTheOrderDeskTeam",
    "DE## is a region",
)


class Text(NamedTuple):
    """A text, and where its secrets stand."""

    text: str
    places: tuple[tuple[Secret, int, int], ...]


def texts(count: int, *, seed: int) -> tuple[Text, ...]:
    """Two pieces a text: each a secret, or a decoy one time in three."""
    rng = Random(seed)  # noqa: S311 - invented texts, no secrets
    return tuple(_text(rng) for _ in range(count))


def _text(rng: Random) -> Text:
    whole, places = "", []
    for _ in range(2):
        kind = rng.choice([*MAKERS, None, None])
        piece = MAKERS[kind](rng) if kind else _filled(rng, rng.choice(DECOYS))
        before, after = rng.choice(FRAMES).split("{}")
        start = len(whole) + len(before)
        if kind:
            places.append((kind, start, start + len(piece)))
        whole += f"{before}{piece}{after} {' '.join(rng.choices(WORDS, k=4))}. "
    return Text(whole, tuple(places))


def _filled(rng: Random, shape: str) -> str:
    return "".join(rng.choice(digits[2:]) if mark == "#" else mark for mark in shape)


def _mail(rng: Random) -> str:
    names = ("ana", "li.wei", "o'hara", "j_smith", "sales+eu", "müller", "x")
    hosts = ("mail.example", "north-wind.example.com", "a.b.example.co.uk", "bücher.example")
    address = f"{rng.choice(names)}@{rng.choice(hosts)}"
    return address.upper() if rng.random() < 0.1 else address  # noqa: PLR2004 - one in ten


def _phone(rng: Random) -> str:
    return _filled(rng, rng.choice(PHONE_SHAPES))


def _card(rng: Random) -> str:
    first, length = rng.choice([("4", 16), ("51", 16), ("55", 16), ("2720", 16), ("37", 15)])
    body = first + "".join(rng.choices(digits, k=length - len(first) - 1))
    number = next(body + last for last in digits if _luhn_holds(body + last))
    mark = rng.choice(["", " ", "-"])
    return mark.join(number[at : at + 4] for at in range(0, length, 4))


def _luhn_holds(number: str) -> bool:
    total = 0
    for at, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of two digits
    return total % 10 == 0


def _iban(rng: Random) -> str:
    country, length, bank = rng.choice(
        [("DE", 22, ""), ("GB", 22, "NWBK"), ("FR", 27, ""), ("NL", 18, "ABNA"), ("CH", 21, "")]
    )
    account = bank + "".join(rng.choices(digits, k=length - 4 - len(bank)))
    plain = "".join(str(ord(c) - 55) if c.isalpha() else c for c in account + country + "00")
    whole = f"{country}{98 - int(plain) % 97:02d}{account}"
    if rng.random() < 0.5:  # noqa: PLR2004 - half of them
        return " ".join(whole[at : at + 4] for at in range(0, length, 4))
    return whole


def _run(rng: Random, letters: str, size: int) -> str:
    return "".join(rng.choices(letters, k=size))


def _token(rng: Random) -> str:
    mixed, hexes = ascii_letters + digits, "0123456789abcdef"
    forms = (
        "sk-" + _run(rng, mixed, 40),
        "ghp_" + _run(rng, mixed, 36),
        "AKIA" + _run(rng, ascii_uppercase + digits, 16),
        "xoxb-" + _run(rng, digits, 12) + "-" + _run(rng, mixed, 24),
        "eyJ" + ".".join(_run(rng, mixed, size) for size in (20, 60, 43)),
        _run(rng, hexes, rng.choice([32, 40, 64])),
        "aA1" + _run(rng, mixed, 40),
        "AIza" + _run(rng, mixed, 35),
        "glpat-" + _run(rng, ascii_lowercase + digits, 20),
    )
    return rng.choice(forms)


MAKERS: Final[dict[Secret, Callable[[Random], str]]] = {
    Secret.MAIL: _mail,
    Secret.PHONE: _phone,
    Secret.CARD: _card,
    Secret.IBAN: _iban,
    Secret.TOKEN: _token,
}
