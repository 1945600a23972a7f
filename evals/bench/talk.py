"""Calls and mails of any length, made of sentences of the labelled talks: the words are real."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache

from evals.extraction import cases
from schemas.source import Side
from service.extract.local.sentences import split

VENDOR, CUSTOMER = ("Dana Ortiz", "Priya Nair"), ("Kim Halloran", "Lewis Adeyemi")
STATED = [{"name": name, "side": "vendor"} for name in VENDOR] + [
    {"name": name, "side": "customer"} for name in CUSTOMER
]
WORDS_A_SECOND = 2.5
_TURN_WORDS = 12.9
"""What an hour of 9,000 words and 700 turns has."""


@dataclass(frozen=True)
class Said:
    """One turn: its speaker, and its sentences."""

    speaker: str
    sentences: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words were spoken."""
        return sum(len(sentence.split()) for sentence in self.sentences)


def talk(chance: random.Random, *, words: int) -> list[Said]:
    """Vendor and customer in turn, until so many words are spoken."""
    spoken, turns = 0, list[Said]()
    while spoken < words:
        side = (Side.VENDOR, Side.CUSTOMER)[len(turns) % 2]
        speaker = chance.choice(VENDOR if side is Side.VENDOR else CUSTOMER)
        turns.append(Said(speaker, tuple(_sentences(chance, side))))
        spoken += turns[-1].words
    return turns


def as_webvtt(turns: Sequence[Said]) -> str:
    """A cue a sentence, timed as fast as people speak."""
    cues, now = ["WEBVTT"], 0.0
    for turn in turns:
        for sentence in turn.sentences:
            end = now + len(sentence.split()) / WORDS_A_SECOND
            cues.append(f"{_clock(now)} --> {_clock(end)}\n<v {turn.speaker}>{sentence}</v>")
            now = end
    return "\n\n".join(cues) + "\n"


def as_mail(turns: Sequence[Said], *, number: int) -> bytes:
    """One message, with a Message-ID that no other number has."""
    mail = EmailMessage()
    mail["From"] = "Kim Halloran <kim@halloran.example>"
    mail["To"] = "Dana Ortiz <dana@wayfold.example>"
    mail["Subject"] = f"Notes {number}"
    mail["Date"] = "Mon, 02 Mar 2026 09:30:00 +0000"
    mail["Message-ID"] = f"<{number}@halloran.example>"
    mail.set_content("\n\n".join(" ".join(turn.sentences) for turn in turns))
    return mail.as_bytes()


def _sentences(chance: random.Random, side: Side) -> Iterator[str]:
    """At least one; the figures in them differ each time."""
    left = chance.expovariate(1 / (0.45 * _TURN_WORDS))
    while True:
        sentence = chance.choice(_pool()[side])
        yield "".join(str(chance.randrange(1, 10)) if one.isdigit() else one for one in sentence)
        left -= len(sentence.split())
        if left <= 0:
            return


@cache
def _pool() -> dict[Side, list[str]]:
    """What either side says in the labelled talks, sentence by sentence."""
    pool: dict[Side, list[str]] = {Side.VENDOR: [], Side.CUSTOMER: []}
    for case in cases.read():
        for turn in case.turns:
            if turn.side in pool:
                pool[turn.side] += [" ".join(one.text.split()) for one in split(turn.text)]
    return pool


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02d}:{minutes:02d}:{rest:06.3f}"
